using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Definitions;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Labels;

/// <summary>Takes what happened after predictions, joined with them by their ids. Outcomes of predictions that the log does not have are not kept, and the answer says which.</summary>
internal sealed class ReportLabels(Db db, IEndpoints endpoints, IPredictionLog log, References.References references, LiveHub live)
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

        if (await db.Read(tx => endpoints.Find(tx, caller, endpoint), ct) is not { } served) { return Problem.NotFound("endpoint", endpoint); }

        // The last word on a prediction counts.
        var lastAt = entries.Index().GroupBy(entry => entry.Item.PredictionId, StringComparer.Ordinal).Select(same => same.Last().Index).Order().ToList();
        var last = lastAt.ConvertAll(at => entries[at]);
        var found = new Prediction?[last.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, last.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (at, stop) => found[at] = await log.Find(caller.Workspace, endpoint, last[at].PredictionId, stop));

        try
        {
            if (await Faults(caller.Workspace, served.Model, lastAt, last, found, ct) is { Count: > 0 } faults) { return Problem.Invalid(faults); }
        }
        catch (InvalidOperationException error) { return new Problem(503, "reference_unavailable", error.Message) { RetryAfterSeconds = 2 }; }

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
                tx.AfterCommit(() => live.Send(new LiveChange("monitor", caller.Workspace, endpoint, served.Model)));
            }

            return new LabelsView(entries.Count, joined.Count, unknown.Count, [.. unknown.Take(ShownIds)]);
        }, ct);
    }

    /// <summary>Outcomes that are neither of the two values that the version's label has; empty where the records do not say both.</summary>
    private async Task<List<Fault>> Faults(string workspace, string model, List<int> places, List<LabelEntry> entries, Prediction?[] found, CancellationToken ct)
    {
        var known = new Dictionary<long, (string Positive, string Negative)?>();
        foreach (var version in found.OfType<Prediction>().Select(prediction => prediction.Version).Distinct()) { known[version] = LabelValue.Both(await references.Of(workspace, model, version, ct)); }

        var faults = new List<Fault>();
        for (var at = 0; at < entries.Count && faults.Count < LabelBody.MostFaults; at++)
        {
            if (found[at] is not { } prediction || known[prediction.Version] is not (var positive, var negative)) { continue; }

            var label = LabelValue.TextOf(entries[at].Label)!;
            if (!LabelValue.Same(label, positive) && !LabelValue.Same(label, negative))
            {
                faults.Add(new Fault($"[{places[at]}].label", $"The label of entry {places[at]} is '{label}'; version {prediction.Version} was trained on '{positive}' and '{negative}'."));
            }
        }

        return faults;
    }

    private static JoinedLabel Join(LabelEntry entry, Prediction prediction, long nowMs) => new(
        entry.PredictionId, prediction.Version, prediction.AtMs, entry.ObservedMs ?? nowMs, nowMs, LabelValue.TextOf(entry.Label)!, entry.Groups ?? new Dictionary<string, string>(),
        prediction.Score, prediction.Decision);
}
