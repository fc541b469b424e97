using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Imports;

/// <summary>Adds points to imported runs, deleted ones too. The same point again is the same point.</summary>
internal sealed class ImportPoints(Db db, MetricKeys keys, Numbers numbers, MetricFold fold)
{
    public static void Map(RouteGroupBuilder imports) => imports
        .MapPost("/{importId}/points", async (string importId, ImportPointsRequest body, Caller caller, ImportPoints handler, CancellationToken ct) =>
            (await handler.Handle(caller, importId, body.Series, ct)).ToHttp())
        .WithName(nameof(ImportPoints)).Needs(Permissions.Import)
        .Produces<ImportedPointsView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private async Task<Result<ImportedPointsView>> Handle(Caller caller, string importId, IReadOnlyList<ImportedSeries> series, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Import) is { } denied) { return denied; }

        if (Fault(series) is { } fault) { return fault; }

        var skipped = new List<ImportSkip>();
        var good = series.Where(one => Keep(one, skipped)).ToList();
        var ids = await keys.Resolve([.. good.Select(one => one.Key).Distinct(StringComparer.Ordinal)], ct);
        var idOf = good.Select(one => one.Key).Distinct(StringComparer.Ordinal).Zip(ids).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        var tails = new List<Tail>();
        foreach (var run in good.GroupBy(one => one.RunId, StringComparer.Ordinal)) { tails.Add(Encode(run.Key, run, idOf, await numbers.Next("metric_tail", ct))); }

        return await db.Append<Result<ImportedPointsView>>(tx =>
        {
            if (ImportStore.Open(tx, caller.Workspace, importId).Fails(out var problem, out _)) { return problem; }

            var runs = ImportedRuns.FindAndHold(tx, [.. tails.Select(tail => tail.RunId)]);
            foreach (var tail in tails)
            {
                if (!runs.TryGetValue(tail.RunId, out var found) || found.Workspace != caller.Workspace) { return Faults.NoRun(tail.RunId); }

                MetricStore.AddTail(tx, found.Run.Key, tail.TailId, tail.Bytes);
                MetricStore.RaiseLatest(tx, found.Run.Key, found.Run.ExperimentId, tail.Latest);
                tx.AfterCommit(() => fold.Note(found.Run.Key, tail.Points));
            }

            return new ImportedPointsView(tails.Sum(tail => (long)tail.Points), skipped);
        }, ct);
    }

    private static Problem? Fault(IReadOnlyList<ImportedSeries> series)
    {
        var points = series.Sum(one => (long)one.Steps.Count);
        return points > Limits.ImportPoints ? Problem.Invalid("series", $"{points} points were sent; at most {Limits.ImportPoints} go together.")
            : series.Select(one => one.RunId).Distinct(StringComparer.Ordinal).Count() > Limits.ImportRuns ? Problem.Invalid("series", $"Points of more than {Limits.ImportRuns} runs were sent together.")
            : series.FirstOrDefault(one => one.Steps.Count != one.TimesMs.Count || one.Steps.Count != one.Values.Count) is { } ragged
                ? Problem.Invalid("series", $"'{ragged.Key}' of run {ragged.RunId} has {ragged.Steps.Count} steps, {ragged.TimesMs.Count} times and {ragged.Values.Count} values; their numbers must agree.")
            : null;
    }

    /// <summary>Keys and times are checked here, so that one odd series does not stop the rest.</summary>
    private static bool Keep(ImportedSeries series, List<ImportSkip> skipped)
    {
        var reason = series.Key.Length is 0 or > KeyRules.KeyChars ? $"Its key has {series.Key.Length} characters; 1 to {KeyRules.KeyChars} are taken."
            : KeyRules.Fault(series.Key, "key") ?? (series.TimesMs.Any(time => time < 0) ? "A point has a time before 1970." : null);
        if (reason is not null) { skipped.Add(new ImportSkip("metric", $"{series.RunId}/{KeyRules.Cut(series.Key, 100)}", reason)); }

        return reason is null && series.Steps.Count > 0;
    }

    private static Tail Encode(string runId, IEnumerable<ImportedSeries> series, Dictionary<string, long> idOf, long tailId)
    {
        // A key may come in several pieces.
        var byKey = series.GroupBy(one => idOf[one.Key]).OrderBy(same => same.Key).Select(same =>
        {
            var points = same.SelectMany(Points).ToList();
            MetricPoint.Normalise(points);
            return new MetricSeries(same.Key, points);
        }).ToList();
        return new Tail(
            runId, tailId, TailCodec.Encode(byKey), [.. byKey.Select(one => (one.KeyId, one.Points.Aggregate((latest, point) => point.IsLaterThan(latest) ? point : latest)))], byKey.Sum(one => one.Points.Count));
    }

    private static IEnumerable<MetricPoint> Points(ImportedSeries series) => Enumerable.Range(0, series.Steps.Count)
        .Select(i => new MetricPoint(series.TimesMs[i], series.Steps[i], MetricPoint.Clamp(series.Values[i] ?? double.NaN)));

    private sealed record Tail(string RunId, long TailId, byte[] Bytes, (long KeyId, MetricPoint Point)[] Latest, int Points);
}
