using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Contracts;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Governance.Approvals;

/// <summary>One person's sign-off on exactly the evidence that they have seen; with the last one that the policy asks for, the version is approved.</summary>
internal sealed class SignApproval(Db db, Standings standings, LiveHub live)
{
    public const string RefusedByPolicy = "refused_by_policy";

    public static void Map(RouteGroupBuilder approvals) => approvals
        .MapPost("/{id}/sign", async (string id, SignRequest body, Caller caller, SignApproval handler, CancellationToken ct) => (await handler.Handle(caller, id, body, ct)).ToHttp())
        .Needs(Permissions.ApprovalsSign).WithName(nameof(SignApproval)).WithSummary("Signs an approval, naming the digest of the evidence that was seen; another one by now is a 409.")
        .Produces<ApprovalView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<ApprovalView>> Handle(Caller caller, string id, SignRequest given, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ApprovalsSign) is { } denied) { return denied; }

        if (TextRules.ReasonFault(given.Reason) is { } fault) { return fault; }

        return await db.Write<Result<ApprovalView>>(tx =>
        {
            if (ApprovalStore.Find(tx, caller, id) is not { } approval) { return Problem.NotFound("approval", id); }

            if (approval.State != ApprovalStage.Requested) { return Problem.Conflict("not_open", $"The approval is {ApprovalStore.Name(approval.State)}; only what was requested can be signed."); }

            var moment = standings.At(tx, caller.Workspace);
            var standing = moment.Of(approval);
            if (standing.IsOvertaken) { return Problem.Conflict("overtaken", $"It cannot be signed any more. {standing.OvertakenReason} Ask for approval anew."); }

            if (given.EvidenceDigest != standing.Bound.Digest) { return Seen(approval, standing, given.EvidenceDigest); }

            if (Fault(caller, moment, standing) is { } refusal) { return refusal; }

            var signOff = new SignOff(moment.Person(caller.Id), caller.Id, caller.Name, moment.NowMs, standing.Bound.Digest, given.Reason);
            ApprovalStore.Sign(tx, approval, signOff, standing.Bound, standing.EndsMs);
            tx.Audit(caller, Actions.ApprovalSign, approval.Subject, after: standing.Bound.Values, reason: given.Reason, policy: standing.Policy.Label);
            tx.Publish(caller, new ApprovalSigned(approval.Workspace, id, approval.Model, approval.Version, standing.Bound.Digest, caller.Id, caller.Name, given.Reason));
            var signed = standing with { Approval = approval with { Bound = standing.Bound, SignOffs = [.. approval.SignOffs, signOff] } };
            if (signed.ValidSignOffs.Count >= signed.SignOffsNeeded) { Grant(tx, caller, signed, moment.NowMs); }

            tx.AfterCommit(() => live.Send(new LiveChange("approval", approval.Workspace, id, approval.Model)));
            return ApprovalViews.Detail(tx, caller, moment, ApprovalStore.Find(tx, caller, id)!);
        }, ct);
    }

    /// <summary>Why this caller cannot sign as things stand: who they are, or what the policy still asks for; null when they can.</summary>
    public static Problem? Fault(Caller caller, Standings.Moment moment, Standing standing) =>
        Eligibility.Fault(caller, moment.Person(caller.Id), standing.Parties, standing.Approval.SignOffs.Select(signOff => signOff.PersonId), standing.Policy.Definition.ServiceAccounts) is { } fault
            ? new Problem(403, "not_eligible", fault)
        : standing.Judgement.Allowed ? null
        : new Problem(403, RefusedByPolicy, $"{standing.Policy.Label}: {string.Join(" ", standing.Judgement.Against.Select(row => row.Sentence))}"
            + (standing.Judgement.Against.Any(row => row.Row.Waivable) ? " A row that is waivable can be waived for a while by an exception." : ""))
        { Evidence = standing.Judgement.Against.Select(row => row.ToView()).ToList() };

    // The signer has seen something else than what is there now: it is named where it is known.
    private static Problem Seen(Approval approval, Standing standing, string seen)
    {
        var changes = seen == approval.Bound.Digest ? approval.Bound.ChangesTo(standing.Bound) : [];
        return Problem.Conflict(
            "evidence_changed", $"The evidence has the digest {standing.Bound.Digest}, and what you have seen had '{(seen.Length > 64 ? seen[..64] : seen)}'"
            + $"{(changes.Count == 0 ? "" : $"; {string.Join(", ", changes.Select(change => change.Field))} changed since")}. Look at it again.") with { Field = "evidenceDigest", Evidence = changes };
    }

    private static void Grant(WriteTx tx, Caller caller, Standing signed, long nowMs)
    {
        ApprovalStore.Grant(tx, signed.Approval, nowMs);
        tx.Publish(caller, new ApprovalGranted(
            signed.Approval.Workspace, signed.Approval.Id, signed.Approval.Model, signed.Approval.Version, signed.Bound.Digest, [.. signed.ValidSignOffs.Select(signOff => signOff.SignerName)],
            [.. signed.Judgement.Rows.Select(row => row.ExceptionId).OfType<string>()], signed.EndsMs, signed.Entry?.Entry.Approved));
    }
}
