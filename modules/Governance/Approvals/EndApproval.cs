using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Contracts;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Governance.Approvals;

/// <summary>An approver says no to a request; or an approval, asked for or granted, is taken back.</summary>
internal sealed class EndApproval(Db db, Standings standings, Overtaken overtaken, LiveHub live)
{
    public static void Map(RouteGroupBuilder approvals)
    {
        approvals.MapPost("/{id}/refuse", async (string id, EndRequest body, Caller caller, EndApproval handler, CancellationToken ct) => (await handler.Refuse(caller, id, body.Reason, ct)).ToHttp())
            .Needs(Permissions.ApprovalsSign).WithName("RefuseApproval").WithSummary("Refuses what was asked for.").Produces<ApprovalView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        approvals.MapPost("/{id}/withdraw", async (string id, EndRequest body, Caller caller, EndApproval handler, CancellationToken ct) => (await handler.Withdraw(caller, id, body.Reason, ct)).ToHttp())
            .Needs(Permissions.ApprovalsRequest).WithName("WithdrawApproval").WithSummary("Takes a request back, or a granted approval: then the version may not be used any more.")
            .Produces<ApprovalView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    public Task<Result<ApprovalView>> Refuse(Caller caller, string id, string reason, CancellationToken ct) => End(caller, Permissions.ApprovalsSign, id, reason, (tx, approval) =>
    {
        if (approval.State != ApprovalStage.Requested) { return Problem.Conflict("not_open", $"The approval is {ApprovalStore.Name(approval.State)}; only what was requested can be refused."); }

        ApprovalStore.End(tx, approval, ApprovalStage.Refused, caller, reason);
        tx.Audit(caller, Actions.ApprovalRefuse, approval.Subject, new { approval.State, approval.Bound.Digest }, new { State = ApprovalStage.Refused }, reason);
        tx.Publish(caller, new ApprovalRefused(approval.Workspace, id, approval.Model, approval.Version, caller.Id, caller.Name, reason));
        return null;
    }, ct);

    public Task<Result<ApprovalView>> Withdraw(Caller caller, string id, string reason, CancellationToken ct) => End(caller, Permissions.ApprovalsRequest, id, reason, (tx, approval) =>
    {
        if (!approval.IsOpen) { return Problem.Conflict("not_open", $"The approval is {ApprovalStore.Name(approval.State)}; there is nothing to take back."); }

        // Whoever asked may take that back; what others have granted needs more.
        if ((approval.RequestedBy != caller.Id || approval.State == ApprovalStage.Granted) && caller.Lacks(Permissions.ApprovalsEnd) is { } denied) { return denied; }

        overtaken.End(tx, caller, approval, ApprovalStage.Withdrawn, ["approval"], reason);
        return null;
    }, ct);

    private async Task<Result<ApprovalView>> End(Caller caller, Permission permission, string id, string reason, Func<WriteTx, Approval, Problem?> end, CancellationToken ct)
    {
        if (caller.Lacks(permission) is { } denied) { return denied; }

        if (TextRules.ReasonFault(reason) is { } fault) { return fault; }

        return await db.Write<Result<ApprovalView>>(tx =>
        {
            if (ApprovalStore.Find(tx, caller, id) is not { } approval) { return Problem.NotFound("approval", id); }

            if (end(tx, approval) is { } problem) { return problem; }

            tx.AfterCommit(() => live.Send(new LiveChange("approval", caller.Workspace, id, approval.Model)));
            return ApprovalViews.Detail(tx, caller, standings.At(tx, caller.Workspace), ApprovalStore.Find(tx, caller, id)!);
        }, ct);
    }
}
