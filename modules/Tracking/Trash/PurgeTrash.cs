using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Trash;

/// <summary>Purges what somebody names, or the whole trash of a workspace, or says what would go. What a registered version needs stays.</summary>
internal sealed class PurgeTrash(Db db, IGate gate, Purge purge, LiveHub live)
{
    /// <summary>Ids of one request, and runs that one call purges.</summary>
    public const int Most = 1_000;
    private const int ReasonChars = 1_000;

    public static void Map(RouteGroupBuilder trash) => trash
        .MapPost("/purge", async (PurgeRequest body, Caller caller, PurgeTrash handler, CancellationToken ct) => (await handler.Handle(caller, body, ct)).ToHttp())
        .WithName(nameof(PurgeTrash)).Needs(Permissions.TrashPurge)
        .Produces<PurgeReport>().ProducesProblem(400).ProducesProblem(403);

    public async Task<Result<PurgeReport>> Handle(Caller caller, PurgeRequest asked, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.TrashPurge) is { } denied) { return denied; }

        if (Fault(asked) is { } fault) { return fault; }

        var experiments = new List<long>();
        foreach (var id in asked.Experiments ?? [])
        {
            if (Faults.ExperimentId(id).Fails(out var wrong, out var number)) { return wrong with { Field = "experiments" }; }

            experiments.Add(number);
        }

        if (asked.All)
        {
            experiments.AddRange(await db.Read(tx => TrashStore.Experiments(tx, caller.Workspace, null, default, Most), ct) is var all ? all.Select(one => one.Id).Except(experiments) : []);
        }

        var work = new PurgeWork(caller, db, gate, purge, asked.DryRun, asked.Reason);
        await work.Runs([.. (asked.Runs ?? []).Distinct(StringComparer.Ordinal)], ct);
        await work.Models([.. (asked.LoggedModels ?? []).Distinct(StringComparer.Ordinal)], ct);
        foreach (var id in experiments) { await work.Experiment(id, ct); }

        if (asked.All) { await work.Rest(ct); }

        if (!asked.DryRun) { live.Send(new LiveChange("trash", caller.Workspace, "trash")); }

        return work.Report();
    }

    private static Problem? Fault(PurgeRequest asked)
    {
        foreach (var (field, ids) in new[] { ("runs", asked.Runs), ("experiments", asked.Experiments), ("loggedModels", asked.LoggedModels) })
        {
            if (ids?.Count > Most) { return Problem.Invalid(field, $"'{field}' has {ids.Count} ids; at most {Most} are purged at once."); }
        }

        return asked.Reason is { Length: > ReasonChars } ? Problem.Invalid("reason", $"'reason' has {asked.Reason.Length} characters; at most {ReasonChars} are kept.")
            : !asked.All && asked is { Runs: null or { Count: 0 }, Experiments: null or { Count: 0 }, LoggedModels: null or { Count: 0 } }
                ? Problem.Invalid("runs", "Nothing is named: give 'runs', 'experiments', 'loggedModels', or 'all'.")
            : null;
    }
}
