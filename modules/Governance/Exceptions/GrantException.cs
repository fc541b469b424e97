using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Approvals;
using Slipway.Governance.Contracts;
using Slipway.Governance.Inventory;
using Slipway.Governance.Policies;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Exceptions;

/// <summary>An approver who neither made the model nor owns it lets a waivable row of the policy go unmet, with a reason and an end.</summary>
internal sealed class GrantException(Db db, IVersions versions, PolicyStore policies, Standings standings, LiveHub live)
{
    public static void Map(RouteGroupBuilder exceptions) => exceptions
        .MapPost("", async (ExceptionRequest body, Caller caller, GrantException handler, CancellationToken ct) =>
            (await handler.Handle(caller, body, ct)).ToCreated(view => $"/api/v1/w/{caller.Workspace}/exceptions/{view.Id}"))
        .Needs(Permissions.ApprovalsSign).WithName(nameof(GrantException)).WithSummary("Waives a row of the policy for a model, or one version of it, for a while.")
        .Produces<ExceptionView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<ExceptionView>> Handle(Caller caller, ExceptionRequest asked, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ApprovalsSign) is { } denied) { return denied; }

        if ((TextRules.ModelFault(asked.Model) ?? TextRules.ReasonFault(asked.Reason)) is { } fault) { return fault; }

        if (!caller.Open(ObjectRef.Model).Includes(asked.Model)) { return Problem.NotFound("model", asked.Model); }

        return await db.Write<Result<ExceptionView>>(tx =>
        {
            var now = tx.Clock.NowMs();
            if (EndFault(asked.ExpiresMs, now) is { } wrongEnd) { return wrongEnd; }

            var policy = policies.InForce(tx, caller.Workspace);
            if (RowFault(policy, asked.Requirement) is { } wrongRow) { return wrongRow; }

            if (Independence(tx, caller, asked).Fails(out var refusal, out _)) { return refusal; }

            if (ExceptionStore.Active(tx, caller.Workspace, asked.Model, now).Find(one => one.Requirement == asked.Requirement && one.Version == asked.Version) is { } there)
            {
                return Problem.Conflict("already_granted", $"'{asked.Requirement}' is waived already, by exception {there.Id}; take that back first.");
            }

            var exception = new PolicyException(
                Ids.New(tx.Clock), caller.Workspace, asked.Model, asked.Version, asked.Requirement, asked.Reason, now, caller.Id, caller.Name, asked.ExpiresMs, null, null, null);
            ExceptionStore.Insert(tx, exception);
            tx.Audit(caller, Actions.ExceptionGrant, $"exception/{exception.Id}", after: exception, reason: asked.Reason, policy: policy.Label);
            tx.Publish(caller, new ExceptionGranted(caller.Workspace, exception.Id, exception.Model, exception.Version, exception.Requirement, exception.Reason, exception.ExpiresMs, caller.Id, caller.Name));
            tx.AfterCommit(() => live.Send(new LiveChange("approval", caller.Workspace, exception.Id, exception.Model)));
            return exception.ToView(now);
        }, ct);
    }

    private static Problem? EndFault(long expiresMs, long now) =>
        expiresMs <= now ? Problem.Invalid("expiresMs", $"The exception would end at {expiresMs}, which is not in the future; it is {now} now.")
        : expiresMs - now > Limits.ExceptionDays * 86_400_000L ? Problem.Invalid("expiresMs", $"The exception would last {(expiresMs - now) / 86_400_000} days; at most {Limits.ExceptionDays} are taken.")
        : null;

    private static Problem? RowFault(StoredPolicy policy, string requirement)
    {
        var row = policy.Definition.Rows.FirstOrDefault(row => row.Name == requirement);
        var waivable = policy.Definition.Rows.Where(one => one.Waivable).Select(one => one.Name).ToList();
        return row is { Waivable: true } ? null : Problem.Invalid(
            "requirement", $"'{(requirement.Length > 100 ? requirement[..100] : requirement)}' is {(row is null ? "no row" : "a row that cannot be waived")} of the policy {policy.Label}; "
            + $"{(waivable.Count == 0 ? "none can be waived" : $"these can be waived: {string.Join(", ", waivable)}")}.");
    }

    // The relation is looked at again whenever the exception is used: author and owner are not known for ever.
    private Result<Done> Independence(ReadTx tx, Caller caller, ExceptionRequest asked)
    {
        var moment = standings.At(tx, caller.Workspace);
        var identity = asked.Version is { } version ? versions.Find(tx, caller.Workspace, asked.Model, version) : null;
        if (asked.Version is { } number && identity is null) { return Problem.NotFound("version of a model", $"{asked.Model}/{number}"); }

        var owner = InventoryStore.Find(tx, caller.Workspace, asked.Model)?.Entry.OwnerId;
        var parties = new Parties(identity is null ? null : moment.Person(identity.By), owner is null ? null : moment.Person(owner), null);
        return Eligibility.Fault(caller, moment.Person(caller.Id), parties, [], moment.Policy.Definition.ServiceAccounts) is { } fault ? new Problem(403, "not_eligible", fault) : Done.Value;
    }
}
