using System.Text.Json;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Monitoring.Ports;
using Slipway.Registry.Ports;
using Slipway.Serving.Ports;

namespace Slipway.Answers.Fold;

/// <summary>Which fact changes what. Pure: the same facts in the same order give the same intervals.</summary>
internal static class Folding
{
    /// <summary>Raised whenever a fact is folded otherwise than before: everything is folded again then.</summary>
    public const long Version = 2;

    /// <summary>How facts are written in the outbox.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, Func<string, Folded>> Kinds = new(
    [
        On<ModelRegistered>(fact => new(fact.Model, $"Model {fact.Model} was registered", [Set(Subjects.Model, Fields.Registered)])),
        On<ModelRenamed>(fact => new(fact.Model, $"{fact.Previous} was renamed to {fact.Model}", []) { Previous = fact.Previous }),
        On<ModelDeleted>(fact => new(fact.Model, $"Model {fact.Model} was deleted", []) { Gone = true }),
        On<VersionRegistered>(fact => new(
            fact.Model, $"Version {fact.Version} was registered", [Set(Subjects.Version(fact.Version), Fields.Registered, fact.ModelDigest), End(Subjects.Retraining, Fields.Requested)])),
        On<VersionDeleted>(fact => new(fact.Model, $"Version {fact.Version} was deleted", [End(Subjects.Version(fact.Version), null)])),
        On<AliasChanged>(fact => new(
            fact.Model, fact.To is { } to ? $"Alias {fact.Alias} stands for version {to}" : $"Alias {fact.Alias} was removed", [Is(fact.To is not null, Subjects.Alias(fact.Alias), Fields.Version)])),
        On<InventoryChanged>(fact => new(fact.Model, "The inventory entry was changed", [Set(Subjects.Model, Fields.Inventory, fact.Digest)])),
        On<PolicyChanged>(fact => new(null, $"Policy version {fact.Version} came into force", [Set(Subjects.Policy, Fields.InForce, fact.Digest)])),
        .. Approvals(), .. Endpoints(), .. Monitors(),
    ]);

    /// <summary>Null = no answer speaks of it.</summary>
    public static Folded? Of(StoredFact fact) => Kinds.TryGetValue(fact.Kind, out var fold) ? fold(fact.Body) : null;

    private static IEnumerable<KeyValuePair<string, Func<string, Folded>>> Approvals() =>
    [
        On<ApprovalRequested>(fact => new(
            fact.Model, $"Approval of version {fact.Version} was requested", [Set(Subjects.Approval(fact.ApprovalId), Fields.Requested, fact.EvidenceDigest)])),
        On<ApprovalSigned>(fact => new(
            fact.Model, $"{fact.ByName} signed for version {fact.Version}", [Set(Subjects.Approval(fact.ApprovalId), Fields.Signed(fact.By), fact.EvidenceDigest)])),
        On<ApprovalGranted>(fact => new(
            fact.Model, $"Version {fact.Version} was approved", [Set(Subjects.Approval(fact.ApprovalId), Fields.Granted, fact.EvidenceDigest)])),
        On<ApprovalRefused>(fact => new(
            fact.Model, $"{fact.ByName} refused version {fact.Version}", [Set(Subjects.Approval(fact.ApprovalId), Fields.Refused)])),
        On<ApprovalVoided>(fact => new(
            fact.Model, $"The approval of version {fact.Version} is void", [Set(Subjects.Approval(fact.ApprovalId), Fields.Voided)])),
        On<ExceptionGranted>(fact => new(
            fact.Model, $"{fact.ByName} granted an exception from '{fact.Requirement}'", [Set(Subjects.Exception(fact.ExceptionId), Fields.Granted)])),
        On<ExceptionEnded>(fact => new(fact.Model, "An exception ended", [End(Subjects.Exception(fact.ExceptionId), null)])),
    ];

    // What monitors have said ends with the endpoint; they may still have been looking when it was deleted, so once more when it is made anew.
    private static IEnumerable<KeyValuePair<string, Func<string, Folded>>> Endpoints() =>
    [
        On<EndpointCreated>(fact => new(fact.Model, $"Endpoint {fact.Endpoint} was made", [EndBelow(Subjects.Monitors(fact.Endpoint)), Set(Subjects.Endpoint(fact.Endpoint), Fields.Created)])),
        On<EndpointDeleted>(fact => new(fact.Model, $"Endpoint {fact.Endpoint} was deleted", [End(Subjects.Endpoint(fact.Endpoint), null), EndBelow(Subjects.Monitors(fact.Endpoint))])),
        On<TrafficChanged>(fact => new(fact.Model, $"Endpoint {fact.Endpoint}: {Words.Traffic(fact)}", [.. Traffic(fact)])),
        On<RolloutHalted>(fact => new(fact.Model, $"The rollout on {fact.Endpoint} was halted", [Set(Subjects.Endpoint(fact.Endpoint), Fields.Halted)])),
        On<RolledBack>(fact => new(
            fact.Model, $"{fact.Endpoint} was rolled back from version {fact.From} to version {fact.To}", [Set(Subjects.Endpoint(fact.Endpoint), Fields.RolledBack)])),
        On<EndpointStopped>(fact => new(fact.Model, $"Endpoint {fact.Endpoint} was stopped", [Set(Subjects.Endpoint(fact.Endpoint), Fields.Stopped)])),
        On<EndpointReleased>(fact => new(fact.Model, $"Endpoint {fact.Endpoint} was released", [End(Subjects.Endpoint(fact.Endpoint), Fields.Stopped), Set(Subjects.Endpoint(fact.Endpoint), Fields.Released)])),
    ];

    private static IEnumerable<KeyValuePair<string, Func<string, Folded>>> Monitors() =>
    [
        On<MonitorDefined>(fact => new(
            fact.Model, fact.Version == 0 ? $"The built-in monitor watches {fact.Endpoint}" : $"Version {fact.Version} of the monitor watches {fact.Endpoint}",
            [Set(Subjects.Endpoint(fact.Endpoint), Fields.Monitor, fact.Digest)])),
        On<MonitorChanged>(fact => new(
            fact.Model, $"Version {fact.Version} on {fact.Endpoint}: {fact.Aspect} {fact.Verdict}",
            [Set(Subjects.Monitor(fact.Endpoint, fact.Version), fact.Aspect, fact.EvidenceDigest)])),
        On<DriftDetected>(fact => new(
            fact.Model, $"Version {fact.Version} on {fact.Endpoint}: the population drifted", [Set(Subjects.Monitor(fact.Endpoint, fact.Version), Fields.Drift, fact.EvidenceDigest)])),
        On<EnvelopeBroken>(fact => new(
            fact.Model, $"Version {fact.Version} on {fact.Endpoint}: '{fact.Decision}' left its band", [Set(Subjects.Monitor(fact.Endpoint, fact.Version), Fields.Envelope, fact.EvidenceDigest)])),
        On<RetrainingRequested>(fact => new(fact.Model, "Retraining was requested", [Set(Subjects.Retraining, Fields.Requested)])),
    ];

    /// <summary>The halt ends with the first traffic that is not halted, the note of a rollback with the next canary.</summary>
    private static IEnumerable<Change> Traffic(TrafficChanged fact)
    {
        var endpoint = Subjects.Endpoint(fact.Endpoint);
        yield return Set(endpoint, Fields.Traffic);
        if (fact.Rollout != RolloutState.Halted) { yield return End(endpoint, Fields.Halted); }

        if (fact.Deployments.Any(deployment => deployment.Role == DeploymentRole.Canary)) { yield return End(endpoint, Fields.RolledBack); }
    }

    private static KeyValuePair<string, Func<string, Folded>> On<T>(Func<T, Folded> fold)
        where T : IFact => new(T.Kind, body => fold(JsonSerializer.Deserialize<T>(body, Json)!));

    private static Change Set(string subject, string field, string? digest = null) => new(subject, field, true, digest);

    private static Change End(string subject, string? field) => new(subject, field, false);

    private static Change EndBelow(string subjects) => new(subjects, null, false) { Below = true };

    private static Change Is(bool holds, string subject, string field) => new(subject, field, holds);
}
