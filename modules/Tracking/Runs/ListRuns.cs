using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.Runs;

/// <summary>A page of runs for the tables of the UI, with the columns that occur in it.</summary>
internal sealed class ListRuns(SearchRuns search)
{
    private const int DefaultLimit = 100;

    /// <summary>
    /// <c>experiment</c>: an id, or several with commas; absent = every one of the workspace. <c>filter</c>: the grammar of runs/search. <c>sort</c>: orders with commas, such as <c>metrics.loss ASC</c>.
    /// <c>view</c>: active, deleted or all. <c>fields</c>: what of each run is wanted, with commas, such as <c>metrics.loss,params.*</c>; absent = everything. <c>count</c>: true = also say how many
    /// there are.
    /// </summary>
    public static void Map(RouteGroupBuilder runs) => runs
        .MapGet("", async (string? experiment, string? filter, string? sort, string? cursor, int? limit, string? view, string? fields, bool? count, Caller caller, ListRuns handler, CancellationToken ct) =>
            (await handler.Handle(caller, experiment, filter, sort, cursor, limit ?? DefaultLimit, view, fields, count == true, ct)).ToHttp())
        .WithName(nameof(ListRuns)).Needs(Permissions.RunsRead)
        .Produces<RunPage>().ProducesProblem(400);

    private async Task<Result<RunPage>> Handle(
        Caller caller, string? experiment, string? filter, string? sort, string? cursor, int limit, string? view, string? fields, bool count, CancellationToken ct)
    {
        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        var ids = experiment is null ? null : new List<long>();
        foreach (var id in (experiment ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Faults.ExperimentId(id).Fails(out var badId, out var number)) { return badId with { Field = "experiment" }; }

            ids!.Add(number);
        }

        if (Views.Parse(view).Fails(out var fault, out var lifecycle)) { return fault; }

        if (FilterParser.Parse(filter, Fields.Runs).Fails(out fault, out var asked)) { return fault; }

        if (OrderParser.Parse(Sorts(sort), Fields.Runs).Fails(out fault, out var orders)) { return fault with { Field = "sort" }; }

        if (RunProjection.Parse(fields is null ? null : Sorts(fields)).Fails(out fault, out var projection)) { return fault; }

        var wanted = new RunSearch(caller.Workspace, ids, asked, orders, lifecycle, limit) { Projection = projection, Counts = count };
        var page = await search.Handle(caller, wanted, cursor, inputs: false, ct);
        return page.Then(found => new RunPage(
            [.. found.Runs.Select(run => run.ToView())], Columns(found.Runs), found.Next, found.Count is { } counted ? CountRuns.View(counted) : null));
    }

    /// <summary>Splits at commas outside quotes: a key may hold one.</summary>
    internal static List<string> Sorts(string? sort)
    {
        var sorts = new List<string>();
        if (string.IsNullOrWhiteSpace(sort)) { return sorts; }

        var (start, quote) = (0, '\0');
        for (var i = 0; i < sort.Length; i++)
        {
            if (quote != '\0') { quote = sort[i] == quote ? '\0' : quote; }
            else if (sort[i] is '`' or '"') { quote = sort[i]; }
            else if (sort[i] == ',')
            {
                sorts.Add(sort[start..i].Trim());
                start = i + 1;
            }
        }

        sorts.Add(sort[start..].Trim());
        return sorts;
    }

    private static RunColumns Columns(List<RunWithData> runs) => new(
        Sorted(runs.SelectMany(run => run.Params.Select(param => param.Key))),
        Sorted(runs.SelectMany(run => run.Metrics.Select(metric => metric.Key))),
        Sorted(runs.SelectMany(run => run.Tags.Select(tag => tag.Key))));

    private static List<string> Sorted(IEnumerable<string> keys) => [.. keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
