using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Kernel.Search;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.Mlflow;

internal sealed class MetricRoutes(LogMetrics log, GetHistory history)
{
    private const int MaxRuns = 100;
    private const int MaxSteps = 2_500;
    private const int MaxBulkPoints = 25_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        Log("log-metric", LogRequest.OneMetric);
        Log("log-parameter", LogRequest.OneParam);
        Log("log-batch", LogRequest.Batch);
        routes.MapMlflow("GET", "/mlflow/metrics/get-history", Permissions.RunsRead, History);
        routes.MapMlflow("GET", "/mlflow/metrics/get-history-bulk-interval", Permissions.RunsRead, Interval);
        routes.MapOne("GET", "/ajax-api/2.0/mlflow/metrics/get-history-bulk", Permissions.RunsRead, Bulk);

        void Log(string verb, Func<ReadOnlySequence<byte>, Result<(string RunId, LogBatch Batch)>> read) =>
            routes.MapMlflow("POST", "/mlflow/runs/" + verb, Permissions.RunsWrite, async (context, caller, ct) =>
            {
                if (MlflowBody.TypeFault(context.Request) is { } typeFault) { return typeFault; }

                var body = await MlflowBody.Read(context.Request, ct);
                var parsed = read(body);
                MlflowBody.Release(context.Request, body);
                return parsed.Fails(out var problem, out var request) ? problem : await MlflowJson.Empty(context, await log.Handle(caller, request.RunId, request.Batch, ct));
            });
    }

    private async Task<Problem?> History(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (runId, key) = (input.RunId(), input.Required("metric_key"));
        var (limit, token) = (input.Integer("max_results") ?? 0, input.Text("page_token"));
        if (input.Problem is { } fault) { return fault; }

        if (limit < 0) { return MlflowFaults.LimitFault(limit, int.MaxValue); }

        if (PageToken.Parse(token).Fails(out problem, out var start)) { return problem; }

        if ((await history.Handle(caller, runId, key, ct)).Fails(out problem, out var points)) { return problem; }

        // Nothing asked = everything: Java and R clients send no page size.
        var from = (int)Math.Min(start.Offset, points.Count);
        var count = limit == 0 ? points.Count - from : (int)Math.Min(limit, points.Count - from);
        return await MlflowJson.Answer(context, async json =>
        {
            await MlflowJson.List(json, "metrics", points.GetRange(from, count), (writer, point) => RunJson.Metric(writer, key, point));
            MlflowJson.NextPage(json, from + count < points.Count ? new PageToken(from + count).ToString() : null);
        });
    }

    private async Task<Problem?> Interval(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (runIds, key) = (input.Texts("run_ids"), input.Required("metric_key"));
        var (from, to, most) = (input.Integer("start_step"), input.Integer("end_step"), input.Integer("max_results") ?? MaxSteps);
        if (input.Problem is { } fault) { return fault; }

        if (IntervalFault(runIds, from, to, most) is { } wrong) { return wrong; }

        var series = new List<(string RunId, List<MetricPoint> Points)>();
        foreach (var runId in runIds)
        {
            if ((await history.Handle(caller, runId, key, ct)).Fails(out problem, out var points)) { return problem; }

            series.Add((runId, points));
        }

        var sampled = StepSampling.Even(series, from ?? 0, to ?? long.MaxValue, (int)most);
        return await MlflowJson.Answer(context, json => MlflowJson.List(json, "metrics", sampled, (writer, point) => RunJson.Metric(writer, key, point.Point, point.RunId)));
    }

    private async Task<Problem?> Bulk(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (runIds, key) = (input.Texts("run_id"), input.Required("metric_key"));
        var most = (int)Math.Clamp(input.Integer("max_results") ?? MaxBulkPoints, 1, MaxBulkPoints);
        if ((input.Problem ?? IntervalFault(runIds, null, null, 1)) is { } fault) { return fault; }

        var all = new List<(string RunId, MetricPoint Point)>();
        foreach (var runId in runIds)
        {
            if ((await history.Handle(caller, runId, key, ct)).Fails(out problem, out var points)) { return problem; }

            all.AddRange(points.Take(most - all.Count).Select(point => (runId, point)));
        }

        return await MlflowJson.Answer(context, json => MlflowJson.List(json, "metrics", all, (writer, point) => RunJson.Metric(writer, key, point.Point, point.RunId)));
    }

    private static Problem? IntervalFault(IReadOnlyList<string> runIds, long? from, long? to, long most) =>
        runIds.Count == 0 ? MlflowFaults.Missing("run_ids")
        : runIds.Count > MaxRuns ? Problem.Invalid("run_ids", $"GetMetricHistoryBulkInterval request must specify at most {MaxRuns} run_ids. Received {runIds.Count} run_ids.")
        : from is null != to is null ? Problem.Invalid("start_step", "If either start step or end step are specified, both must be specified.")
        : from > to ? Problem.Invalid("start_step", $"end_step must be greater than start_step. Found start_step={from} and end_step={to}.")
        : most is < 1 or > MaxSteps ? Problem.Invalid("max_results", $"max_results must be between 1 and {MaxSteps}. Found {most}.")
        : null;
}
