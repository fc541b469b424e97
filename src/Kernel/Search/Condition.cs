namespace Slipway.Kernel.Search;

public enum FieldKind
{
    Attribute,
    Metric,
    Param,
    Tag,
    Dataset,
}

/// <summary>What a clause or an order is about.</summary>
/// <param name="Name">An attribute's canonical name, or a key as it was logged.</param>
public sealed record Field(FieldKind Kind, string Name);

public enum Comparator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
    ILike,
    In,
    NotIn,
    IsNull,
    IsNotNull,
}

/// <summary>One clause of a <see cref="Filter"/>.</summary>
public sealed record Condition(Field Field, Comparator Comparator)
{
    /// <summary>The value of a comparison with text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The value of a comparison with a number.</summary>
    public double Number { get; init; }

    /// <summary>The values of IN and NOT IN.</summary>
    public IReadOnlyList<string> List { get; init; } = [];
}

public sealed record Order(Field Field, bool Descending);
