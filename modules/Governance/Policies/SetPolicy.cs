using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Contracts;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Governance.Policies;

/// <summary>Puts another policy in force; one with a fault or a failing test is refused, and the same text again changes nothing.</summary>
internal sealed class SetPolicy(Db db, PolicyStore policies, LiveHub live)
{
    public static void Map(RouteGroupBuilder policy) => policy
        .MapPut("", async (PolicyRequest body, Caller caller, SetPolicy handler, CancellationToken ct) => (await handler.Handle(caller, body.Text, body.Reason, ct)).ToHttp())
        .Needs(Permissions.PolicyWrite).WithName(nameof(SetPolicy)).WithSummary("Puts another policy in force. One with a fault or a failing test is refused (422, with the check as evidence).")
        .Produces<PolicyView>().ProducesProblem(400).ProducesProblem(422);

    public async Task<Result<PolicyView>> Handle(Caller caller, string text, string? reason, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.PolicyWrite) is { } denied) { return denied; }

        if ((PolicyReader.TooLong(text) ?? TextRules.ReasonFault(reason ?? "")) is { } fault) { return fault; }

        var (check, policy) = CheckPolicy.Of(text);
        if (policy is null || !check.Valid) { return Refused(check); }

        return await db.Write<Result<PolicyView>>(tx =>
        {
            var before = policies.InForce(tx, caller.Workspace);
            if (before.Digest == check.Digest) { return before.ToView(inForce: true, withText: true); }

            var version = before.Version + 1;
            PolicyStore.Insert(tx, caller, version, text, check.Digest, reason!);
            tx.Audit(caller, Actions.PolicySet, $"policy/{version}", new { before.Version, before.Digest }, new { Version = version, check.Digest }, reason);
            tx.Publish(caller, new PolicyChanged(caller.Workspace, version, check.Digest));
            tx.AfterCommit(() => live.Send(new LiveChange("policy", caller.Workspace, $"{version}")));
            return policies.Find(tx, caller.Workspace, version)!.ToView(inForce: true, withText: true);
        }, ct);
    }

    private static Problem Refused(PolicyCheckView check) => new(
        422, "policy_invalid",
        check.Faults.Count > 0
            ? $"The policy was not set; it has faults: {string.Join(" ", check.Faults.Take(10).Select(fault => $"{(fault.Line is { } line ? $"Line {line}: " : "")}{fault.Detail}"))}"
            : $"The policy was not set; its own tests fail: {string.Join(" ", check.Tests.Where(test => !test.Passed).Take(10).Select(test => $"'{test.Name}': {test.Detail}"))}")
    { Evidence = check };
}
