using Slipway.Kernel;
using Slipway.Tracking.LoggedModels;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Metrics;

/// <summary>What one request logs to one run.</summary>
/// <param name="Metrics">Points by key; each key once.</param>
internal sealed record LogBatch(
    IReadOnlyList<(string Key, List<MetricPoint> Points)> Metrics,
    IReadOnlyList<KeyValuePair<string, string>> Params,
    IReadOnlyList<KeyValuePair<string, string>> Tags)
{
    /// <summary>Parameters and tags came as lists, so that a fault names the place; false = one parameter came alone.</summary>
    public bool Listed { get; init; } = true;

    /// <summary>Those of the points that were measured of a logged model; each is among <see cref="Metrics"/>, too.</summary>
    public IReadOnlyList<MeasuredPoint> Measured { get; init; } = [];
}

/// <summary>
/// Logs metrics, parameters and tags to an active run: all of them or none. Parameters are written once: the same value again changes nothing, another is refused.
/// However many points there are, they are one row; the latest value per key is one row per key.
/// </summary>
internal sealed class LogMetrics(Db db, MetricKeys keys, Numbers numbers, MetricFold fold, MetricAnnouncer announcer, LiveHub live)
{
    public async Task<Result<Done>> Handle(Caller caller, string runId, LogBatch batch, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        foreach (var (key, points) in batch.Metrics)
        {
            if (MetricRules.Fault(key, points) is { } fault) { return fault; }
        }

        if (MeasuredPoint.Fault(batch.Measured) is { } wrong) { return wrong; }

        if (RunTags.CheckParams(batch.Params, batch.Listed).Fails(out var invalid, out var parameters)) { return invalid; }

        if (RunTags.Check(batch.Tags, batch.Listed).Fails(out invalid, out var tags)) { return invalid; }

        batch = batch with { Params = parameters, Tags = tags };
        var logged = await Encode(batch, ct);
        if (batch.Tags.Any(RunTags.IsName)) { return await db.Write(tx => Store(tx, RunStore.Find(tx, caller, Permissions.RunsWrite, runId), caller, batch, logged), ct); }

        // Parameters look before they write; points and tags do not.
        Result<Done> Work(WriteTx tx) => Store(tx, RunStore.FindAndHold(tx, caller, Permissions.RunsWrite, runId), caller, batch, logged);
        return batch.Params.Count > 0 ? await db.Write(runId, Work, ct) : await db.Append(runId, Work, ct);
    }

    private Result<Done> Store(WriteTx tx, Result<Run> found, Caller caller, LogBatch batch, Logged? logged)
    {
        if (found.Fails(out var missing, out var run)) { return missing; }

        var runId = run.RunId;
        if (run.Deleted) { return Faults.NotActive("run", runId); }

        if (AddParams(tx, run, batch) is { } conflict) { return conflict; }

        if (logged is not null)
        {
            MetricStore.AddTail(tx, run.Key, logged.TailId, logged.Tail);
            MetricStore.RaiseLatest(tx, run.Key, run.ExperimentId, logged.Latest);
            if (logged.Measured.Count > 0 && ModelMetricStore.Raise(tx, caller, runId, logged.Measured) is { } unknown) { return unknown; }

            tx.AfterCommit(() =>
            {
                fold.Note(run.Key, logged.Points);
                announcer.Note(new LiveChange("metric", caller.Workspace, runId, run.ExperimentIdText));
            });
        }

        if (batch.Tags.Count > 0) { AddTags(tx, run, batch.Tags); }

        if (batch.Params.Count + batch.Tags.Count > 0)
        {
            tx.AfterCommit(() => live.Send(new LiveChange("run", caller.Workspace, runId, run.ExperimentIdText)));
        }

        return Done.Value;
    }

    private static Problem? AddParams(WriteTx tx, Run run, LogBatch batch)
    {
        var parameters = batch.Params;
        if (parameters.Count == 0 || RunStore.AddParams(tx, run, parameters) == parameters.Count) { return null; }

        var stored = RunStore.Params(tx, run.Key, [.. parameters.Select(param => param.Key)]);
        var changed = parameters.Where(param => stored[param.Key] != param.Value).ToList();
        if (changed.Count == 0) { return null; }

        var list = string.Join(", ", changed.Select(param => $"{{'key': '{param.Key}', 'old_value': '{stored[param.Key]}', 'new_value': '{param.Value}'}}"));
        return Problem.Invalid("params", "Changing param values is not allowed. " + (batch.Listed
            ? $"Params were already logged='[{list}]' for run ID='{run.RunId}'."
            : $"Param with key='{changed[0].Key}' was already logged with value='{stored[changed[0].Key]}' for run ID='{run.RunId}'. Attempted logging new value '{changed[0].Value}'."));
    }

    private static void AddTags(WriteTx tx, Run run, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        RunStore.SetTags(tx, run, tags);
        if (tags.LastOrDefault(RunTags.IsName).Value is { } name) { RunStore.Rename(tx, run.Key, name); }
    }

    /// <summary>All that needs no transaction: surrogates, the tail's bytes, the latest point of each key.</summary>
    private async Task<Logged?> Encode(LogBatch batch, CancellationToken ct)
    {
        var metrics = batch.Metrics;
        if (metrics.Count == 0) { return null; }

        var ids = await keys.Resolve([.. metrics.Select(metric => metric.Key)], ct);
        var series = new MetricSeries[metrics.Count];
        var latest = new (long KeyId, MetricPoint Point)[metrics.Count];
        var count = 0;
        for (var i = 0; i < series.Length; i++)
        {
            var points = metrics[i].Points;
            MetricPoint.Normalise(points);
            series[i] = new MetricSeries(ids[i], points);
            latest[i] = (ids[i], Latest(points));
            count += points.Count;
        }

        // One order of rows for everybody, so that PostgreSQL's locks cannot cross.
        Array.Sort(latest, (left, right) => left.KeyId.CompareTo(right.KeyId));
        var measured = batch.Measured.Count == 0 ? [] : MeasuredPoint.Latest(batch.Measured, metrics.Select(metric => metric.Key).Zip(ids).ToDictionary(key => key.First, key => key.Second, StringComparer.Ordinal));
        return new Logged(await numbers.Next("metric_tail", ct), TailCodec.Encode(series), latest, count) { Measured = measured };
    }

    private static MetricPoint Latest(List<MetricPoint> points)
    {
        var latest = points[0];
        foreach (var point in points)
        {
            if (point.IsLaterThan(latest)) { latest = point; }
        }

        return latest;
    }

    private sealed record Logged(long TailId, byte[] Tail, (long KeyId, MetricPoint Point)[] Latest, int Points)
    {
        public IReadOnlyList<(long KeyId, MeasuredPoint Point)> Measured { get; init; } = [];
    }
}
