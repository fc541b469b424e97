using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Approvals;
using Slipway.Governance.Contracts;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Governance.Exceptions;

/// <summary>Takes an exception back; the approvals that need it are void from that moment.</summary>
internal sealed class EndException(Db db, Overtaken overtaken, LiveHub live)
{
    public static void Map(RouteGroupBuilder exceptions) => exceptions
        .MapPost("/{id}/withdraw", async (string id, EndRequest body, Caller caller, EndException handler, CancellationToken ct) => (await handler.Handle(caller, id, body.Reason, ct)).ToHttp())
        .Needs(Permissions.ApprovalsEnd).WithName("WithdrawException").WithSummary("Takes an exception back; the approvals that need it are void from that moment.")
        .Produces<ExceptionView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<ExceptionView>> Handle(Caller caller, string id, string reason, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ApprovalsEnd) is { } denied) { return denied; }

        if (TextRules.ReasonFault(reason) is { } fault) { return fault; }

        return await db.Write<Result<ExceptionView>>(tx =>
        {
            var now = tx.Clock.NowMs();
            if (ExceptionStore.Find(tx, caller, id) is not { } exception) { return Problem.NotFound("exception", id); }

            if (!exception.IsActive(now)) { return Problem.Conflict("not_active", "The exception has ended already."); }

            ExceptionStore.End(tx, exception, now, caller.Name, reason);
            tx.Audit(caller, Actions.ExceptionWithdraw, $"exception/{id}", before: exception, reason: reason);
            tx.Publish(caller, new ExceptionEnded(caller.Workspace, id, exception.Model, reason));
            overtaken.Note(tx, caller, exception.Model);
            tx.AfterCommit(() => live.Send(new LiveChange("approval", caller.Workspace, id, exception.Model)));
            return (exception with { EndedMs = now, EndedBy = caller.Name, EndedReason = reason }).ToView(now);
        }, ct);
    }
}
