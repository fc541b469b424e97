using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>Writing entries. They are stored with the change that they report or not at all; within a second the sequencer places and signs them.</summary>
public static class AuditLog
{
    /// <summary>The workspace of entries that concern the whole server.</summary>
    public const string Server = "";

    /// <summary>Records <paramref name="action"/> if and when this transaction commits, in the caller's workspace unless the action is server-wide.</summary>
    /// <param name="subject">Kind and id, such as <c>person/0192…</c>: ids, not names.</param>
    /// <param name="before">The object before, any type that serialises as JSON: only its digest is kept. Null = it was not there.</param>
    /// <param name="after">As <paramref name="before"/>, after the change. Null = it is gone.</param>
    /// <param name="policy">What allowed it: <see cref="GateAnswer.Policy"/> of the gate that was asked.</param>
    /// <returns>The entry's id, for an answer that leads to its evidence.</returns>
    public static string Audit(
        this WriteTx tx, Caller caller, AuditAction action, string subject, object? before = null, object? after = null, string? reason = null, string? policy = null) =>
        Write(tx, caller, action.ServerWide ? Server : caller.Workspace, action.Name, subject, before, after, reason, policy);

    /// <summary>As above, for an action of the caller's workspace given by its name.</summary>
    public static string Audit(
        this WriteTx tx, Caller caller, string action, string subject, object? before = null, object? after = null, string? reason = null, string? policy = null) =>
        Write(tx, caller, caller.Workspace, action, subject, before, after, reason, policy);

    private static string Write(
        WriteTx tx, Caller caller, string workspace, string action, string subject, object? before, object? after, string? reason, string? policy)
    {
        var entry = new AuditEntry(
            Ids.New(tx.Clock), tx.Clock.NowMs(), caller.Id, caller.ActingAs, caller.CredentialId, workspace, action, subject,
            AuditDigest.Of(before), AuditDigest.Of(after), reason, policy, caller.RequestId, caller.Address);
        var bytes = entry.ToBytes();
        tx.Send(
            $"""
            INSERT INTO kernel_audit_entries (entry_id, workspace, actor, action, subject, at_ms, entry, leaf)
            VALUES ({entry.Id}, {workspace}, {entry.Actor}, {action}, {subject}, {entry.AtMs}, {bytes}, {MerkleHash.Leaf(bytes)})
            """);
        return entry.Id;
    }
}
