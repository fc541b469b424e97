using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.Runs;

/// <summary>How many runs of an experiment meet a filter, without reading them; an experiment that is not there has none.</summary>
internal static class CountRuns
{
    /// <summary><c>filter</c>: the grammar of runs/search. <c>view</c>: active, deleted or all.</summary>
    public static void Map(RouteGroupBuilder experiments) => experiments
        .MapGet("/{experimentId}/count", async (string experimentId, string? filter, string? view, Caller caller, SearchRuns handler, CancellationToken ct) =>
            Faults.ExperimentId(experimentId).Fails(out var fault, out var id) || Views.Parse(view).Fails(out fault, out var lifecycle)
                || FilterParser.Parse(filter, Fields.Runs).Fails(out fault, out var asked)
                ? fault.ToHttp()
                : (await handler.Count(caller, new RunSearch(caller.Workspace, [id], asked, [], lifecycle, 1), ct)).Then(View).ToHttp())
        .WithName(nameof(CountRuns)).Needs(Permissions.RunsRead)
        .Produces<RunCount>().ProducesProblem(400);

    public static RunCount View(long counted) => new(counted, counted == SearchRuns.MaxCount);
}
