using Slipway.Datasets.Units;
using Slipway.Kernel;

namespace Slipway.Datasets.Odcs;

/// <summary>Reads one property of the schema: a column.</summary>
internal static class PropertyReader
{
    private static readonly Dictionary<string, LogicalType> Types = new(StringComparer.Ordinal)
    {
        ["string"] = LogicalType.String, ["integer"] = LogicalType.Integer, ["number"] = LogicalType.Number, ["boolean"] = LogicalType.Boolean,
        ["date"] = LogicalType.Date, ["timestamp"] = LogicalType.Timestamp, ["time"] = LogicalType.Time,
    };

    public static ContractColumn Read(YamlObject property)
    {
        var name = property.Text("name", required: true);
        if (name is not null && ColumnName.Fault(name) is { } fault) { property.Wrong("name", fault); }

        var type = property.OneOf("logicalType", Types);
        var options = property.Object("logicalTypeOptions") is { } given ? TypeOptionsReader.Read(given, type) : new TypeOptions();
        var (unit, kind) = Units(property, type);
        List<QualityRule> quality = [.. property.Objects("quality").Select(rule => QualityReader.Read(rule, null))];
        var column = new ContractColumn(name ?? "", type, property.Flag("required"), property.Flag("unique"), options, quality)
        {
            Description = property.Text("description"), Unit = unit, QuantityKind = kind,
        };
        property.Flag("primaryKey");
        property.Whole("primaryKeyPosition", -1);
        property.RefuseOthers(
            "id", "physicalName", "physicalType", "businessName", "partitioned", "partitionKeyPosition", "classification", "encryptedName", "transformSourceObjects", "transformLogic",
            "transformDescription", "examples", "criticalDataElement", "relationships", "tags", "authoritativeDefinitions");
        return column;
    }

    private static (Unit? Unit, string? Kind) Units(YamlObject property, LogicalType? type)
    {
        Unit? unit = null;
        string? kind = null;
        foreach (var custom in property.Objects("customProperties"))
        {
            var name = custom.Text("property", required: true);
            custom.RefuseOthers("value", "id", "description");
            if (name == "unitOfMeasure" && custom.Text("value", required: true) is { } text)
            {
                if (!UnitParser.TryParse(text, out unit, out var fault)) { custom.Wrong("value", $"'{(text.Length > 60 ? text[..60] + "…" : text)}' is no unit of UCUM: {fault}"); }
                else if (type is LogicalType.String or LogicalType.Boolean) { custom.Wrong("value", $"gives a column of type {type.ToString()!.ToLowerInvariant()} a unit; only numbers have one"); }
            }
            else if (name == "quantityKind") { kind = custom.Text("value", required: true); }
        }

        if (unit is not null && kind is not null && QuantityKinds.Fault(kind, unit) is { } mismatch) { property.Wrong("customProperties", $"do not agree: {mismatch}"); }

        return (unit, kind);
    }
}
