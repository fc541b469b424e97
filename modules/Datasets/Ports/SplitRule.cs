namespace Slipway.Datasets.Ports;

/// <summary>How a table is cut in two.</summary>
/// <param name="Share">Part of the rows that goes to the first table; above 0, below 1.</param>
/// <param name="Seed">Another seed gives another cut, the same seed the same.</param>
/// <param name="Stratify">Column whose values keep their shares in both tables; null = none.</param>
/// <param name="OrderBy">Column by which the first share of the rows goes to the first table (a cut in time, seed unused); null = by chance.</param>
public sealed record SplitRule(double Share, long Seed, string? Stratify = null, string? OrderBy = null);

/// <summary>A stored table.</summary>
/// <param name="Digest">SHA-256 of the Parquet file.</param>
public sealed record TablePart(string Digest, long Rows);

/// <param name="First">The share that the rule names: for training.</param>
/// <param name="Second">The rest: for testing.</param>
public sealed record SplitParts(TablePart First, TablePart Second);
