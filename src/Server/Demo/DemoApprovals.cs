using System.Security.Cryptography;
using Slipway.Client;
using Slipway.Governance.Contracts;
using Slipway.Identity.Contracts;
using static Slipway.Server.DemoTeller;

namespace Slipway.Server;

/// <summary>The second person of a demo, who signs what the first one asks for.</summary>
internal sealed class DemoApprovals(SlipwayClient client, SlipwayClient approver, DemoApprover who, DemoTeller teller)
{
    private const string Workspace = DemoStory.Workspace;

    /// <summary>Makes the person and a key of their own, as an administrator and the person themselves would.</summary>
    /// <returns>The secret of the key.</returns>
    public static async Task<string> Invite(SlipwayClient client, DemoApprover who, CancellationToken ct)
    {
        var invited = await client.Post<CreatePersonRequest, InvitedPersonView>("/api/v1/people", new(who.Name, who.DisplayName), ct);
        await client.Post<CreateGrantRequest, GrantView>("/api/v1/grants", new(invited.Person.Id, $"workspace/{Workspace}", Role.Approver), ct);
        var (token, password) = (invited.Invitation.Url[(invited.Invitation.Url.IndexOf("#token=", StringComparison.Ordinal) + 7)..], RandomNumberGenerator.GetHexString(32));
        await client.Post<SetUpRequest>("/api/v1/set-up", new(token, password), ct);
        using var person = SlipwayClient.WithPassword(client.Server, who.Name, password);
        return (await person.Post<CreateKeyRequest, CreatedKeyView>("/api/v1/keys", new("demo", Workspace, 1), ct)).Secret;
    }

    /// <summary>Asks for an approval, shows what stands against it, and has it signed, by exception where the policy allows one.</summary>
    public async Task Approve(string model, long version, string reason, DemoException? exception, CancellationToken ct)
    {
        var asked = await client.Post<ApprovalRequest, ApprovalView>($"/api/v1/w/{Workspace}/approvals", new(model, version, reason), ct);
        var against = asked.Rows.Where(row => row.Verdict is not (RowVerdict.Met or RowVerdict.Waived)).ToList();
        teller.Say("ask", $"approval of {model} version {Number(version)}: {asked.Policy} finds {Number(asked.Rows.Count - against.Count)} of {Number(asked.Rows.Count)} rows met; evidence {Short(asked.EvidenceDigest)}");
        foreach (var row in against) { teller.Say("", $"! {row.Sentence}"); }

        foreach (var row in against) { await Except(model, version, row, exception, ct); }

        var now = await approver.Get<ApprovalView>($"/api/v1/w/{Workspace}/approvals/{asked.Id}", ct);
        var signed = await approver.Post<SignRequest, ApprovalView>($"/api/v1/w/{Workspace}/approvals/{asked.Id}/sign", new(who.Reason, now.EvidenceDigest), ct);
        if (!signed.InForce) { throw new SlipwayException($"{who.Name} has signed, and the approval of {model} version {Number(version)} is still not in force: {signed.Needs.Have} of {signed.Needs.SignOffs} sign-offs."); }

        teller.Say("sign", $"{who.Name} signed {model} version {Number(version)}, bound to {Count(signed.Bound.Count, "field")} under {Short(signed.EvidenceDigest)}");
    }

    private async Task Except(string model, long version, ApprovalRowView row, DemoException? exception, CancellationToken ct)
    {
        if (exception is null || !row.Waivable) { throw new SlipwayException($"'{row.Requirement}' stands against the approval, and the demo has no exception for it: {row.Sentence}"); }

        var ends = TimeProvider.System.GetUtcNow().AddDays(exception.Days);
        await approver.Post<ExceptionRequest, ExceptionView>(
            $"/api/v1/w/{Workspace}/exceptions", new(model, row.Requirement, exception.Reason, ends.ToUnixTimeMilliseconds(), version), ct);
        teller.Say("except", $"{who.Name} excepts version {Number(version)} from '{row.Requirement}' until {ends:yyyy-MM-dd}: {exception.Reason}");
    }
}
