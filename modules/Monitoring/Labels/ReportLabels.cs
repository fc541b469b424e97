using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Definitions;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Labels;

/// <summary>Takes what happened after predictions, joined with them by their ids. Outcomes of predictions that the log does not have are not kept, and the answer says which.</summary>
internal sealed class ReportLabels(Db db, IEndpoints endpoints, IPredictionLog log, LiveHub live)
{
    private const int ShownIds = 20;
    private const int AtOnce = 16;

    public static void Map(RouteGroupBuilder monitors) => monitors
        .MapPost("/{endpoint}/labels", async (string endpoint, HttpContext http, Caller caller, ReportLabels handler, CancellationToken ct) =>
            (await handler.Handle(caller, endpoint, http.Request.Body, ct)).ToHttp())
        .WithName(nameof(ReportLabels)).Needs(Permissions.LabelsWrite).Accepts<IReadOnlyList<LabelEntry>>("application/json", "application/x-ndjson")
        .WithSummary("Reports what happened after predictions: a JSON array, or one JSON object per line.")
        .Produces<LabelsView>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<LabelsView>> Handle(Caller caller, string endpoint, Stream body, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.LabelsWrite) is { } denied) { return denied; }

        if ((await LabelBody.Read(body, ct)).Fails(out var faulty, out var entries)) { return faulty; }

        if (await db.Read(tx => endpoints.Find(tx, caller.Workspace, endpoint), ct) is null) { return Problem.NotFound("endpoint", endpoint); }

        // The last word on a prediction counts.
        var last = entries.GroupBy(entry => entry.PredictionId, StringComparer.Ordinal).Select(same => same.Last()).ToList();
        var found = new Prediction?[last.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, last.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (at, stop) => found[at] = await log.Find(caller.Workspace, endpoint, last[at].PredictionId, stop));

        var unknown = last.Where((_, at) => found[at] is null).Select(entry => entry.PredictionId).ToList();
        return await db.Write<Result<LabelsView>>(tx =>
        {
            var now = tx.Clock.NowMs();
            var joined = last.Zip(found).Where(pair => pair.Second is not null).Select(pair => Join(pair.First, pair.Second!, now)).ToList();
            LabelStore.Put(tx, caller.Workspace, endpoint, joined);
            var hours = DefinitionStore.InForce(tx, caller.Workspace, endpoint).Settings.PerformanceWindowHours;
            foreach (var (version, span) in joined.Select(label => (label.Version, LabelSpan.Of(label.PredictedMs, hours))).Distinct())
            {
                PerformanceStore.Touch(tx, caller.Workspace, endpoint, version, span.FromMs, span.ToMs);
            }

            if (joined.Count > 0)
            {
                tx.Audit(caller, Actions.LabelsReport, $"monitor/{endpoint}", after: joined);
                tx.AfterCommit(() => live.Send(new LiveChange("monitor", caller.Workspace, endpoint)));
            }

            return new LabelsView(entries.Count, joined.Count, unknown.Count, [.. unknown.Take(ShownIds)]);
        }, ct);
    }

    private static JoinedLabel Join(LabelEntry entry, Prediction prediction, long nowMs) => new(
        entry.PredictionId, prediction.Version, prediction.AtMs, entry.ObservedMs ?? nowMs, nowMs, LabelBody.TextOf(entry.Label)!, entry.Groups ?? new Dictionary<string, string>(),
        prediction.Score, prediction.Decision);
}
