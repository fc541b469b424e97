namespace Slipway.Monitoring.Contracts;

/// <summary>A closed window: so many predictions of one version, in the order in which they were made.</summary>
/// <param name="Number">From 1 per version and deployment.</param>
/// <param name="FromMs">Of its first prediction.</param>
/// <param name="ToMs">Of its last prediction.</param>
/// <param name="Detail">What was found about the population, in one sentence.</param>
/// <param name="MaximumPsi">Of the feature that moved most; absent when nothing could be compared.</param>
/// <param name="Digest">SHA-256 of the whole result (JSON).</param>
public sealed record WindowSummary(
    string Id, long Version, string DeploymentId, string Role, long Number, long Predictions, long FromMs, long ToMs, long ClosedMs,
    MonitorVerdict Population, MonitorVerdict Decisions, string Detail, IReadOnlyList<WatchedShare> Shares, string Digest, double? MaximumPsi = null, string? MaximumFeature = null);

/// <summary>A closed window with everything that was compared.</summary>
/// <param name="Features">By contribution, the greatest first.</param>
/// <param name="NotCompared">Features of the model without figures, each with the reason.</param>
/// <param name="Score">Absent when the version's evaluation has no score bins.</param>
/// <param name="Reference">What it was compared with.</param>
public sealed record WindowView(
    string Endpoint, string Model, WindowSummary Window, IReadOnlyList<FeatureDrift> Features, IReadOnlyList<NotCompared> NotCompared, ReferenceView Reference, double Alpha, double MaximumPsi,
    long DefinitionVersion, FeatureDrift? Score = null);

/// <summary>One feature, then (reference) and now (window).</summary>
/// <param name="Test"><c>ks</c> (two-sample Kolmogorov–Smirnov) or <c>chi2</c> (contingency).</param>
/// <param name="Psi">Population stability index, natural logarithm.</param>
/// <param name="PsiCut">What this index stays below by chance in 1 − alpha of all cases.</param>
/// <param name="AdjustedP">Over the features, by Benjamini–Hochberg.</param>
/// <param name="Real">Unlikely by chance.</param>
/// <param name="Large">Past the maximum, and past what chance explains.</param>
/// <param name="Drifted">Real and large.</param>
/// <param name="Contribution">Share of the sum of all indices, 0 to 1.</param>
/// <param name="MissingThen">Share of missing values, 0 to 1.</param>
/// <param name="MaximumPsi">The index above which a change of this feature matters.</param>
/// <param name="OutsideNow">Share of the window's numbers beyond the least and the greatest of the training data.</param>
/// <param name="Enough">Both sides have rows enough to say anything; false = it decides nothing.</param>
/// <param name="Hint">What may be behind it, such as a probable change of the unit; absent when nothing is known.</param>
public sealed record FeatureDrift(
    string Feature, string Test, double Psi, double PsiCut, double Statistic, double PValue, double AdjustedP, bool Real, bool Large, bool Drifted, double Contribution, double MaximumPsi,
    IReadOnlyList<DriftBinView> Bins, double? MeanThen = null, double? MeanNow = null, double? MissingThen = null, double? MissingNow = null, double? OutsideNow = null, string? Hint = null,
    bool Enough = true);

/// <param name="Label">Such as <c>≤ 4.2</c>, <c>&gt; 18</c>, <c>yes</c>, <c>other</c>, <c>missing</c>.</param>
/// <param name="Then">Share in the reference, 0 to 1.</param>
/// <param name="Now">Share in the window.</param>
public sealed record DriftBinView(string Label, double Then, double Now);

public sealed record NotCompared(string Feature, string Reason);

/// <param name="Rows">Rows of the training data.</param>
/// <param name="Digest">SHA-256 of the reference (JSON), made when the version was registered.</param>
/// <param name="Missing">What the version's records lack; absent when the reference is whole.</param>
public sealed record ReferenceView(long Rows, string? Digest = null, string? Missing = null);
