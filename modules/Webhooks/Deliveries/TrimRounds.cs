using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slipway.Kernel;
using Slipway.Webhooks.Contracts;

namespace Slipway.Webhooks.Deliveries;

/// <summary>Keeps the log within its days and its number: old deliveries are deleted, those that waited too long are given up.</summary>
internal sealed partial class TrimRounds(Db db, IOptions<WebhooksOptions> options, TimeProvider clock, ILogger<TrimRounds> log) : RoundsService
{
    private const int Batch = 500;
    private const long DayMs = 86_400_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>One batch; true when there may be more.</summary>
    public async Task<bool> Step(CancellationToken ct)
    {
        var before = clock.NowMs() - (options.Value.KeepDays * DayMs);
        var old = await db.Read(tx => Old(tx, before), ct);
        var waited = await db.Read(tx => tx.Query($"SELECT delivery_id FROM webhooks_deliveries WHERE due_ms IS NOT NULL AND created_ms < {before} LIMIT {Batch}", row => row.GetString(0)), ct);
        if (old.Count + waited.Count == 0) { return false; }

        await db.Write(tx =>
        {
            var (now, error) = (tx.Clock.NowMs(), $"Not delivered within {options.Value.KeepDays} days.");
            tx.Execute($"DELETE FROM webhooks_deliveries WHERE delivery_id IN (SELECT value FROM {tx.Dialect.TextList(old)}) AND ended_ms IS NOT NULL");
            tx.Execute(
                $"""
                UPDATE webhooks_deliveries SET state = {(long)WebhookDeliveryState.Failed}, due_ms = NULL, ended_ms = {now}, error = {error}
                WHERE delivery_id IN (SELECT value FROM {tx.Dialect.TextList(waited)}) AND due_ms IS NOT NULL
                """);
        }, ct);
        return old.Count == Batch || waited.Count == Batch;
    }

    protected override async Task Round(CancellationToken ct)
    {
        if (!await Step(ct)) { await Task.Delay(Pause, clock, ct); }
    }

    private static List<string> Old(ReadTx tx, long before) => tx.Query(
        $"""
        SELECT delivery_id FROM (
            SELECT delivery_id, ended_ms, ROW_NUMBER() OVER (PARTITION BY webhook_id ORDER BY delivery_id DESC) AS place FROM webhooks_deliveries WHERE ended_ms IS NOT NULL
        ) ended WHERE ended_ms < {before} OR place > {Limits.WebhookDeliveries} LIMIT {Batch}
        """, row => row.GetString(0));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log of webhooks could not be trimmed; trying again in a second")]
    protected override partial void Failed(Exception error);
}
