using Slipway.Governance.Evidence;
using Slipway.Governance.Exceptions;
using Slipway.Governance.Inventory;
using Slipway.Governance.Policies;
using Slipway.Identity.Ports;
using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Approvals;

/// <summary>Reads what approvals are bound to, in the transaction of whoever decides. Thread safe.</summary>
internal sealed class Standings(IVersions versions, IPrincipals principals, PolicyStore policies, TimeProvider clock)
{
    /// <summary>One moment in one workspace: what several approvals have in common is read once.</summary>
    public Moment At(ReadTx tx, string workspace) => new(tx, workspace, versions, principals, policies.InForce(tx, workspace), clock.NowMs());

    internal sealed class Moment(ReadTx tx, string workspace, IVersions versions, IPrincipals principals, StoredPolicy policy, long nowMs)
    {
        private readonly Dictionary<string, (InventoryRow? Entry, List<PolicyException> Exceptions)> _models = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _people = new(StringComparer.Ordinal);

        public StoredPolicy Policy => policy;

        public long NowMs => nowMs;

        public Standing Of(Approval approval)
        {
            var identity = versions.Find(tx, workspace, approval.Model, approval.Version);
            var (entry, exceptions) = Model(approval.Model);
            var parties = new Parties(identity is null ? null : Person(identity.By), entry?.Entry.OwnerId is { } owner ? Person(owner) : null, Person(approval.RequestedBy));
            var usable = Usable(exceptions, approval.Version, parties);
            var evidence = Join(identity, approval.Evidence, entry);
            var judgement = Evaluation.Judge(policy.Definition, evidence, usable.ToDictionary(one => one.Requirement, one => one.Id, StringComparer.Ordinal), nowMs);
            var bound = BoundFields.Of(approval.Model, approval.Version, approval.RequestedBy, identity, approval.Evidence, entry?.Entry, policy, judgement);
            return new Standing(approval, identity, entry, policy, evidence, judgement, bound, parties, usable.ToDictionary(one => one.Id, one => one.ExpiresMs, StringComparer.Ordinal));
        }

        /// <summary>What the policy says of a version that nobody has asked approval for.</summary>
        public Judgement Preview(VersionReports reports)
        {
            var (entry, exceptions) = Model(reports.Identity.Model);
            var parties = new Parties(Person(reports.Identity.By), entry?.Entry.OwnerId is { } owner ? Person(owner) : null, null);
            return Evaluation.Judge(
                policy.Definition, Join(reports.Identity, FlattenReports.Of(reports), entry), Usable(exceptions, reports.Identity.Version, parties).ToDictionary(one => one.Requirement, one => one.Id, StringComparer.Ordinal), nowMs);
        }

        /// <summary>The person who answers for what a principal does.</summary>
        public string Person(string principalId)
        {
            if (!_people.TryGetValue(principalId, out var person)) { _people[principalId] = person = principals.Look(tx, principalId)?.PersonId ?? principalId; }

            return person;
        }

        // One per row, the oldest; none that the author or the owner has granted, who may have become that since.
        private List<PolicyException> Usable(List<PolicyException> exceptions, long version, Parties parties) =>
        [
            .. exceptions.Where(exception => (exception.Version is null || exception.Version == version) && Person(exception.GrantedBy) is var by && by != parties.Author && by != parties.Owner)
                .DistinctBy(exception => exception.Requirement),
        ];

        private (InventoryRow? Entry, List<PolicyException> Exceptions) Model(string model)
        {
            if (!_models.TryGetValue(model, out var known)) { _models[model] = known = (InventoryStore.Find(tx, workspace, model), ExceptionStore.Active(tx, workspace, model, nowMs)); }

            return known;
        }

        // What never changes of the version is read now; it wins over what the reports said then.
        private static EvidenceSet Join(VersionIdentity? identity, EvidenceSet reports, InventoryRow? entry)
        {
            var all = identity is null ? reports : reports.With(FlattenReports.Of(identity));
            return entry is null ? all : all.With(entry.Entry.AsEvidence(entry.ChangedMs));
        }
    }
}
