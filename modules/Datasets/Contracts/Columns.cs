namespace Slipway.Datasets.Contracts;

/// <summary>The four kinds of values that columns hold, and what has none of them.</summary>
public enum ColumnKind
{
    Number,
    Integer,
    Boolean,
    Text,
    Date,
    Timestamp,
    Time,
    Other,
}

/// <summary>A column with what the contract says of it and what its values look like.</summary>
/// <param name="Type">DuckDB's name of the stored type, such as <c>DOUBLE</c>.</param>
/// <param name="Unit">UCUM unit; absent when the contract names none.</param>
/// <param name="QuantityKind">Kind of quantity, such as <c>DimensionlessRatio</c>.</param>
/// <param name="Required">The contract forbids missing values.</param>
/// <param name="Unique">The contract forbids equal values.</param>
public sealed record DatasetColumnView(
    string Name, string Type, ColumnKind Kind, ColumnStatisticsView Statistics,
    string? Unit = null, string? QuantityKind = null, string? Description = null, bool Required = false, bool Unique = false);

/// <summary>What the values of a column look like. Figures of numbers leave out missing values and NaN.</summary>
/// <param name="Count">Rows, the missing ones included.</param>
/// <param name="Nulls">Missing values.</param>
/// <param name="Nans">Values that are not a number (IEEE 754); counted for numbers only.</param>
/// <param name="Distinct">Different values, missing ones left out.</param>
/// <param name="Min">Smallest value as text; absent when there is none.</param>
/// <param name="Max">Largest value as text.</param>
/// <param name="Mean">Arithmetic mean, in the column's unit.</param>
/// <param name="StandardDeviation">With n − 1 in the denominator.</param>
/// <param name="Quantiles">At 0.05, 0.25, 0.5, 0.75 and 0.95, interpolated linearly; absent for other than numbers.</param>
/// <param name="Histogram">Equal-width bins from smallest to largest; absent for other than numbers.</param>
/// <param name="Top">The most frequent values with their counts, most frequent first; absent where nearly all values differ.</param>
public sealed record ColumnStatisticsView(
    long Count, long Nulls, long Nans, long Distinct, string? Min = null, string? Max = null, double? Mean = null, double? StandardDeviation = null,
    IReadOnlyList<double>? Quantiles = null, IReadOnlyList<HistogramBinView>? Histogram = null, IReadOnlyList<ValueCountView>? Top = null);

/// <summary>Values in [from, to), in the last bin [from, to].</summary>
public sealed record HistogramBinView(double From, double To, long Count);

public sealed record ValueCountView(string Value, long Count);
