namespace Slipway.Serving.Contracts;

/// <summary>How far a rollout is.</summary>
public enum RolloutPhase
{
    /// <summary>One version has all the traffic.</summary>
    Steady,

    /// <summary>A canary has a share of it.</summary>
    Canary,

    /// <summary>Shares are frozen.</summary>
    Halted,
}

/// <summary>What a version is there for.</summary>
public enum TrafficRole
{
    Champion,
    Canary,

    /// <summary>Predicts beside the others; its answers are logged and never sent.</summary>
    Shadow,
}

/// <param name="Name">1 to 100 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; it stands in the address of predictions.</param>
/// <param name="Model">The registered model whose versions answer.</param>
public sealed record CreateEndpointRequest(string Name, string Model);

/// <param name="Version">A registered version of the endpoint's model, with an approval in force.</param>
/// <param name="Share">Of a canary: its share of the units, above 0 and below 1; absent otherwise.</param>
/// <param name="Reason">For the audit log.</param>
public sealed record DeployRequest(long Version, TrafficRole Role, double? Share = null, string? Reason = null);

/// <param name="CanaryShare">Above 0 and below 1.</param>
public sealed record SetTrafficRequest(double CanaryShare, string? Reason = null);

/// <summary>Why something is done; one sentence of at most 1,000 characters.</summary>
public sealed record EndpointReasonRequest(string Reason);

/// <param name="Version">Only when this version is at work; absent = whichever is to go.</param>
public sealed record RollBackRequest(string Reason, long? Version = null);

/// <summary>A name under which versions of a model answer, as it is now.</summary>
/// <param name="Stopped">By the kill switch: nothing is answered.</param>
/// <param name="Health">What a person should look at first.</param>
/// <param name="Counts">What the processes that are alive have answered since they started.</param>
/// <param name="By">Who made it, as they were called then.</param>
/// <param name="Reason">Why it is halted, stopped or was rolled back.</param>
/// <param name="Releases">Who has released the kill switch so far; two distinct people must.</param>
/// <param name="Log">Of this process; absent in lists.</param>
public sealed record EndpointView(
    string Name, string Model, bool Stopped, RolloutPhase Rollout, IReadOnlyList<DeploymentView> Deployments, EndpointHealth Health, EndpointCounts Counts, long CreatedMs, long ChangedMs,
    string By, string? Reason = null, IReadOnlyList<ReleaseView>? Releases = null, PredictionLogView? Log = null);

/// <summary>One version at work.</summary>
/// <param name="Share">Of the units, 0 to 1; 0 for a shadow.</param>
/// <param name="ModelDigest">SHA-256 of the model file that was approved.</param>
/// <param name="Replicas">What each process has loaded.</param>
/// <param name="Threshold">Scores at or above it are decided as <paramref name="AtOrAbove"/>; absent when the evaluation names no decisions.</param>
public sealed record DeploymentView(
    string Id, long Version, TrafficRole Role, double Share, string ModelDigest, long SinceMs, string By, long Predictions, IReadOnlyList<ReplicaView> Replicas,
    string? ApprovalId = null, double? Threshold = null, string? AtOrAbove = null, string? Below = null);

/// <summary>One process that answers.</summary>
/// <param name="Matches">What it has loaded is what was approved.</param>
/// <param name="SeenMs">When it last said so.</param>
/// <param name="Digest">SHA-256 of the bytes that it has loaded; absent when it could not load them.</param>
/// <param name="Fault">Why it could not.</param>
public sealed record ReplicaView(string Replica, bool Matches, long SeenMs, string? Digest = null, string? Fault = null);

/// <summary>How the log of predictions is.</summary>
/// <param name="Rows">Predictions that are kept.</param>
/// <param name="Lost">Predictions that may have been answered and are missing in the log.</param>
/// <param name="Fault">Why nothing can be logged now; absent when all is well.</param>
public sealed record PredictionLogView(long Rows, long Lost, string? Fault = null);

/// <summary>Who released a stopped endpoint.</summary>
public sealed record ReleaseView(string By, string Reason, long AtMs);

/// <param name="Verdict"><c>yes</c> (answers as approved), <c>attention</c> (halted), <c>no</c> (stopped, or something else is loaded than was approved) or <c>unknown</c>.</param>
/// <param name="Detail">One sentence.</param>
public sealed record EndpointHealth(string Verdict, string Detail);

/// <summary>Since each process started.</summary>
/// <param name="Requests">Answered with predictions.</param>
/// <param name="Refused">Whose input broke the signature or the contract.</param>
/// <param name="Failed">By a fault of the server or of the model.</param>
/// <param name="Predictions">Rows answered; shadows do not count.</param>
/// <param name="MeanMs">Mean time of an answer by phase (<c>parse</c>, <c>check</c>, <c>infer</c>, <c>write</c>, <c>serialise</c>) in the process that tells it, in milliseconds; absent before the first answer.</param>
public sealed record EndpointCounts(long Requests, long Refused, long Failed, long Predictions, IReadOnlyDictionary<string, double>? MeanMs = null);

/// <summary>A request that got a reason instead of an answer.</summary>
/// <param name="Status">HTTP status; from 500 on it is a fault of the server or of the model.</param>
/// <param name="Code">Stable word to branch on.</param>
/// <param name="Reason">As the client was told; at most 500 characters.</param>
public sealed record RefusalView(long AtMs, int Status, string Code, string Reason);

/// <summary>A row that was scored, as the log has it.</summary>
/// <param name="Id">By which its outcome is reported later.</param>
/// <param name="Inputs">Value by field; absent where missing.</param>
/// <param name="Unit">By which the traffic is split; absent when the client named none.</param>
public sealed record PredictionView(
    string Id, long Position, long AtMs, long Version, TrafficRole Role, IReadOnlyDictionary<string, System.Text.Json.JsonElement> Inputs, string? Unit = null, double? Score = null, string? Decision = null);
