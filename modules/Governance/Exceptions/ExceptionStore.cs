using System.Data.Common;
using Slipway.Governance.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Search;

namespace Slipway.Governance.Exceptions;

/// <summary>A row of <c>governance_exceptions</c>.</summary>
/// <param name="Version">Null = every version of the model.</param>
/// <param name="GrantedBy">Id of the principal; <paramref name="By"/> is its name.</param>
internal sealed record PolicyException(
    string Id, string Workspace, string Model, long? Version, string Requirement, string Reason, long GrantedMs, string GrantedBy, string By, long ExpiresMs, long? EndedMs, string? EndedBy, string? EndedReason)
{
    public bool IsActive(long nowMs) => EndedMs is null && nowMs < ExpiresMs;

    /// <summary>It has reached its end, rather than being taken back.</summary>
    public bool RanOut(long nowMs) => (EndedMs ?? nowMs) >= ExpiresMs;

    // Whoever asks hears that it is over, also before anybody has noted it.
    public ExceptionView ToView(long nowMs) => new(
        Id, Model, Requirement, Reason, IsActive(nowMs), GrantedMs, By, ExpiresMs, Version, EndedMs ?? (IsActive(nowMs) ? null : ExpiresMs), EndedBy, EndedReason ?? (IsActive(nowMs) ? null : Expired));

    public const string Expired = "expired";
}

internal static class ExceptionStore
{
    private const int MaxActive = 1_000;

    /// <summary>Null when the workspace has no such exception, or its model is hidden from the caller.</summary>
    public static PolicyException? Find(ReadTx tx, Caller caller, string id) => tx.QueryOne(
        $"{Columns} WHERE workspace = {caller.Workspace} AND exception_id = {id}{caller.Open(ObjectRef.Model).And(tx.Dialect, "model")}", Read);

    /// <summary>Whatever anybody may see: for the server's own work.</summary>
    public static PolicyException? FindForServer(ReadTx tx, string workspace, string id) => tx.QueryOne($"{Columns} WHERE workspace = {workspace} AND exception_id = {id}", Read);

    /// <summary>Those that hold for a model now, the oldest first: one that is granted later never takes the place of another.</summary>
    public static List<PolicyException> Active(ReadTx tx, string workspace, string model, long nowMs) => tx.Query(
        $"{Columns} WHERE workspace = {workspace} AND model = {model} AND ended_ms IS NULL AND expires_ms > {nowMs} ORDER BY exception_id LIMIT {MaxActive}", Read);

    /// <summary>The newest first, before an id (exclusive).</summary>
    public static List<PolicyException> Newest(ReadTx tx, Caller caller, string? model, bool activeOnly, string? before, long nowMs, int limit) => tx.Query(
        $"""
        {Columns} WHERE workspace = {caller.Workspace}{caller.Open(ObjectRef.Model).And(tx.Dialect, "model")} {(model is null ? Sql.Empty : (Sql)$"AND model = {model}")} {(before is null ? Sql.Empty : (Sql)$"AND exception_id < {before}")}
            {(activeOnly ? (Sql)$"AND ended_ms IS NULL AND expires_ms > {nowMs}" : Sql.Empty)}
        ORDER BY exception_id DESC LIMIT {limit}
        """, Read);

    /// <summary>Past their end and not noted as such, of every workspace.</summary>
    public static List<PolicyException> PastEnd(ReadTx tx, long nowMs, int limit) =>
        tx.Query($"{Columns} WHERE ended_ms IS NULL AND expires_ms <= {nowMs} ORDER BY expires_ms LIMIT {limit}", Read);

    public static void Insert(WriteTx tx, PolicyException exception) => tx.Execute(
        $"""
        INSERT INTO governance_exceptions (exception_id, workspace, model, version, requirement, reason, granted_ms, granted_by, granted_by_name, expires_ms)
        VALUES ({exception.Id}, {exception.Workspace}, {exception.Model}, {exception.Version}, {exception.Requirement}, {exception.Reason}, {exception.GrantedMs}, {exception.GrantedBy}, {exception.By}, {exception.ExpiresMs})
        """);

    public static void End(WriteTx tx, PolicyException exception, long endedMs, string by, string reason) =>
        tx.Execute($"UPDATE governance_exceptions SET ended_ms = {endedMs}, ended_by_name = {by}, ended_reason = {reason} WHERE exception_id = {exception.Id}");

    private static Sql Columns => Comparisons.Literal(
        "SELECT exception_id, workspace, model, version, requirement, reason, granted_ms, granted_by, granted_by_name, expires_ms, ended_ms, ended_by_name, ended_reason FROM governance_exceptions");

    private static PolicyException Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetInt64(6), row.GetString(7), row.GetString(8),
        row.GetInt64(9), row.IsDBNull(10) ? null : row.GetInt64(10), row.IsDBNull(11) ? null : row.GetString(11), row.IsDBNull(12) ? null : row.GetString(12));
}
