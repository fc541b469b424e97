namespace Slipway.Monitoring.Statistics;

/// <summary>A prediction whose outcome is known.</summary>
/// <param name="Score">0 to 1; null when the model gave none.</param>
/// <param name="Positive">The decision was the one for scores at or above the threshold; null when nothing was decided.</param>
/// <param name="Label">The positive outcome happened.</param>
/// <param name="Groups">Attribute → group.</param>
internal sealed record Outcome(double? Score, bool? Positive, bool Label, IReadOnlyDictionary<string, string> Groups);
