namespace Slipway.Monitoring.Contracts;

/// <summary>Whether something is as it was approved.</summary>
public enum MonitorVerdict
{
    /// <summary>Nothing was measured, or there is nothing to compare with.</summary>
    Unknown,

    /// <summary>As approved.</summary>
    Yes,

    /// <summary>Something moved, and not far enough to break a condition.</summary>
    Attention,

    /// <summary>A condition is broken.</summary>
    No,
}

/// <summary>What a monitor looks at.</summary>
public enum MonitorAspect
{
    /// <summary>What comes in looks like what the version was trained on.</summary>
    Population,

    /// <summary>Each decision has about the share that was approved.</summary>
    Decisions,

    /// <summary>What happened later fits what was predicted.</summary>
    Performance,

    /// <summary>Groups get the favourable decision about equally often.</summary>
    Fairness,
}

/// <summary>A monitor as a line of a list.</summary>
/// <param name="Endpoint">Each endpoint has one monitor, of the same name.</param>
/// <param name="Verdict">The worst of the versions that answer now; <c>unknown</c> when nothing was measured.</param>
/// <param name="DefinitionVersion">0 = the built-in definition.</param>
/// <param name="OpenAlerts">Alerts that are open.</param>
/// <param name="FoldedMs">When predictions were last looked at; absent = never.</param>
public sealed record MonitorSummary(
    string Endpoint, string Model, MonitorVerdict Verdict, long DefinitionVersion, long OpenAlerts, IReadOnlyList<WatchedVersion> Versions, long? FoldedMs = null);

/// <summary>One version under the endpoint.</summary>
/// <param name="Role"><c>champion</c>, <c>canary</c> or <c>shadow</c>; <c>gone</c> = it no longer answers here.</param>
/// <param name="Share">Of the traffic, 0 to 1.</param>
/// <param name="Verdicts">One per aspect, in the order of the aspects; those that were never measured are unknown and say why.</param>
/// <param name="Open">The window that is filling; absent = no prediction since the last one was closed.</param>
public sealed record WatchedVersion(long Version, string DeploymentId, string Role, double Share, IReadOnlyList<AspectVerdict> Verdicts, OpenWindowView? Open = null);

/// <param name="Detail">One sentence with figures.</param>
/// <param name="ObservedMs">Until when the predictions reached that decided; absent when there are none.</param>
/// <param name="ChangedMs">Since when the verdict is this one.</param>
/// <param name="EvidenceDigest">SHA-256 of the result (JSON) that decided.</param>
public sealed record AspectVerdict(MonitorAspect Aspect, MonitorVerdict Verdict, string Detail, long? ObservedMs = null, long? ChangedMs = null, string? EvidenceDigest = null);

/// <param name="Size">Predictions at which it closes.</param>
/// <param name="ClosesMs">When it closes at the latest.</param>
public sealed record OpenWindowView(long Number, long Predictions, long Size, long FromMs, long ClosesMs, IReadOnlyList<WatchedShare> Decisions);

/// <param name="Share">Of all predictions, 0 to 1.</param>
/// <param name="Low">Least share that was approved; absent = no band.</param>
/// <param name="High">Greatest share that was approved.</param>
/// <param name="Evidence">Natural logarithm of the evidence against "the share lies in its band"; absent without a band.</param>
/// <param name="BreaksAt">The evidence at which the band counts as left; absent without a band.</param>
public sealed record WatchedShare(string Decision, long Count, double Share, double? Low = null, double? High = null, double? Evidence = null, double? BreaksAt = null);

/// <summary>A monitor with what it says now.</summary>
/// <param name="Definition">The YAML text in force.</param>
/// <param name="Alerts">Open ones, then the newest closed ones; at most 50.</param>
public sealed record MonitorView(
    string Endpoint, string Model, MonitorVerdict Verdict, string Definition, long DefinitionVersion, string DefinitionDigest, MonitorSettings Settings,
    IReadOnlyList<WatchedVersion> Versions, IReadOnlyList<AlertView> Alerts, long? FoldedMs = null, string? DefinedBy = null, long? DefinedMs = null);

/// <summary>A definition, read.</summary>
/// <param name="WindowPredictions">Predictions of one version that make a window.</param>
/// <param name="WindowMaximumAgeSeconds">A window that is not full closes after so long.</param>
/// <param name="MinimumPredictions">A window of fewer decides nothing.</param>
/// <param name="Alpha">Error probability of the tests, over all features together.</param>
/// <param name="MaximumPsi">Effect: from which population stability index on a change matters; the approval's own maximum wins when it is smaller.</param>
/// <param name="Features">Absent = every feature of the model that the reference knows.</param>
/// <param name="EnvelopeAlpha">Error probability of the sequential test of each band.</param>
/// <param name="Bands">For decisions of which the approval says nothing.</param>
/// <param name="PerformanceWindowHours">Outcomes are judged by the hours in which they were predicted.</param>
/// <param name="MinimumLabels">Fewer outcomes decide nothing.</param>
/// <param name="MinimumGroup">Groups of fewer outcomes are suppressed.</param>
/// <param name="MinimumRatio">Least rate of the favourable decision over that of the reference group.</param>
/// <param name="Reactions">By cause: drift, envelope, performance, fairness.</param>
public sealed record MonitorSettings(
    long WindowPredictions, long WindowMaximumAgeSeconds, long MinimumPredictions, double Alpha, double MaximumPsi, double EnvelopeAlpha, IReadOnlyList<DecisionLimits> Bands,
    long PerformanceWindowHours, long MinimumLabels, long MinimumGroup, double MinimumRatio, IReadOnlyDictionary<string, IReadOnlyList<string>> Reactions, IReadOnlyList<string>? Features = null);

/// <param name="Low">0 to 1.</param>
/// <param name="High">0 to 1, above <paramref name="Low"/>.</param>
public sealed record DecisionLimits(string Decision, double Low, double High);

/// <summary>A definition that was put in force.</summary>
/// <param name="Version">From 1.</param>
/// <param name="Digest">SHA-256 of its text.</param>
public sealed record MonitorDefinitionView(string Endpoint, long Version, string Digest, MonitorSettings Settings, long CreatedMs, string By);
