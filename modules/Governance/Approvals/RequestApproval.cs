using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Contracts;
using Slipway.Governance.Evidence;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Approvals;

/// <summary>Asks for the approval of a version, with the evidence that its reports hold now.</summary>
internal sealed class RequestApproval(Db db, IVersions versions, Standings standings, Overtaken overtaken, LiveHub live)
{
    public static void Map(RouteGroupBuilder approvals) => approvals
        .MapPost("", async (ApprovalRequest body, Caller caller, RequestApproval handler, CancellationToken ct) =>
            (await handler.Handle(caller, body, ct)).ToCreated(view => $"/api/v1/w/{caller.Workspace}/approvals/{view.Id}"))
        .Needs(Permissions.ApprovalsRequest).WithName(nameof(RequestApproval)).WithSummary("Asks for the approval of a version, with the evidence that its reports hold now.")
        .Produces<ApprovalView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<ApprovalView>> Handle(Caller caller, ApprovalRequest asked, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ApprovalsRequest) is { } denied) { return denied; }

        if ((TextRules.ModelFault(asked.Model) ?? TextRules.ReasonFault(asked.Reason)) is { } fault) { return fault; }

        if ((await versions.Reports(caller, asked.Model, asked.Version, ct)).Fails(out var missing, out var reports)) { return missing; }

        var evidence = FlattenReports.Of(reports);
        return await db.Write<Result<ApprovalView>>(tx =>
        {
            overtaken.Note(tx, caller, asked.Model);
            if (Open(tx, caller, asked) is { } open) { return open; }

            var made = new Approval(
                Ids.New(tx.Clock), caller.Workspace, asked.Model, asked.Version, ApprovalStage.Requested, asked.Reason, caller.Id, caller.Name, tx.Clock.NowMs(), evidence, new BoundFields([]), []);
            var moment = standings.At(tx, caller.Workspace);
            var standing = moment.Of(made);
            if (standing.Identity is null || standing.Identity.Digests != reports.Identity.Digests || standing.Identity.CreatedMs != reports.Identity.CreatedMs)
            {
                return Problem.Conflict("version_changed", $"Version {asked.Version} of '{asked.Model}' was deleted or made anew while its reports were read; ask again.");
            }

            made = made with { Bound = standing.Bound };
            ApprovalStore.Insert(tx, made);
            tx.Audit(caller, Actions.ApprovalRequest, made.Subject, after: made.Bound.Values, reason: asked.Reason, policy: standing.Policy.Label);
            tx.Publish(caller, new ApprovalRequested(caller.Workspace, made.Id, made.Model, made.Version, made.Bound.Digest));
            tx.AfterCommit(() => live.Send(new LiveChange("approval", caller.Workspace, made.Id, made.Model)));
            return ApprovalViews.Detail(tx, caller, moment, made);
        }, ct);
    }

    private static Problem? Open(ReadTx tx, Caller caller, ApprovalRequest asked) => ApprovalStore.Deciding(tx, caller.Workspace, asked.Model, asked.Version) switch
    {
        { State: ApprovalStage.Requested } waiting => Problem.Conflict("already_requested", $"Version {asked.Version} of '{asked.Model}' waits for sign-offs already: approval {waiting.Id}."),
        { State: ApprovalStage.Granted } granted => Problem.Conflict("already_approved", $"Version {asked.Version} of '{asked.Model}' is approved already: approval {granted.Id}."),
        _ => null,
    };
}
