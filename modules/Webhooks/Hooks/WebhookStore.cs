using System.Data.Common;
using Slipway.Kernel;
using Slipway.Kernel.Search;

namespace Slipway.Webhooks.Hooks;

internal static class WebhookStore
{
    public static Webhook? Find(ReadTx tx, string workspace, string id) =>
        tx.QueryOne($"{Columns} WHERE h.workspace = {workspace} AND h.webhook_id = {id}", Read) is { } found ? Complete(tx, [found])[0] : null;

    /// <summary>As <see cref="Find"/>, of whatever workspace, without its events.</summary>
    public static Webhook? Of(ReadTx tx, string id) => tx.QueryOne($"{Columns} WHERE h.webhook_id = {id}", Read);

    /// <summary>The newest first, before an id (exclusive).</summary>
    public static List<Webhook> Newest(ReadTx tx, string workspace, string? before, int limit) => Complete(tx, tx.Query(
        $"""
        {Columns} WHERE h.workspace = {workspace} {(before is null ? Sql.Empty : (Sql)$"AND h.webhook_id < {before}")} ORDER BY h.webhook_id DESC LIMIT {limit}
        """, Read));

    /// <summary>Those that a fact at a position is to be delivered to, without their events.</summary>
    public static List<Webhook> Hearing(ReadTx tx, string workspace, string name, long position) => tx.Query(
        $"""
        {Columns} JOIN webhooks_events e ON e.webhook_id = h.webhook_id
        WHERE e.workspace = {workspace} AND e.event = {name} AND h.active = 1 AND h.from_position < {position} LIMIT {Limits.WebhooksPerWorkspace}
        """, Read);

    /// <summary>Those of the workspaces that have an active webhook.</summary>
    public static HashSet<string> Listening(ReadTx tx, IReadOnlyCollection<string> workspaces) => [.. tx.Query(
        $"SELECT DISTINCT workspace FROM webhooks_hooks WHERE active = 1 AND workspace IN (SELECT value FROM {tx.Dialect.TextList(workspaces)})", row => row.GetString(0))];

    public static long Count(ReadTx tx, string workspace) => tx.QueryOne($"SELECT COUNT(*) FROM webhooks_hooks WHERE workspace = {workspace}", row => row.GetInt64(0));

    public static void Insert(WriteTx tx, Caller caller, Webhook hook)
    {
        tx.Execute(
            $"""
            INSERT INTO webhooks_hooks (webhook_id, workspace, name, description, url, active, secret, from_position, created_ms, updated_ms, created_by, created_by_name)
            VALUES ({hook.Id}, {hook.Workspace}, {hook.Name}, {hook.Description}, {hook.Url}, {(hook.Active ? 1 : 0)}, {hook.Secret}, {hook.FromPosition}, {hook.CreatedMs}, {hook.UpdatedMs},
                {caller.Id}, {caller.Name})
            """);
        Subscribe(tx, hook);
    }

    public static void Update(WriteTx tx, Webhook hook)
    {
        tx.Execute(
            $"""
            UPDATE webhooks_hooks SET name = {hook.Name}, description = {hook.Description}, url = {hook.Url}, active = {(hook.Active ? 1 : 0)}, secret = {hook.Secret}, updated_ms = {hook.UpdatedMs}
            WHERE webhook_id = {hook.Id}
            """);
        tx.Execute($"DELETE FROM webhooks_events WHERE webhook_id = {hook.Id}");
        Subscribe(tx, hook);
    }

    /// <summary>With everything that was delivered or waits.</summary>
    public static void Delete(WriteTx tx, string id)
    {
        tx.Execute($"DELETE FROM webhooks_deliveries WHERE webhook_id = {id}");
        tx.Execute($"DELETE FROM webhooks_events WHERE webhook_id = {id}");
        tx.Execute($"DELETE FROM webhooks_hooks WHERE webhook_id = {id}");
    }

    /// <summary>How an attempt went.</summary>
    /// <param name="error">Null = well.</param>
    public static void Noted(WriteTx tx, string id, long nowMs, string? error) => tx.Execute(error is null
        ? (Sql)$"UPDATE webhooks_hooks SET last_attempt_ms = {nowMs}, last_error = NULL, failing_since_ms = NULL WHERE webhook_id = {id}"
        : (Sql)$"UPDATE webhooks_hooks SET last_attempt_ms = {nowMs}, last_error = {error}, failing_since_ms = COALESCE(failing_since_ms, {nowMs}) WHERE webhook_id = {id}");

    private static void Subscribe(WriteTx tx, Webhook hook) => tx.ExecuteRows(
        hook.Events,
        name => $"({hook.Id}, {name}, {hook.Workspace})",
        rows => $"INSERT INTO webhooks_events (webhook_id, event, workspace) VALUES {rows}");

    private static Sql Columns => Comparisons.Literal(
        "SELECT h.webhook_id, h.workspace, h.name, h.description, h.url, h.active, h.secret, h.from_position, h.created_ms, h.updated_ms, h.created_by_name, h.last_attempt_ms, h.last_error, "
        + "h.failing_since_ms FROM webhooks_hooks h");

    private static List<Webhook> Complete(ReadTx tx, List<Webhook> hooks)
    {
        if (hooks.Count == 0) { return hooks; }

        var events = tx.Query(
            $"SELECT webhook_id, event FROM webhooks_events WHERE webhook_id IN (SELECT value FROM {tx.Dialect.TextList([.. hooks.Select(hook => hook.Id)])}) ORDER BY event",
            row => (Id: row.GetString(0), Name: row.GetString(1))).ToLookup(row => row.Id, row => row.Name);
        return [.. hooks.Select(hook => hook with { Events = [.. events[hook.Id]] })];
    }

    private static Webhook Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4), row.GetInt64(5) == 1,
        row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetString(10))
    {
        LastAttemptMs = row.IsDBNull(11) ? null : row.GetInt64(11),
        LastError = row.IsDBNull(12) ? null : row.GetString(12),
        FailingSinceMs = row.IsDBNull(13) ? null : row.GetInt64(13),
    };
}
