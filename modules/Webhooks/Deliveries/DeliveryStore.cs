using System.Data.Common;
using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Webhooks.Contracts;

namespace Slipway.Webhooks.Deliveries;

internal static class DeliveryStore
{
    public static Delivery? Find(ReadTx tx, string hookId, string id) => tx.QueryOne($"{Columns} WHERE webhook_id = {hookId} AND delivery_id = {id}", Read);

    /// <summary>The newest first, before an id (exclusive).</summary>
    public static List<Delivery> Newest(ReadTx tx, string hookId, WebhookDeliveryState? state, string? before, int limit) => tx.Query(
        $"""
        {Columns} WHERE webhook_id = {hookId} {(state is { } only ? (Sql)$"AND state = {(long)only}" : Sql.Empty)} {(before is null ? Sql.Empty : (Sql)$"AND delivery_id < {before}")}
        ORDER BY delivery_id DESC LIMIT {limit}
        """, Read);

    /// <summary>How many deliveries of each webhook have not ended; one without any has none.</summary>
    public static Dictionary<string, long> Waiting(ReadTx tx, IReadOnlyCollection<string> hookIds) => tx.Query(
        $"""
        SELECT webhook_id, COUNT(*) FROM webhooks_deliveries WHERE webhook_id IN (SELECT value FROM {tx.Dialect.TextList(hookIds)}) AND due_ms IS NOT NULL GROUP BY webhook_id
        """, row => (Id: row.GetString(0), Count: row.GetInt64(1))).ToDictionary(row => row.Id, row => row.Count, StringComparer.Ordinal);

    /// <summary>A fact that is there already for the webhook stays as it is.</summary>
    /// <param name="factId">What it tells of; a test's own id.</param>
    public static void Insert(WriteTx tx, Delivery delivery, string factId) => tx.Execute(
        $"""
        INSERT INTO webhooks_deliveries (delivery_id, webhook_id, fact_id, event, subject, test, body, state, attempts, created_ms, due_ms, ended_ms, error)
        VALUES ({delivery.Id}, {delivery.HookId}, {factId}, {delivery.Event}, {delivery.Subject}, {(delivery.Test ? 1 : 0)}, {delivery.Body}, {(long)delivery.State}, {delivery.Attempts},
            {delivery.CreatedMs}, {delivery.DueMs}, {delivery.EndedMs}, {delivery.Error})
        ON CONFLICT (webhook_id, fact_id) DO NOTHING
        """);

    /// <summary>Whether <see cref="Take"/> would find one.</summary>
    public static bool AnyDue(ReadTx tx, IReadOnlyCollection<string> busy, long nowMs) =>
        tx.Exists($"SELECT 1 FROM webhooks_deliveries d JOIN webhooks_hooks h ON h.webhook_id = d.webhook_id WHERE {MayGo(tx, busy, nowMs)} LIMIT 1");

    /// <summary>
    /// Takes deliveries that are due, the oldest of each webhook that is active: for whoever looks later they are due again at <paramref name="untilMs"/>, so that what a
    /// process took and did not finish is taken up by another.
    /// </summary>
    /// <param name="busy">Webhooks that this process is sending to.</param>
    public static List<Delivery> Take(WriteTx tx, IReadOnlyCollection<string> busy, long nowMs, long untilMs, int limit)
    {
        var ids = tx.Query(
            $"""
            UPDATE webhooks_deliveries SET due_ms = {untilMs}, attempts = attempts + 1
            WHERE delivery_id IN (
                SELECT delivery_id FROM (
                    SELECT d.delivery_id, d.due_ms, ROW_NUMBER() OVER (PARTITION BY d.webhook_id ORDER BY d.due_ms, d.delivery_id) AS place
                    FROM webhooks_deliveries d JOIN webhooks_hooks h ON h.webhook_id = d.webhook_id
                    WHERE {MayGo(tx, busy, nowMs)}
                ) due
                WHERE place = 1 ORDER BY due_ms LIMIT {limit})
            RETURNING delivery_id
            """, row => row.GetString(0));
        return ids.Count == 0 ? [] : tx.Query($"{Columns} WHERE delivery_id IN (SELECT value FROM {tx.Dialect.TextList(ids)})", Read);
    }

    /// <summary>How an attempt went; nothing when the delivery is gone or was put back meanwhile.</summary>
    public static bool Note(WriteTx tx, Delivery after) => tx.Execute(
        $"""
        UPDATE webhooks_deliveries SET state = {(long)after.State}, due_ms = {after.DueMs}, ended_ms = {after.EndedMs}, status = {after.Status}, took_ms = {after.TookMs},
            answer = {after.Answer}, error = {after.Error}
        WHERE delivery_id = {after.Id} AND attempts = {after.Attempts}
        """) > 0;

    /// <summary>To be sent as if for the first time, now.</summary>
    public static void PutBack(WriteTx tx, string id, long nowMs) =>
        tx.Execute($"UPDATE webhooks_deliveries SET state = {(long)WebhookDeliveryState.Waiting}, due_ms = {nowMs}, ended_ms = NULL, attempts = 0 WHERE delivery_id = {id}");

    // Of a delivery d and its webhook h.
    private static Sql MayGo(ReadTx tx, IReadOnlyCollection<string> busy, long nowMs) =>
        (Sql)$"d.due_ms <= {nowMs} AND h.active = 1 AND d.webhook_id NOT IN (SELECT value FROM {tx.Dialect.TextList(busy)})";

    private static Sql Columns => Comparisons.Literal(
        "SELECT delivery_id, webhook_id, event, subject, test, state, attempts, created_ms, due_ms, ended_ms, status, took_ms, answer, error, body FROM webhooks_deliveries");

    private static Delivery Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4) == 1, (WebhookDeliveryState)row.GetInt64(5), row.GetInt64(6), row.GetInt64(7),
        Number(row, 8), Number(row, 9), Number(row, 10), Number(row, 11), row.IsDBNull(12) ? null : row.GetString(12), row.IsDBNull(13) ? null : row.GetString(13), row.GetString(14));

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
