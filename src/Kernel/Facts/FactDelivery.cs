using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Slipway.Kernel;

/// <summary>Calls the subscribers: each at its own pace from its own cursor, at least once, in order of position.</summary>
public sealed partial class FactDelivery(Db db, IEnumerable<IFactHandler> handlers, TimeProvider clock, ILogger<FactDelivery> log) : BackgroundService
{
    private const int Batch = 200;

    // What is passed over in one look for the facts of a kind.
    private const int Reach = 10_000;
    private const int MaxPauseMs = 60_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly string _me = Ids.New(clock);

    /// <summary>Delivers one batch to one subscriber; true when there may be more.</summary>
    public async Task<bool> Step(IFactHandler handler, CancellationToken ct)
    {
        var (from, to, more, facts) = await Next(handler, ct);
        if (to == from) { return false; }

        if (facts.Count > 0)
        {
            if (!await db.Write(tx => Leases.TryTake(tx, $"facts.deliver.{handler.Subscriber}", _me, 30_000), ct)) { return false; }

            await handler.Handle(facts, ct);
        }

        // Forwards only: another may have gone on meanwhile.
        await db.Write(tx => tx.Execute(
            $"""
            INSERT INTO kernel_fact_cursors (subscriber, position) VALUES ({handler.Subscriber}, {to})
            ON CONFLICT (subscriber) DO UPDATE SET position = EXCLUDED.position WHERE kernel_fact_cursors.position < EXCLUDED.position
            """), ct);
        return more;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(handlers.Select(handler => Serve(handler, stoppingToken)));

    /// <summary>The next facts that the handler hears of, and up to where it will have heard of all.</summary>
    private Task<(long From, long To, bool More, List<StoredFact> Facts)> Next(IFactHandler handler, CancellationToken ct) => db.Read(tx =>
    {
        var from = tx.QueryOne($"SELECT position FROM kernel_fact_cursors WHERE subscriber = {handler.Subscriber}", row => row.GetInt64(0));
        var last = FactLog.Last(tx);
        var to = Math.Min(last, from + Reach);
        var facts = to == from ? [] : FactLog.Between(tx, from, to, handler.Kind, Batch);
        if (facts.Count == Batch) { to = facts[^1].Position; }

        return (from, to, to < last, facts);
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
