using Slipway.Monitoring.Contracts;

namespace Slipway.Monitoring.Folding;

/// <summary>What a fold found: written in one transaction with the position up to which it read.</summary>
internal sealed class FoldOutcome
{
    public List<JudgedWindow> Windows { get; } = [];

    public List<BrokenBand> Broken { get; } = [];

    public bool IsEmpty => Windows.Count == 0 && Broken.Count == 0;
}

/// <param name="View">With the digest of its evidence in the summary.</param>
/// <param name="Decisions">The verdict on the decisions, in a sentence.</param>
/// <param name="Banded">The decisions that have a band.</param>
/// <param name="IsShadow">Nobody got its answers, so nothing follows from it.</param>
/// <param name="Reactions">To a drift.</param>
internal sealed record JudgedWindow(WindowView View, WindowState State, string Decisions, IReadOnlyList<string> Banded, bool IsShadow, IReadOnlyList<string> Reactions);

/// <summary>A band that was left, as it is stored.</summary>
/// <param name="Share">Of the predictions looked at, 0 to 1.</param>
/// <param name="LogEvidence">Against "the share lies in the band"; docs/monitoring.md has the test.</param>
/// <param name="Position">Of the last prediction that was looked at.</param>
internal sealed record BandEvidence(
    string Endpoint, string Model, long Version, string DeploymentId, string Decision, double Low, double High, bool Approved, double Share, long Decisions, long Predictions,
    double LogEvidence, double Alpha, long ObservedMs, long Position);

/// <param name="Digest">SHA-256 of the evidence (JSON).</param>
internal sealed record BrokenBand(BandEvidence Evidence, string Digest, bool IsShadow, IReadOnlyList<string> Reactions)
{
    public string Detail => FormattableString.Invariant(
        $"{Evidence.Share:P1} of {Evidence.Predictions} predictions of version {Evidence.Version} were '{Evidence.Decision}'; {Evidence.Low:P1} to {Evidence.High:P1} {(Evidence.Approved ? "was approved" : "is accepted")}.");
}
