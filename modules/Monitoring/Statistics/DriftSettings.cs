namespace Slipway.Monitoring.Statistics;

/// <summary>When a difference counts.</summary>
/// <param name="Alpha">Expected share of false alarms among alarms, above 0, below 1.</param>
/// <param name="MaximumPsi">A population stability index above it is large enough to matter.</param>
/// <param name="MinimumRows">With fewer rows on either side nothing is said.</param>
internal sealed record DriftSettings(double Alpha = 0.05, double MaximumPsi = 0.1, long MinimumRows = 30);
