using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Approvals;

/// <summary>Approvals with what they are bound to: one, or the newest first.</summary>
internal sealed class GetApproval(Db db, Standings standings)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;
    private static readonly string[] Stages = [.. Enum.GetValues<ApprovalStage>().Select(ApprovalStore.Name)];

    public static void Map(RouteGroupBuilder approvals)
    {
        approvals.MapGet("", async (string? state, string? model, string? cursor, int? limit, Caller caller, GetApproval handler, CancellationToken ct) =>
                (await handler.List(caller, state, model, cursor, limit ?? DefaultLimit, ct)).ToHttp())
            .Needs(Permissions.ApprovalsRead).WithName("ListApprovals").WithSummary("Approvals, the newest first; of one state or model if that is asked for.").Produces<Page<ApprovalRow>>().ProducesProblem(400);
        approvals.MapGet("/{id}", async (string id, Caller caller, GetApproval handler, CancellationToken ct) => (await handler.Handle(caller, id, ct)).ToHttp())
            .Needs(Permissions.ApprovalsRead).WithName(nameof(GetApproval)).WithSummary("An approval with the policy's rows, what it is bound to, and whether the caller may sign.").Produces<ApprovalView>().ProducesProblem(404);
    }

    public async Task<Result<ApprovalView>> Handle(Caller caller, string id, CancellationToken ct) => caller.Lacks(Permissions.ApprovalsRead) is { } denied
        ? denied
        : await db.Read<Result<ApprovalView>>(tx => ApprovalStore.Find(tx, caller, id) is { } approval
            ? ApprovalViews.Detail(tx, caller, standings.At(tx, caller.Workspace), approval)
            : Problem.NotFound("approval", id), ct);

    public async Task<Result<Page<ApprovalRow>>> List(Caller caller, string? state, string? model, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ApprovalsRead) is { } denied) { return denied; }

        // Each line is judged anew, so a page is shorter than elsewhere.
        if (limit is < 1 or > MaxLimit) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {MaxLimit}."); }

        if (state is not null && !Stages.Contains(state)) { return Problem.Invalid("state", $"'{state}' is no state of an approval; there are {string.Join(", ", Stages)}."); }

        return await db.Read(tx =>
        {
            var found = ApprovalStore.Newest(tx, caller, state, model, cursor, limit + 1);
            var moment = standings.At(tx, caller.Workspace);
            var page = found.Take(limit).Select(approval => ApprovalViews.Row(caller, moment, approval)).ToList();
            return new Page<ApprovalRow>(page, found.Count > limit ? page[^1].Id : null);
        }, ct);
    }
}
