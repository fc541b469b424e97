using Slipway.Datasets.Units;

namespace Slipway.Datasets.Odcs;

/// <summary>What a contract in ODCS 3.1 says about one table, as far as a file can be checked against it.</summary>
/// <param name="Quality">Rules on the whole table.</param>
internal sealed record DataContract(
    string Id, string Version, string Status, string? Name, string? Description, IReadOnlyList<ContractColumn> Columns, IReadOnlyList<QualityRule> Quality)
{
    /// <summary>Columns of the primary key by their position; empty without one.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    public ContractColumn? Find(string column) => Columns.FirstOrDefault(known => known.Name == column);
}

internal enum LogicalType
{
    String,
    Integer,
    Number,
    Boolean,
    Date,
    Timestamp,
    Time,
}

/// <summary>One property of the schema.</summary>
/// <param name="Type">Null = as the file has it.</param>
/// <param name="Options">The bounds of <c>logicalTypeOptions</c>.</param>
internal sealed record ContractColumn(string Name, LogicalType? Type, bool Required, bool Unique, TypeOptions Options, IReadOnlyList<QualityRule> Quality)
{
    public string? Description { get; init; }

    /// <summary>From the custom property <c>unitOfMeasure</c>; null when there is none.</summary>
    public Unit? Unit { get; init; }

    public string? QuantityKind { get; init; }
}

/// <summary>Bounds on values; null = none. Bounds of dates and times are ISO 8601 texts.</summary>
internal sealed record TypeOptions
{
    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public double? ExclusiveMinimum { get; init; }

    public double? ExclusiveMaximum { get; init; }

    public double? MultipleOf { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    /// <summary>Regular expression of the whole value, in RE2's syntax.</summary>
    public string? Pattern { get; init; }

    public string? Earliest { get; init; }

    public string? Latest { get; init; }
}

internal enum Severity
{
    Error,
    Warning,
    Info,
}

internal enum QualityMetric
{
    NullValues,
    MissingValues,
    InvalidValues,
    DuplicateValues,
    RowCount,

    /// <summary>Text, SQL or another engine's rule: shown, never run here.</summary>
    NotChecked,
}

/// <summary>A rule of a <c>quality</c> list.</summary>
/// <param name="Threshold">What the metric must be.</param>
/// <param name="Text">What it says, for people.</param>
internal sealed record QualityRule(QualityMetric Metric, Threshold Threshold, Severity Severity, string? Text)
{
    /// <summary>Of <see cref="QualityMetric.InvalidValues"/>: the only right ones, as text; null = the pattern decides.</summary>
    public IReadOnlyList<string>? ValidValues { get; init; }

    public string? Pattern { get; init; }

    /// <summary>Of <see cref="QualityMetric.MissingValues"/>: texts that stand for a missing value.</summary>
    public IReadOnlyList<string> MissingValues { get; init; } = [];

    /// <summary>Of <see cref="QualityMetric.DuplicateValues"/> on the table: the columns that are unique together.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];
}
