using Slipway.Datasets.Units;
using Slipway.Kernel;

namespace Slipway.Datasets.Odcs;

/// <summary>
/// Reads a data contract in the Open Data Contract Standard 3.1 (Bitol). What the standard allows and a file cannot show (servers, team, SLA) is taken and not
/// looked into; what is misspelt is a fault. Units are custom properties, since the standard has none.
/// </summary>
internal static class ContractReader
{
    private static readonly Dictionary<string, string> Statuses = new[] { "proposed", "draft", "active", "deprecated", "retired" }.ToDictionary(status => status, StringComparer.Ordinal);

    /// <summary>The contract, or every fault that it has.</summary>
    public static Result<DataContract> Read(string text)
    {
        if (YamlText.Read(text).Fails(out var problem, out var node)) { return problem; }

        var faults = new List<Fault>();
        var contract = YamlObject.Of(node, "", faults) is { } root ? Contract(root) : null;
        return faults.Count == 0 ? contract! : Problem.Invalid(faults);
    }

    private static DataContract Contract(YamlObject root)
    {
        if (root.Text("apiVersion", required: true) is { } api && api is not ("v3.1.0" or "v3.0.2" or "v3.0.1" or "v3.0.0")) { root.Wrong("apiVersion", $"is '{api}'; v3.1.0 is read here"); }

        if (root.Text("kind", required: true) is { } kind && kind != "DataContract") { root.Wrong("kind", $"is '{kind}'; it must be DataContract"); }

        var (id, version, status) = (root.Text("id", required: true), root.Text("version", required: true), root.Text("status", required: true));
        if (status is not null && !Statuses.ContainsKey(status)) { root.Wrong("status", $"is '{status}'; it may be {string.Join(", ", Statuses.Keys)}"); }

        Short(root, "id", id);
        Short(root, "version", version);
        var name = root.Text("name");
        var tables = root.Objects("schema").ToList();
        if (!root.Has("schema")) { root.Wrong("schema", "is missing: it lists the table with its properties"); }
        else if (tables.Count != 1) { root.Wrong("schema", $"has {tables.Count} objects; a dataset is one table, so it has one"); }

        var columns = tables.Count == 1 ? Table(tables[0]) : ([], []);
        var purpose = root.Object("description")?.Text("purpose");
        root.RefuseOthers(
            "tenant", "tags", "servers", "dataProduct", "domain", "price", "team", "roles", "slaProperties", "slaDefaultElement", "support",
            "authoritativeDefinitions", "customProperties", "contractCreatedTs");
        return new DataContract(id ?? "", version ?? "", status ?? "", name, purpose ?? tables.FirstOrDefault()?.Text("description"), columns.Columns, columns.Quality)
        {
            PrimaryKey = tables.Count == 1 ? PrimaryKey(tables[0]) : [],
        };
    }

    private static (IReadOnlyList<ContractColumn> Columns, IReadOnlyList<QualityRule> Quality) Table(YamlObject table)
    {
        table.Text("name", required: true);
        table.Text("description");
        var properties = table.Objects("properties").ToList();
        if (properties.Count == 0) { table.Wrong("properties", "is missing or empty: it lists the columns"); }

        if (properties.Count > Limits.TableColumns) { table.Wrong("properties", $"has {properties.Count} columns; {Limits.TableColumns} are allowed"); }

        var columns = properties.Select(PropertyReader.Read).ToList();
        foreach (var twice in columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            table.Wrong("properties", $"has '{twice.Key}' {twice.Count()} times; names of columns differ in more than case");
        }

        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        List<QualityRule> quality = [.. table.Objects("quality").Select(rule => QualityReader.Read(rule, names))];
        table.RefuseOthers(
            "id", "physicalName", "physicalType", "logicalType", "businessName", "dataGranularityDescription", "relationships", "tags", "customProperties", "authoritativeDefinitions");
        return (columns, quality);
    }

    private static IReadOnlyList<string> PrimaryKey(YamlObject table) =>
    [
        .. table.Objects("properties")
            .Where(property => property.Has("primaryKey") && property.Flag("primaryKey"))
            .Select((property, place) => (Name: property.Text("name") ?? "", Place: property.Whole("primaryKeyPosition", -1) ?? place))
            .OrderBy(key => key.Place).Select(key => key.Name),
    ];

    private static void Short(YamlObject root, string field, string? text)
    {
        if (text?.Length > Limits.NameChars) { root.Wrong(field, $"has {text.Length} characters; it may have {Limits.NameChars}"); }
    }
}
