using System.Text.Json;
using Slipway.Answers.AsOf;
using Slipway.Answers.Fold;
using Slipway.Governance.Ports;
using Slipway.Monitoring.Ports;
using Slipway.Registry.Ports;

namespace Slipway.Answers.State;

/// <summary>Everything that held of a model at one moment; what the verdicts are functions of.</summary>
internal sealed class ModelState
{
    private readonly Dictionary<(string Subject, string Field), Interval> _held;

    /// <param name="held">The model's intervals and those of its workspace.</param>
    public ModelState(string workspace, string model, Moment moment, IEnumerable<Interval> held)
    {
        (Workspace, Model, Moment) = (workspace, model, moment);
        _held = held.ToDictionary(interval => (interval.Subject, interval.Field));
        Inventory = Find<InventoryChanged>(Subjects.Model, Fields.Inventory);
        Policy = Find<PolicyChanged>(Subjects.Policy, Fields.InForce);
        Retraining = Find<RetrainingRequested>(Subjects.Retraining, Fields.Requested);
        Versions = All<VersionRegistered>("version/", Fields.Registered).OrderBy(version => version.Fact.Version).ToList();
        Exceptions = All<ExceptionGranted>("exception/", Fields.Granted).OrderBy(exception => exception.FromPosition).ToList();
        Approvals = All<ApprovalRequested>("approval/", Fields.Requested).Select(requested => new Approval(this, requested)).OrderBy(approval => approval.Requested.FromPosition).ToList();
        Endpoints = SubjectsBelow("endpoint/").Select(subject => new EndpointOf(this, subject["endpoint/".Length..])).OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal).ToList();
    }

    public string Workspace { get; }

    public string Model { get; }

    public Moment Moment { get; }

    public bool IsRegistered => _held.ContainsKey((Subjects.Model, Fields.Registered));

    public Held<InventoryChanged>? Inventory { get; }

    public Held<PolicyChanged>? Policy { get; }

    /// <summary>Asked for, and no version has been registered since.</summary>
    public Held<RetrainingRequested>? Retraining { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Held<VersionRegistered>> Versions { get; }

    /// <summary>Not ended; one may have passed its expiry by the moment.</summary>
    public IReadOnlyList<Held<ExceptionGranted>> Exceptions { get; }

    /// <summary>In the order in which they were asked for.</summary>
    public IReadOnlyList<Approval> Approvals { get; }

    public IReadOnlyList<EndpointOf> Endpoints { get; }

    /// <summary>The last approval asked for that is in force, or the last of all; null when none was ever asked for.</summary>
    public Approval? ApprovalOf(long version) =>
        Approvals.LastOrDefault(approval => approval.Version == version && approval.InForce) ?? Approvals.LastOrDefault(approval => approval.Version == version);

    public Held<VersionRegistered>? VersionOf(long version) => Versions.FirstOrDefault(registered => registered.Fact.Version == version);

    public Held<T>? Find<T>(string subject, string field) => _held.TryGetValue((subject, field), out var interval) ? Read<T>(interval) : null;

    public IEnumerable<Held<T>> All<T>(string subjectPrefix, string fieldPrefix) =>
        _held.Values.Where(interval => interval.Subject.StartsWith(subjectPrefix, StringComparison.Ordinal) && interval.Field.StartsWith(fieldPrefix, StringComparison.Ordinal)).Select(Read<T>);

    private IEnumerable<string> SubjectsBelow(string prefix) => _held.Keys.Select(key => key.Subject).Where(subject => subject.StartsWith(prefix, StringComparison.Ordinal)).Distinct();

    private static Held<T> Read<T>(Interval interval) => new(JsonSerializer.Deserialize<T>(interval.Value, Folding.Json)!, interval.Digest, interval.FromPosition, interval.AtMs);
}
