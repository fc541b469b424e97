using Slipway.Governance.Ports;
using Slipway.Monitoring.Ports;
using Slipway.Registry.Ports;
using Slipway.Serving.Ports;

namespace Slipway.Answers.Tests;

/// <summary>Facts in few words.</summary>
internal static class Told
{
    private const string W = Past.Workspace;

    public static ModelRegistered Model(string model = "m") => new(W, model);

    public static VersionRegistered Version(long version, string? digest = null, string? data = "d1", string? evaluation = "e1", string model = "m") =>
        new(W, model, version, $"runs:/r{version}/model", digest ?? Digest(version), data, evaluation, null, null, "loans", 1);

    public static InventoryChanged Entry(string purpose = "Says who may have a loan", string? owner = "p1", string model = "m") =>
        new(W, model, purpose, owner, owner is null ? null : "Olga", 2, "lending", ["lending"], "i1");

    public static ApprovalRequested Requested(long version, string id = "a1", string model = "m") => new(W, id, model, version, "b1");

    public static ApprovalSigned Signed(long version, string id = "a1", string by = "p2", string name = "Vera", string model = "m") => new(W, id, model, version, "b1", by, name, "Looked at the evidence.");

    public static ApprovalGranted Granted(long version, string id = "a1", string[]? exceptions = null, long? expiresMs = null, string model = "m") =>
        new(W, id, model, version, "b1", ["Vera"], exceptions ?? [], expiresMs);

    public static ApprovalVoided Voided(long version, string id = "a1", string model = "m") => new(W, id, model, version, ["inventory.purpose"], "Since it was signed, inventory.purpose changed.");

    public static ApprovalRefused Refused(long version, string id = "a1", string model = "m") => new(W, id, model, version, "p2", "Vera", "The groups differ too much.");

    public static ExceptionGranted Exception(long expiresMs, string id = "x1", string model = "m") => new(W, id, model, null, "fairness ratio", "History is no better.", expiresMs, "p2", "Vera");

    public static ExceptionEnded ExceptionEnded(string id = "x1", string model = "m") => new(W, id, model, "expired");

    public static EndpointCreated Endpoint(string endpoint = "e", string model = "m") => new(W, endpoint, model);

    public static TrafficChanged Traffic(RolloutState rollout, params DeploymentState[] deployments) => new(W, "e", "m", rollout, deployments);

    public static DeploymentState Champion(long version, double share = 1, string? digest = null) => new($"dep{version}", version, DeploymentRole.Champion, share, digest ?? Digest(version), "a1", 0);

    public static DeploymentState Canary(long version, double share = 0.1, string? digest = null) => new($"dep{version}", version, DeploymentRole.Canary, share, digest ?? Digest(version), "a1", 0);

    public static DeploymentState Shadow(long version) => new($"dep{version}", version, DeploymentRole.Shadow, 0, Digest(version), "a1", 0);

    public static RolloutHalted Halted(string reason = "The population drifted.") => new(W, "e", "m", 1, reason);

    public static RolledBack RolledBack(long from, long to) => new(W, "e", "m", from, to, "The share of 'deny' left its band.");

    public static EndpointStopped Stopped() => new(W, "e", "m", "Somebody pulled it.");

    public static EndpointReleased Released() => new(W, "e", "m", ["Vera", "Olga"], "It was a drill.");

    public static MonitorDefined Monitor(params ArmedReaction[] reactions) => new(W, "e", "m", 1, "q1", reactions);

    public static MonitorChanged Said(string aspect, string verdict, long version = 1, long observedMs = 0) =>
        new(W, "e", "m", version, aspect, verdict, $"{aspect} of version {version} is {verdict}", "w1", observedMs);

    public static DriftDetected Drift(long version = 1) => new(W, "e", "m", version, [new DriftedFeature("payments to income", 0.31, 0.0001), new DriftedFeature("rate", 0.27, 0.012)], 0, 1_000, "w2");

    public static RetrainingRequested Retraining() => new(W, "t1", "m", "train.yaml", "The population drifted.");

    public static PolicyChanged Policy(long version) => new(W, version, $"pol{version}");

    /// <summary>Everything that makes all four answers yes for version 1 as champion of endpoint e, at a policy of version 1.</summary>
    public static IEnumerable<object> AllIsWell() =>
    [
        Policy(1), Model(), Version(1), Entry(), Requested(1), Signed(1), Granted(1), Endpoint(), Monitor(new ArmedReaction("drift", ["haltRollout", "requestRetraining"])),
        Traffic(RolloutState.Steady, Champion(1)), Said("population", "yes"), Said("decisions", "yes"), Said("fairness", "yes"), Said("performance", "yes"),
    ];

    public static string Digest(long version) => $"{version:x}".PadLeft(64, 'f');
}
