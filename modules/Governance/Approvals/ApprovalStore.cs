using System.Data.Common;
using System.Text.Json;
using Slipway.Governance.Contracts;
using Slipway.Governance.Evidence;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Kernel.Search;

namespace Slipway.Governance.Approvals;

/// <summary>Rows of approvals and their sign-offs.</summary>
internal static class ApprovalStore
{
    private const int MaxOpen = 1_000;

    /// <summary>Null when the workspace has no such approval, or its model is hidden from the caller.</summary>
    public static Approval? Find(ReadTx tx, Caller caller, string id) => Complete(tx, tx.Query(
        $"{Columns} WHERE workspace = {caller.Workspace} AND approval_id = {id}{caller.Open(ObjectRef.Model).And(tx.Dialect, "model")}", Read)).SingleOrDefault();

    /// <summary>The newest granted one of a version, or else the newest; null when there is none.</summary>
    public static Approval? Deciding(ReadTx tx, string workspace, string model, long version) => Complete(tx, tx.Query(
        $"""
        {Columns} WHERE workspace = {workspace} AND model = {model} AND version = {version}
        ORDER BY CASE state WHEN 'granted' THEN 0 WHEN 'requested' THEN 1 ELSE 2 END, approval_id DESC LIMIT 1
        """, Read)).SingleOrDefault();

    /// <summary>Requested or granted ones, oldest first.</summary>
    /// <param name="model">Null = of every model.</param>
    /// <param name="after">Only ids above this one.</param>
    public static List<Approval> Open(ReadTx tx, string workspace, string? model, string after = "", int limit = MaxOpen) => Complete(tx, tx.Query(
        $"""
        {Columns} WHERE workspace = {workspace} AND state IN ('requested', 'granted') AND approval_id > {after}
            {(model is null ? Sql.Empty : (Sql)$"AND model = {model}")} ORDER BY approval_id LIMIT {limit}
        """, Read));

    /// <summary>Open ones that time may have ended, of every workspace.</summary>
    public static List<Approval> Due(ReadTx tx, long nowMs, int limit) => Complete(tx, tx.Query($"{Columns} WHERE state IN ('requested', 'granted') AND due_ms <= {nowMs} ORDER BY due_ms LIMIT {limit}", Read));

    /// <summary>The newest first, before an id (exclusive).</summary>
    /// <param name="state">As <see cref="Name"/> has it; null = any, <paramref name="model"/> alike.</param>
    public static List<Approval> Newest(ReadTx tx, Caller caller, string? state, string? model, string? before, int limit) => Complete(tx, tx.Query(
        $"""
        {Columns} WHERE workspace = {caller.Workspace}{caller.Open(ObjectRef.Model).And(tx.Dialect, "model")}
            {(state is null ? Sql.Empty : (Sql)$"AND state = {state}")} {(model is null ? Sql.Empty : (Sql)$"AND model = {model}")} {(before is null ? Sql.Empty : (Sql)$"AND approval_id < {before}")}
        ORDER BY approval_id DESC LIMIT {limit}
        """, Read));

    /// <summary>The last approval of the model that was granted before this one was asked for; null when there was none.</summary>
    public static Approval? GrantedBefore(ReadTx tx, Approval approval) => Complete(tx, tx.Query(
        $"""
        {Columns} WHERE workspace = {approval.Workspace} AND model = {approval.Model} AND granted_ms IS NOT NULL AND approval_id < {approval.Id} ORDER BY approval_id DESC LIMIT 1
        """, Read)).SingleOrDefault();

    public static void Insert(WriteTx tx, Approval approval) => tx.Execute(
        $"""
        INSERT INTO governance_approvals (approval_id, workspace, model, version, state, reason, requested_by, requested_by_name, requested_ms, evidence, bound, bound_digest)
        VALUES ({approval.Id}, {approval.Workspace}, {approval.Model}, {approval.Version}, {Name(approval.State)}, {approval.Reason}, {approval.RequestedBy}, {approval.RequestedByName},
            {approval.RequestedMs}, {approval.Evidence.ToJson()}, {Json(approval.Bound)}, {approval.Bound.Digest})
        """);

    /// <summary>One more sign-off, on the fields as they are now.</summary>
    public static void Sign(WriteTx tx, Approval approval, SignOff signOff, BoundFields bound, long? dueMs)
    {
        tx.Execute(
            $"""
            INSERT INTO governance_sign_offs (approval_id, person_id, signer_id, signer_name, signed_ms, evidence_digest, reason)
            VALUES ({approval.Id}, {signOff.PersonId}, {signOff.SignerId}, {signOff.SignerName}, {signOff.AtMs}, {signOff.EvidenceDigest}, {signOff.Reason})
            """);
        tx.Execute($"UPDATE governance_approvals SET bound = {Json(bound)}, bound_digest = {bound.Digest}, due_ms = {dueMs} WHERE approval_id = {approval.Id}");
    }

    public static void Grant(WriteTx tx, Approval approval, long nowMs) =>
        tx.Execute($"UPDATE governance_approvals SET state = {Name(ApprovalStage.Granted)}, granted_ms = {nowMs} WHERE approval_id = {approval.Id}");

    public static void SetDue(WriteTx tx, Approval approval, long? dueMs) => tx.Execute($"UPDATE governance_approvals SET due_ms = {dueMs} WHERE approval_id = {approval.Id}");

    public static void End(WriteTx tx, Approval approval, ApprovalStage state, Caller by, string reason) => tx.Execute(
        $"""
        UPDATE governance_approvals SET state = {Name(state)}, ended_ms = {tx.Clock.NowMs()}, ended_by_name = {by.Name}, ended_reason = {reason}, due_ms = NULL
        WHERE approval_id = {approval.Id}
        """);

    /// <summary>As it stands in the database and on the wire.</summary>
    public static string Name(ApprovalStage state) => state.ToString().ToLowerInvariant();

    private static Sql Columns => Comparisons.Literal(
        "SELECT approval_id, workspace, model, version, state, reason, requested_by, requested_by_name, requested_ms, evidence, bound, granted_ms, due_ms, ended_ms, ended_by_name, ended_reason "
        + "FROM governance_approvals");

    private static List<Approval> Complete(ReadTx tx, List<Approval> approvals)
    {
        if (approvals.Count == 0) { return approvals; }

        var signOffs = tx.Query(
            $"""
            SELECT approval_id, person_id, signer_id, signer_name, signed_ms, evidence_digest, reason FROM governance_sign_offs
            WHERE approval_id IN (SELECT value FROM {tx.Dialect.TextList([.. approvals.Select(approval => approval.Id)])}) ORDER BY signed_ms, person_id
            """, row => (Of: row.GetString(0), SignOff: new SignOff(row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5), row.GetString(6))))
            .ToLookup(row => row.Of, row => row.SignOff);
        return [.. approvals.Select(approval => approval with { SignOffs = [.. signOffs[approval.Id]] })];
    }

    private static string Json(BoundFields bound) => JsonSerializer.Serialize(bound.Values, WireJson.Options);

    private static Approval Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), Enum.Parse<ApprovalStage>(row.GetString(4), ignoreCase: true), row.GetString(5),
        row.GetString(6), row.GetString(7), row.GetInt64(8), EvidenceSet.Parse(row.GetString(9)),
        new BoundFields(new SortedDictionary<string, string>(JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(10), WireJson.Options)!, StringComparer.Ordinal)), [],
        row.IsDBNull(11) ? null : row.GetInt64(11), row.IsDBNull(12) ? null : row.GetInt64(12), row.IsDBNull(13) ? null : row.GetInt64(13),
        row.IsDBNull(14) ? null : row.GetString(14), row.IsDBNull(15) ? null : row.GetString(15));
}
