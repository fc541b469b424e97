using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Metrics;

/// <summary>One metric as a chart wants it: by step, at most as many points as it can show.</summary>
internal sealed class GetSeries(Db db, MetricKeys keys)
{
    private const int MaxPoints = 2_000;

    /// <summary><c>points</c>: 4 to 2,000. <c>from</c>, <c>to</c>: range of steps, both inclusive.</summary>
    public static void Map(RouteGroupBuilder runs) => runs
        .MapGet("/{runId}/series", async (string runId, string key, int? points, long? from, long? to, Caller caller, GetSeries handler, CancellationToken ct) =>
            (await handler.Handle(caller, runId, key, points ?? MaxPoints, from ?? long.MinValue, to ?? long.MaxValue, ct)).ToHttp())
        .WithName(nameof(GetSeries)).Needs(Permissions.RunsRead)
        .Produces<SeriesView>().ProducesProblem(400).ProducesProblem(404);

    private async Task<Result<SeriesView>> Handle(Caller caller, string runId, string key, int points, long from, long to, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        if (points is < 4 or > MaxPoints) { return Problem.Invalid("points", $"'points' is {points}; it must lie between 4 and {MaxPoints}."); }

        if (from > to) { return Problem.Invalid("from", $"'from' is {from} and 'to' is {to}; 'from' must not be greater."); }

        return await db.Read<Result<SeriesView>>(tx =>
        {
            if (RunStore.Find(tx, caller, Permissions.RunsRead, runId).Fails(out var missing, out var run)) { return missing; }

            if (keys.Find(tx, key) is not { } keyId || MetricStore.History(tx, run.Key, keyId) is not { Count: > 0 } history)
            {
                return new Problem(404, "not_found", $"Run {runId} has no metric '{key}'.");
            }

            var inRange = InRange(history, from, to);
            var shown = DownSampling.M4(inRange, points);
            return new SeriesView(
                key, [.. shown.Select(point => new SeriesPoint(point.Step, point.TimeMs, RunWithData.NumberOrNull(point.Value)))], inRange.Count, shown.Count < inRange.Count);
        }, ct);
    }

    /// <summary>By step, then time: most series are in this order already.</summary>
    private static List<MetricPoint> InRange(List<MetricPoint> history, long from, long to)
    {
        history.RemoveAll(point => point.Step < from || point.Step > to);
        for (var i = 1; i < history.Count; i++)
        {
            if (history[i].Step < history[i - 1].Step) { return [.. history.OrderBy(point => point.Step)]; }
        }

        return history;
    }
}
