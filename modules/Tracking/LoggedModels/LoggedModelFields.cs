using Slipway.Kernel;
using Slipway.Kernel.Search;

namespace Slipway.Tracking.LoggedModels;

/// <summary>What may be asked of logged models (specification: section 8 of MLflow's search syntax) and in which order.</summary>
internal static class LoggedModelFields
{
    public static readonly SearchFields All = new()
    {
        Prefixes = new(StringComparer.Ordinal)
        {
            ["metrics"] = FieldKind.Metric, ["metric"] = FieldKind.Metric,
            ["params"] = FieldKind.Param, ["param"] = FieldKind.Param, ["parameter"] = FieldKind.Param, ["parameters"] = FieldKind.Param,
            ["tags"] = FieldKind.Tag, ["tag"] = FieldKind.Tag,
            ["attributes"] = FieldKind.Attribute, ["attribute"] = FieldKind.Attribute, ["attr"] = FieldKind.Attribute,
        },
        Kinds = "['metric', 'parameter', 'tag', 'attribute']",
        TextAttributes = ["name", "model_id", "model_type", "status", "source_run_id"],
        NumberAttributes = ["creation_timestamp", "last_updated_timestamp"],
        OtherNames =
        [
            new("creation_time", "creation_timestamp"), new("creation_timestamp_ms", "creation_timestamp"), new("last_updated_time", "last_updated_timestamp"),
            new("last_updated_timestamp_ms", "last_updated_timestamp"),
        ],
        QuotesClauses = true,
    };

    /// <summary>An order by an attribute or by <c>metrics.KEY</c>.</summary>
    public static Result<LoggedModelOrder> Order(string fieldName, bool ascending, string? datasetName, string? datasetDigest)
    {
        var dot = fieldName.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return All.Attribute(fieldName, toOrder: true) is { } attribute
                ? new LoggedModelOrder(new Field(FieldKind.Attribute, attribute), !ascending, null)
                : Problem.Invalid("order_by", $"Invalid order by field name: {fieldName}. Valid names are {All.ValidAttributes} and metrics.KEY.");
        }

        if (fieldName[..dot] != "metrics") { return Problem.Invalid("order_by", $"Invalid order by field name: {fieldName}. Only metrics are supported."); }

        var key = fieldName[(dot + 1)..].Trim('`', '"');
        return new LoggedModelOrder(new Field(FieldKind.Metric, key), !ascending, string.IsNullOrEmpty(datasetName) ? null : new NamedDataset(datasetName, datasetDigest));
    }
}

/// <param name="Dataset">Only what was measured on it counts; null = all.</param>
internal sealed record LoggedModelOrder(Field Field, bool Descending, NamedDataset? Dataset);

/// <summary>A dataset as a metric names it.</summary>
/// <param name="Digest">Null or empty = of any digest.</param>
internal sealed record NamedDataset(string Name, string? Digest);
