using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Slipway.Kernel;

/// <summary>Calls the subscribers: each at its own pace from its own cursor, at least once, in order of position.</summary>
public sealed partial class FactDelivery(Db db, IEnumerable<IFactHandler> handlers, TimeProvider clock, ILogger<FactDelivery> log) : BackgroundService
{
    private const int Batch = 200;
    private const int MaxPauseMs = 60_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly string _me = Ids.New(clock);

    /// <summary>Delivers one batch to one subscriber; true when there may be more.</summary>
    public async Task<bool> Step(IFactHandler handler, CancellationToken ct)
    {
        if (await Next(handler, ct) is not { Count: > 0 } facts) { return false; }

        if (!await db.Write(tx => Leases.TryTake(tx, $"facts.deliver.{handler.Subscriber}", _me, 30_000), ct)) { return false; }

        foreach (var fact in facts)
        {
            if (handler.Kind == IFactHandler.Every || fact.Kind == handler.Kind) { await handler.Handle(fact, ct); }
        }

        await db.Write(tx => tx.Execute(
            $"""
            INSERT INTO kernel_fact_cursors (subscriber, position) VALUES ({handler.Subscriber}, {facts[^1].Position})
            ON CONFLICT (subscriber) DO UPDATE SET position = EXCLUDED.position
            """), ct);
        return facts.Count == Batch;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(handlers.Select(handler => Serve(handler, stoppingToken)));

    private Task<List<StoredFact>> Next(IFactHandler handler, CancellationToken ct) => db.Read(tx =>
    {
        var position = tx.QueryOne($"SELECT position FROM kernel_fact_cursors WHERE subscriber = {handler.Subscriber}", row => row.GetInt64(0));
        return FactLog.After(tx, position, Batch);
    }, ct);

    private async Task Serve(IFactHandler handler, CancellationToken ct)
    {
        var pauseMs = 500;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (!await Step(handler, ct)) { await Task.Delay(Pause, clock, ct); }

                pauseMs = 500;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { return; }
#pragma warning disable CA1031 // the subscriber is called again with the same fact
            catch (Exception error)
#pragma warning restore CA1031
            {
                Failed(handler.Subscriber, pauseMs, error);
                await Task.Delay(pauseMs, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pauseMs = Math.Min(MaxPauseMs, pauseMs * 2);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Subscriber {Subscriber} failed on a fact; it gets it again in {PauseMs} ms")]
    private partial void Failed(string subscriber, int pauseMs, Exception error);
}
