using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Imports;

/// <summary>Notes what is complete: runs as they are, and in the end the whole import with its report.</summary>
internal sealed class FinishImport(Db db, LiveHub live)
{
    private const int MaxReported = 1_000;

    public static void Map(RouteGroupBuilder imports)
    {
        imports.MapPost("/{importId}/complete-runs", async (string importId, CloseImportedRunsRequest body, Caller caller, FinishImport handler, CancellationToken ct) =>
                (await handler.CloseRuns(caller, importId, body.RunIds, ct)).ToHttp())
            .WithName("CompleteImportedRuns").Needs(Permissions.Import).Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        imports.MapPost("/{importId}/finish", async (string importId, FinishImportRequest body, Caller caller, FinishImport handler, CancellationToken ct) =>
                (await handler.Finish(caller, importId, body.Report, ct)).ToHttp())
            .WithName(nameof(FinishImport)).Needs(Permissions.Import).Produces<ImportView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private async Task<Result<Done>> CloseRuns(Caller caller, string importId, IReadOnlyList<string> runIds, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Import) is { } denied) { return denied; }

        if (runIds.Count > Limits.ImportRuns) { return Problem.Invalid("runIds", $"{runIds.Count} runs were sent; at most {Limits.ImportRuns} go together."); }

        return await db.Append<Result<Done>>(tx =>
        {
            if (ImportStore.Open(tx, caller.Workspace, importId).Fails(out var problem, out _)) { return problem; }

            var known = ImportedRuns.Find(tx, runIds);
            if (runIds.FirstOrDefault(id => !known.TryGetValue(id, out var found) || found.Workspace != caller.Workspace) is { } missing) { return Faults.NoRun(missing); }

            ImportStore.Close(tx, importId, runIds);
            tx.AfterCommit(() => live.Send(new LiveChange("experiment", caller.Workspace, "")));
            return Done.Value;
        }, ct);
    }

    private async Task<Result<ImportView>> Finish(Caller caller, string importId, ImportReport report, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Import) is { } denied) { return denied; }

        if (report.Counts.Count > MaxReported || report.Skipped.Count > MaxReported) { return Problem.Invalid("report", $"A report has at most {MaxReported} counts and {MaxReported} skipped things."); }

        return await db.Write<Result<ImportView>>(tx =>
        {
            if (ImportStore.Open(tx, caller.Workspace, importId).Fails(out var problem, out var import)) { return problem; }

            var finished = import with { FinishedMs = tx.Clock.NowMs(), Report = report };
            ImportStore.Finish(tx, importId, finished.FinishedMs.Value, report);
            tx.Audit(caller, Actions.ImportFinish, $"import/{importId}", import, finished);
            return finished;
        }, ct);
    }
}
