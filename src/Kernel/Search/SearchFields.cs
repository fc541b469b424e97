namespace Slipway.Kernel.Search;

/// <summary>What may be asked of one kind of thing; each room lists its own, as MLflow's search syntax has them.</summary>
public sealed class SearchFields
{
    /// <summary>Words before the dot of a key, and what they say it is.</summary>
    public required Dictionary<string, FieldKind> Prefixes { get; init; }

    /// <summary>The kinds as a fault lists them.</summary>
    public required string Kinds { get; init; }

    /// <summary>Attributes that hold text.</summary>
    public required string[] TextAttributes { get; init; }

    /// <summary>Attributes that hold numbers.</summary>
    public required string[] NumberAttributes { get; init; }

    /// <summary>May be ordered by, not filtered.</summary>
    public string[] OrderOnly { get; init; } = [];

    /// <summary>The attributes an order may name, where its fault has a sentence of its own; null = any of the filter's, in the filter's words.</summary>
    public string[]? OrderKeys { get; init; }

    /// <summary>Further names of attributes, each with the one that it stands for.</summary>
    public KeyValuePair<string, string>[] OtherNames { get; init; } = [];

    /// <summary>Tags may be ordered by.</summary>
    public bool OrdersByTag { get; init; } = true;

    /// <summary>Faults quote the clause, as MLflow does for runs and not for experiments.</summary>
    public bool QuotesClauses { get; init; }

    /// <summary>A comparison that may be asked, for faults.</summary>
    public string Example => Prefixes.ContainsKey("metrics") ? "metrics.rmse < 1" : $"{TextAttributes[0]} = 'my-value'";

    /// <summary>The attributes as a fault lists them.</summary>
    public string ValidAttributes => Set(TextAttributes.Concat(NumberAttributes).Concat(OtherNames.Select(other => other.Key)));

    /// <summary>The keys of an order as its fault lists them.</summary>
    public string ValidOrderKeys => Set(OrderKeys ?? []);

    /// <summary>The canonical name; null when there is no such attribute.</summary>
    public string? Attribute(string name, bool toOrder)
    {
        name = Array.Find(OtherNames, other => other.Key == name).Value ?? name;
        return TextAttributes.Contains(name) || NumberAttributes.Contains(name) || (toOrder && OrderOnly.Contains(name)) ? name : null;
    }

    /// <summary>True when it compares as a number.</summary>
    public bool IsNumber(Field field) => field.Kind == FieldKind.Metric || (field.Kind == FieldKind.Attribute && NumberAttributes.Contains(field.Name));

    private static string Set(IEnumerable<string> names) => "'{" + string.Join(", ", names.Select(name => $"'{name}'")) + "}'";
}
