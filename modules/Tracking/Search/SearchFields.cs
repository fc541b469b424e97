namespace Slipway.Tracking.Search;

/// <summary>What may be asked of one kind of thing (specification: MLflow's search syntax for runs and for experiments).</summary>
internal sealed class SearchFields
{
    private static readonly string[] Aliases = ["created", "Created", "run name", "Run name", "Run Name"];

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
        OtherNames = Aliases,
        ListAttribute = "run_id",
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

    public required Dictionary<string, FieldKind> Prefixes { get; init; }

    /// <summary>The kinds as a fault lists them.</summary>
    public required string Kinds { get; init; }

    public required string[] TextAttributes { get; init; }

    public required string[] NumberAttributes { get; init; }

    /// <summary>May be ordered by, not filtered.</summary>
    public string[] OrderOnly { get; init; } = [];

    /// <summary>Further names of attributes, for the fault that lists the valid ones.</summary>
    public string[] OtherNames { get; init; } = [];

    public bool OrdersByTag { get; init; } = true;

    /// <summary>The one attribute that IN and NOT IN work on.</summary>
    public string? ListAttribute { get; init; }

    /// <summary>Faults quote the clause, as MLflow does for runs and not for experiments.</summary>
    public bool QuotesClauses { get; init; }

    public string ValidAttributes => "'{" + string.Join(", ", TextAttributes.Concat(NumberAttributes).Concat(OtherNames).Select(name => $"'{name}'")) + "}'";

    /// <summary>The canonical name; null when there is no such attribute.</summary>
    public string? Attribute(string name, bool toOrder)
    {
        name = Aliases.Contains(name) && OtherNames.Length > 0 ? name is "created" or "Created" ? "start_time" : "run_name" : name;
        return TextAttributes.Contains(name) || NumberAttributes.Contains(name) || (toOrder && OrderOnly.Contains(name)) ? name : null;
    }

    public bool IsNumber(Field field) => field.Kind == FieldKind.Metric || (field.Kind == FieldKind.Attribute && NumberAttributes.Contains(field.Name));
}
