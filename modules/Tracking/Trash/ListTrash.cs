using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;

namespace Slipway.Tracking.Trash;

/// <summary>What lies in the trash of a workspace, the longest deleted first, with the day on which it goes and what keeps it.</summary>
internal sealed class ListTrash(Db db, Purge purge, IOptions<TrackingOptions> options)
{
    private const int DefaultLimit = 100;

    /// <summary><c>kind</c>: run (when it is absent), experiment or loggedModel.</summary>
    public static void Map(RouteGroupBuilder trash) => trash
        .MapGet("", async (string? kind, string? cursor, int? limit, Caller caller, ListTrash handler, CancellationToken ct) =>
            (await handler.Handle(caller, kind ?? "run", cursor, limit ?? DefaultLimit, ct)).ToHttp())
        .WithName(nameof(ListTrash)).Needs(Permissions.RunsRead)
        .Produces<Page<TrashItemView>>().ProducesProblem(400);

    private async Task<Result<Page<TrashItemView>>> Handle(Caller caller, string kind, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        if (kind is not ("run" or "experiment" or "loggedModel")) { return Problem.Invalid("kind", $"'kind' is '{kind}'; it must be run, experiment or loggedModel."); }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        if (Position(cursor) is not { } after) { return Problem.Invalid("cursor", "'cursor' is not one of this list; begin without one."); }

        return await db.Read(tx => kind switch
        {
            "run" => Runs(tx, caller, after, limit),
            "experiment" => Experiments(tx, caller, after, limit),
            _ => Models(tx, caller, after, limit),
        }, ct);
    }

    private Page<TrashItemView> Runs(ReadTx tx, Caller caller, (long, long) after, int limit)
    {
        var rows = TrashStore.Runs(tx, caller.Workspace, null, after, limit + 1, caller.Reach(Permissions.RunsRead));
        var needed = purge.Held(tx, caller, rows.Select(row => row.RunId));
        return Page(rows, limit, row => (row.DeletedMs, row.Key), row => Item("run", row.RunId, row.Name, row.ExperimentId, row.ExperimentName, row.DeletedMs, row.DeletedMs, needed.GetValueOrDefault(row.RunId)));
    }

    private Page<TrashItemView> Models(ReadTx tx, Caller caller, (long, long) after, int limit)
    {
        var rows = TrashStore.Models(tx, caller.Workspace, null, after, limit + 1, caller.Reach(Permissions.RunsRead));
        var needed = purge.Held(tx, caller, rows.Select(row => row.ModelId));
        return Page(rows, limit, row => (row.DeletedMs, row.Key), row => Item(
            "loggedModel", row.ModelId, row.Name, row.ExperimentId, row.ExperimentName, row.DeletedMs, row.DeletedMs, needed.GetValueOrDefault(row.ModelId)));
    }

    private Page<TrashItemView> Experiments(ReadTx tx, Caller caller, (long, long) after, int limit) => Page(
        TrashStore.Experiments(tx, caller.Workspace, null, after, limit + 1, caller.Reach(Permissions.RunsRead)), limit, row => (row.DeletedMs, row.Id), row => Item(
            "experiment", $"{row.Id}", row.Name, row.Id, row.Name, row.DeletedMs, row.Name == DefaultExperiment.Name ? null : row.LastMs, row.LastMs is null ? "a run of it that is not deleted" : null));

    private TrashItemView Item(string kind, string id, string name, long experimentId, string experimentName, long? deletedMs, long? lastMs, string? neededBy) => new(
        kind, id, name, experimentId.ToString(CultureInfo.InvariantCulture), experimentName, deletedMs,
        neededBy is null ? new TrashTime(options.Value.TrashDays).PurgeMs(lastMs) : null, neededBy);

    private static Page<TrashItemView> Page<T>(List<T> rows, int limit, Func<T, (long? DeletedMs, long Key)> position, Func<T, TrashItemView> view)
    {
        var last = rows.Count > limit ? position(rows[limit - 1]) : default;
        return new Page<TrashItemView>([.. rows.Take(limit).Select(view)], rows.Count > limit ? string.Create(CultureInfo.InvariantCulture, $"{last.DeletedMs}.{last.Key}") : null);
    }

    private static (long, long)? Position(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) { return (long.MinValue, 0); }

        return cursor.Split('.') is [var ms, var key] && long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out var deleted) && long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (deleted, number)
            : null;
    }
}
