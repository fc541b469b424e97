using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.LoggedModels;

/// <summary>A page of logged models for the tables of the UI.</summary>
internal sealed class ListLoggedModels(SearchLoggedModels search)
{
    private const int DefaultLimit = 100;

    /// <summary>
    /// <c>experiment</c>: an id; absent = every one of the workspace. <c>run</c>: only what this run logged. <c>filter</c>: the grammar of logged-models/search.
    /// <c>sort</c>: orders with commas, such as <c>metrics.accuracy DESC</c>.
    /// </summary>
    public static void Map(RouteGroupBuilder models) => models
        .MapGet("", async (string? experiment, string? run, string? filter, string? sort, string? cursor, int? limit, Caller caller, ListLoggedModels handler, CancellationToken ct) =>
            (await handler.Handle(caller, experiment, run, filter, sort, cursor, limit ?? DefaultLimit, ct)).ToHttp())
        .WithName(nameof(ListLoggedModels)).Needs(Permissions.RunsRead)
        .Produces<Page<LoggedModelView>>().ProducesProblem(400);

    private async Task<Result<Page<LoggedModelView>>> Handle(
        Caller caller, string? experiment, string? run, string? filter, string? sort, string? cursor, int limit, CancellationToken ct)
    {
        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        long[]? ids = null;
        if (experiment is not null)
        {
            if (Faults.ExperimentId(experiment).Fails(out var badId, out var number)) { return badId with { Field = "experiment" }; }

            ids = [number];
        }

        if (FilterParser.Parse(filter, LoggedModelFields.All).Fails(out var fault, out var wanted)) { return fault; }

        if (Orders(sort).Fails(out fault, out var orders)) { return fault with { Field = "sort" }; }

        if (PageToken.Parse(cursor).Fails(out fault, out var from)) { return fault with { Field = "cursor" }; }

        // A token of before pages began after a model.
        if (from.Offset > 0) { return PageToken.Gone with { Field = "cursor" }; }

        var page = await search.Handle(caller, new LoggedModelSearch(ids, wanted, [], orders, limit, run), from.After, ct);
        return page.Then(found => new Page<LoggedModelView>([.. found.Models.Select(model => model.ToView())], found.More ? new PageToken(0, found.Models[^1].Model.ModelId).ToString() : null));
    }

    private static Result<List<LoggedModelOrder>> Orders(string? sort)
    {
        var orders = new List<LoggedModelOrder>();
        foreach (var clause in ListRuns.Sorts(sort))
        {
            var descending = clause.EndsWith(" DESC", StringComparison.OrdinalIgnoreCase);
            var field = descending || clause.EndsWith(" ASC", StringComparison.OrdinalIgnoreCase) ? clause[..clause.LastIndexOf(' ')] : clause;
            if (LoggedModelFields.Order(field.Trim(), !descending, null, null).Fails(out var fault, out var order)) { return fault; }

            orders.Add(order);
        }

        return orders;
    }
}
