using Slipway.Governance.Contracts;
using Slipway.Governance.Evidence;
using Slipway.Governance.Inventory;
using Slipway.Governance.Policies;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Approvals;

/// <summary>How an approval stands at one moment: everything that it is bound to, as it is now. Pure.</summary>
/// <param name="Identity">Null = the version is gone.</param>
/// <param name="Entry">Null = the model has no entry in the inventory.</param>
/// <param name="Bound">The fields as they are now.</param>
internal sealed record Standing(
    Approval Approval, VersionIdentity? Identity, InventoryRow? Entry, StoredPolicy Policy, EvidenceSet Evidence, Judgement Judgement, BoundFields Bound, Parties Parties,
    IReadOnlyDictionary<string, long> ExceptionEnds)
{
    public int SignOffsNeeded => Policy.Definition.SignOffsOf(Evidence.Tier);

    /// <summary>Those on the fields as they were signed, by people who are independent as things stand now; a person counts once.</summary>
    public IReadOnlyList<SignOff> ValidSignOffs => [.. Approval.SignOffs.Where(signOff => signOff.EvidenceDigest == Approval.Bound.Digest && Parties.Fault(signOff.PersonId) is null).DistinctBy(signOff => signOff.PersonId)];

    /// <summary>What has changed since the first sign-off; empty before it.</summary>
    public IReadOnlyList<BoundChange> Changes => Approval.IsSigned ? Approval.Bound.ChangesTo(Bound) : [];

    public bool InForce => Approval.State == ApprovalStage.Granted && Identity is not null && Changes.Count == 0 && Judgement.Allowed && ValidSignOffs.Count >= SignOffsNeeded;

    /// <summary>Open, and no longer what was signed: it ends as soon as somebody looks.</summary>
    public bool IsOvertaken => Approval.IsOpen && (Identity is null || (Approval.IsSigned && (Changes.Count > 0 || !Judgement.Allowed)));

    /// <summary>The fields that ended it: what has changed, or the evidence that has become too old.</summary>
    public IReadOnlyList<string> OvertakenFields =>
        Identity is null ? ["version"] : Changes.Count > 0 ? [.. Changes.Select(change => change.Field)] : [.. Judgement.Against.Select(row => row.Row.Evidence).Distinct(StringComparer.Ordinal)];

    /// <summary>When time alone ends it; null = never.</summary>
    public long? EndsMs => Judgement.Rows.Select(row => row.ExceptionId is { } exception ? ExceptionEnds[exception] : row.StaleMs).Min();

    /// <summary>Why it is not in force, in sentences; empty when it is.</summary>
    public IEnumerable<string> Reasons()
    {
        if (InForce) { yield break; }

        if (Identity is null) { yield return $"Version {Approval.Version} of '{Approval.Model}' is gone."; }

        if (!Approval.IsOpen) { yield return $"The approval of version {Approval.Version} was {ApprovalStore.Name(Approval.State)}: {Approval.EndedReason}"; }

        if (Approval.State == ApprovalStage.Requested) { yield return $"Version {Approval.Version} waits for {(SignOffsNeeded == 1 ? "1 sign-off" : $"{SignOffsNeeded} sign-offs")}; it has {ValidSignOffs.Count}."; }

        if (Approval.IsOpen && Changes.Count > 0) { yield return Tell(Changes); }

        if (Approval.IsOpen)
        {
            foreach (var row in Judgement.Against) { yield return row.Sentence; }
        }
    }

    /// <summary>Why it has ended, for people and for the audit log.</summary>
    public string OvertakenReason => Identity is null ? $"Version {Approval.Version} of '{Approval.Model}' is gone."
        : Changes.Count > 0 ? Tell(Changes)
        : string.Join(" ", Judgement.Against.Select(row => row.Sentence));

    private static string Tell(IReadOnlyList<BoundChange> changes) =>
        $"Since it was signed, {string.Join("; ", changes.Take(5).Select(change => $"{change.Field} {Tell(change)}"))}{(changes.Count > 5 ? $"; and {changes.Count - 5} more fields" : "")}.";

    private static string Tell(BoundChange change) => (change.From, change.To) switch
    {
        (null, { } to) => $"is new ('{Cut(to)}')",
        ({ } from, null) => $"is gone (it was '{Cut(from)}')",
        _ => $"changed from '{Cut(change.From!)}' to '{Cut(change.To!)}'",
    };

    private static string Cut(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
