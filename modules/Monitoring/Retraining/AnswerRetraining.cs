using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Alerts;
using Slipway.Monitoring.Contracts;
using Slipway.Pipelines.Ports;

namespace Slipway.Monitoring.Retraining;

/// <summary>Requests for new versions: which there are; a person names the run that answers one, or dismisses it.</summary>
internal sealed class AnswerRetraining(Db db, IPipelineRuns runs, LiveHub live)
{
    private const int DefaultLimit = 50;
    private const int MaxNoteChars = 2_000;
    private static readonly string[] States = [RetrainingRequest.Open, RetrainingRequest.Started, RetrainingRequest.Dismissed];

    public static void Map(RouteGroupBuilder retraining)
    {
        retraining.MapGet("", async (string? state, string? cursor, int? limit, Caller caller, AnswerRetraining handler, CancellationToken ct) =>
            (await handler.List(caller, state, cursor, limit ?? DefaultLimit, ct)).ToHttp())
            .WithName("ListRetraining").Needs(Permissions.Read).WithSummary("Requests for new versions of models, the newest first.")
            .Produces<Page<RetrainingView>>().ProducesProblem(400);
        retraining.MapPost("/{requestId}/start", async (string requestId, StartRetrainingRequest body, Caller caller, AnswerRetraining handler, CancellationToken ct) =>
            (await handler.Start(caller, requestId, body, ct)).ToHttp())
            .WithName("StartRetraining").Needs(Permissions.RetrainingWrite).WithSummary("Names the pipeline run that answers a request.")
            .Produces<RetrainingView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        retraining.MapPost("/{requestId}/dismiss", async (string requestId, DismissRetrainingRequest body, Caller caller, AnswerRetraining handler, CancellationToken ct) =>
            (await handler.Dismiss(caller, requestId, body.Reason, ct)).ToHttp())
            .WithName("DismissRetraining").Needs(Permissions.RetrainingWrite).WithSummary("Says why no new version is needed.")
            .Produces<RetrainingView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private async Task<Result<Page<RetrainingView>>> List(Caller caller, string? state, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        if (state is not null && !States.Contains(state)) { return Problem.Invalid("state", $"'state' is '{state}'; it may be {string.Join(", ", States)}."); }

        return await db.Read(tx =>
        {
            var rows = RetrainingStore.Newest(tx, caller, state, cursor ?? "~", limit + 1);
            return new Page<RetrainingView>([.. rows.Take(limit).Select(row => row.ToView())], rows.Count > limit ? rows[limit - 1].Id : null);
        }, ct);
    }

    private async Task<Result<RetrainingView>> Start(Caller caller, string requestId, StartRetrainingRequest body, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RetrainingWrite) is { } denied) { return denied; }

        if (body.Note is { Length: > MaxNoteChars } note) { return Problem.Invalid("note", $"The note has {note.Length} characters; at most {MaxNoteChars} are taken."); }

        return await End(caller, requestId, Actions.RetrainingStart, (tx, open) => runs.PipelineOf(tx, caller.Workspace, body.PipelineRunId) is null
            ? Problem.NotFound("pipeline run", body.PipelineRunId)
            : open with { State = RetrainingRequest.Started, PipelineRunId = body.PipelineRunId, Note = body.Note }, ct);
    }

    private async Task<Result<RetrainingView>> Dismiss(Caller caller, string requestId, string reason, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.RetrainingWrite) ?? CloseAlert.Fault(reason)) is { } refused) { return refused; }

        return await End(caller, requestId, Actions.RetrainingDismiss, (_, open) => open with { State = RetrainingRequest.Dismissed, Note = reason }, ct);
    }

    private Task<Result<RetrainingView>> End(
        Caller caller, string requestId, AuditAction action, Func<ReadTx, RetrainingRequest, Result<RetrainingRequest>> end, CancellationToken ct) => db.Write<Result<RetrainingView>>(tx =>
    {
        if (RetrainingStore.Find(tx, caller, requestId) is not { } request) { return Problem.NotFound("request for retraining", requestId); }

        if (request.State != RetrainingRequest.Open) { return Problem.Conflict("ended", $"The request is {request.State} already, by {request.EndedBy}."); }

        if (end(tx, request).Fails(out var problem, out var ended)) { return problem; }

        ended = ended with { EndedMs = tx.Clock.NowMs(), EndedBy = caller.Name };
        RetrainingStore.End(tx, ended);
        tx.Audit(caller, action, $"model/{request.Model}", request, ended, reason: ended.Note);
        tx.AfterCommit(() => live.Send(new LiveChange("retraining", caller.Workspace, requestId, request.Model)));
        return ended.ToView();
    }, ct);
}
