namespace Slipway.Tracking.Contracts;

/// <summary>Points of one metric of one run, by step.</summary>
/// <param name="Total">Points in the asked range before down-sampling.</param>
/// <param name="DownSampled">True when points were left out; each bucket keeps its first, least, greatest and last.</param>
public sealed record SeriesView(string Key, IReadOnlyList<SeriesPoint> Points, long Total, bool DownSampled);

/// <param name="Value">Absent = not a number.</param>
public sealed record SeriesPoint(long Step, long TimeMs, double? Value = null);
