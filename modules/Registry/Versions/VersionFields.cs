using Slipway.Kernel.Search;

namespace Slipway.Registry.Versions;

/// <summary>What may be asked of versions (specification: MLflow's search syntax for model versions).</summary>
internal static class VersionFields
{
    public static readonly SearchFields All = new()
    {
        Prefixes = new(StringComparer.Ordinal)
        {
            ["tags"] = FieldKind.Tag, ["tag"] = FieldKind.Tag,
            ["attributes"] = FieldKind.Attribute, ["attribute"] = FieldKind.Attribute, ["attr"] = FieldKind.Attribute,
        },
        Kinds = "['tag', 'attribute']",
        TextAttributes = ["name", "run_id", "source_path"],
        NumberAttributes = ["version_number"],
        OrderOnly = ["creation_timestamp", "last_updated_timestamp"],
        OrderKeys = ["name", "version_number", "creation_timestamp", "last_updated_timestamp"],
        OrdersByTag = false,
    };
}
