using Slipway.Kernel.Search;

namespace Slipway.Registry.Models;

/// <summary>What may be asked of models (specification: MLflow's search syntax for registered models).</summary>
internal static class ModelFields
{
    public static readonly SearchFields All = new()
    {
        Prefixes = new(StringComparer.Ordinal)
        {
            ["tags"] = FieldKind.Tag, ["tag"] = FieldKind.Tag,
            ["attributes"] = FieldKind.Attribute, ["attribute"] = FieldKind.Attribute, ["attr"] = FieldKind.Attribute,
        },
        Kinds = "['tag', 'attribute']",
        TextAttributes = ["name"],
        NumberAttributes = [],
        OrderOnly = ["timestamp", "last_updated_timestamp"],
        OrderKeys = ["name", "timestamp"],
        OrdersByTag = false,
    };
}
