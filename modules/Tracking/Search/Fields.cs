using Slipway.Kernel.Search;

namespace Slipway.Tracking.Search;

/// <summary>What may be asked of runs and of experiments (specification: MLflow's search syntax).</summary>
internal static class Fields
{
    public static readonly SearchFields Runs = new()
    {
        Prefixes = new(StringComparer.Ordinal)
        {
            ["metrics"] = FieldKind.Metric, ["metric"] = FieldKind.Metric,
            ["params"] = FieldKind.Param, ["param"] = FieldKind.Param, ["parameter"] = FieldKind.Param, ["parameters"] = FieldKind.Param,
            ["tags"] = FieldKind.Tag, ["tag"] = FieldKind.Tag,
            ["attributes"] = FieldKind.Attribute, ["attribute"] = FieldKind.Attribute, ["attr"] = FieldKind.Attribute, ["run"] = FieldKind.Attribute,
            ["dataset"] = FieldKind.Dataset, ["datasets"] = FieldKind.Dataset,
        },
        Kinds = "['metric', 'parameter', 'tag', 'attribute', 'dataset']",
        TextAttributes = ["run_id", "run_name", "status", "artifact_uri", "user_id"],
        NumberAttributes = ["start_time", "end_time"],
        OtherNames =
        [
            new("created", "start_time"), new("Created", "start_time"), new("run name", "run_name"), new("Run name", "run_name"), new("Run Name", "run_name"),
        ],
        QuotesClauses = true,
    };

    public static readonly SearchFields Experiments = new()
    {
        Prefixes = new(StringComparer.Ordinal)
        {
            ["tags"] = FieldKind.Tag, ["tag"] = FieldKind.Tag,
            ["attributes"] = FieldKind.Attribute, ["attribute"] = FieldKind.Attribute, ["attr"] = FieldKind.Attribute,
        },
        Kinds = "['tag', 'attribute']",
        TextAttributes = ["name"],
        NumberAttributes = ["creation_time", "last_update_time"],
        OrderOnly = ["experiment_id"],
        OrdersByTag = false,
    };
}
