using Slipway.Kernel;

namespace Slipway.Monitoring.Ports;

/// <summary>What a monitor says of one version under one endpoint changed; told on changes only, never per window.</summary>
/// <param name="Aspect"><c>population</c>, <c>decisions</c>, <c>performance</c> or <c>fairness</c>.</param>
/// <param name="Verdict"><c>yes</c> (as approved), <c>attention</c>, <c>no</c> or <c>unknown</c>.</param>
/// <param name="Detail">One sentence with figures.</param>
/// <param name="EvidenceDigest">SHA-256 of the window's result (JSON) that decided; null when there is none.</param>
/// <param name="ObservedMs">End of that window.</param>
public sealed record MonitorChanged(
    string Workspace, string Endpoint, string Model, long Version, string Aspect, string Verdict, string Detail, string? EvidenceDigest, long ObservedMs) : IFact
{
    public static string Kind => "monitor.changed";

    public string Subject => $"monitor/{Endpoint}/{Version}";
}

/// <summary>What a monitor watches for and what follows is defined anew; told for the built-in definition as well, when an endpoint is made.</summary>
/// <param name="Version">From 1; 0 = the built-in one.</param>
/// <param name="Digest">SHA-256 of its text.</param>
/// <param name="Reactions">What follows by itself, by cause; a cause without reactions is left out.</param>
public sealed record MonitorDefined(string Workspace, string Endpoint, string Model, long Version, string Digest, IReadOnlyList<ArmedReaction> Reactions) : IFact
{
    public static string Kind => "monitor.defined";

    public string Subject => $"monitor/{Endpoint}";
}

/// <param name="Cause"><c>drift</c>, <c>envelope</c>, <c>performance</c> or <c>fairness</c>.</param>
/// <param name="Reactions"><c>haltRollout</c>, <c>rollBack</c>, <c>rollBackOrStop</c>, <c>stop</c> or <c>requestRetraining</c>; at least one.</param>
public sealed record ArmedReaction(string Cause, IReadOnlyList<string> Reactions);

/// <summary>The population is no longer the one of the reference: both real (p-value) and large enough to matter (effect).</summary>
/// <param name="FromMs">Start of the window.</param>
public sealed record DriftDetected(string Workspace, string Endpoint, string Model, long Version, IReadOnlyList<DriftedFeature> Features, long FromMs, long ToMs, string EvidenceDigest) : IFact
{
    public static string Kind => "drift.detected";

    public string Subject => $"monitor/{Endpoint}/{Version}";
}

/// <param name="Psi">Population stability index, natural logarithm.</param>
/// <param name="PValue">Adjusted over the features by Benjamini–Hochberg.</param>
public sealed record DriftedFeature(string Feature, double Psi, double PValue);

/// <summary>The share of a decision left the band that was approved.</summary>
/// <param name="Share">Of the predictions looked at, 0 to 1.</param>
public sealed record EnvelopeBroken(
    string Workspace, string Endpoint, string Model, long Version, string Decision, double Share, double Low, double High, long Predictions, long ObservedMs, string EvidenceDigest) : IFact
{
    public static string Kind => "envelope.broken";

    public string Subject => $"monitor/{Endpoint}/{Version}";
}

/// <summary>A rule asks for a new version; a person decides when it is made.</summary>
/// <param name="Pipeline">That made the version in production; null when none is known.</param>
public sealed record RetrainingRequested(string Workspace, string RequestId, string Model, string? Pipeline, string Reason) : IFact
{
    public static string Kind => "retraining.requested";

    public string Subject => $"model/{Model}";
}
