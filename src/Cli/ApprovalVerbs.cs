using System.CommandLine;
using System.Globalization;
using Slipway.Client;
using Slipway.Governance.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Cli;

/// <summary>Approvals: ask for one, look at it, sign it, refuse it, take it back.</summary>
internal static class ApprovalVerbs
{
    public static Command Request()
    {
        var (model, version, reason) = (new Argument<string>("MODEL") { Description = "Name of the model" }, new Argument<string>("VERSION") { Description = "Number or alias of the version" }, Reason("Why the version should be used"));
        return new Command("request", "Asks for the approval of a version, and shows what the policy says of it.") { model, version, reason }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var name = parsed.GetValue(model)!;
            var number = await ModelVerbs.Number(client, $"{workspace}/models/{Uri.EscapeDataString(name)}", parsed.GetValue(version)!, ct);
            var view = await client.Post<ApprovalRequest, ApprovalView>($"{workspace}/approvals", new(name, number, parsed.GetValue(reason)!), ct);
            if (!parsed.Json(view)) { ApprovalText.Print(view); }

            return 0;
        });
    }

    public static Command Approve()
    {
        var (which, version, reason) = (Which(), Version(), Reason("Why it is right"));
        var digest = new Option<string?>("--digest") { Description = "Digest of the evidence that you have looked at; without it, what this command has just shown" };
        return new Command("approve", "Signs an approval that was asked for: with the last sign-off that the policy wants, the version may be used.") { which, version, reason, digest }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var seen = await Find(client, workspace, parsed.GetValue(which)!, parsed.GetValue(version), ct);
            if (!parsed.GetValue(Verb.AsJson)) { ApprovalText.Print(seen); }

            var view = await client.Post<SignRequest, ApprovalView>($"{workspace}/approvals/{seen.Id}/sign", new(parsed.GetValue(reason)!, parsed.GetValue(digest) ?? seen.EvidenceDigest), ct);
            if (!parsed.Json(view))
            {
                Terminal.Line(view.InForce ? $"Signed. Version {view.Version} of {view.Model} is approved." : $"Signed. It has {view.Needs.Have} of {Show.Plural(view.Needs.SignOffs, "sign-off")}.");
            }

            return 0;
        });
    }

    public static Command Refuse() => End("refuse", "refuse", "Refuses an approval that was asked for.", "Refused.");

    public static Command Create() => new("approvals", "Lists approvals, shows one, and takes one back.") { List(), Detail(), End("withdraw", "withdraw", "Takes back a request, or an approval that was granted.", "Taken back.") };

    private static Command List()
    {
        var model = new Option<string?>("--model") { Description = "Only those of this model" };
        var state = new Option<string?>("--state") { Description = "Only those in this state: requested, granted, refused, voided, expired or withdrawn" };
        return new Command("list", "Lists the newest approvals.") { model, state }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var page = await Newest(client, workspace, parsed.GetValue(model), parsed.GetValue(state), ct);
            if (parsed.Json(page)) { return 0; }

            if (page.Items.Count == 0) { Terminal.Line("There is no such approval in this workspace."); }
            else { TextTable.Print(["APPROVAL", "MODEL", "VERSION", "STATE", "SIGNED", "UNMET", "WAIVED", "ASKED", "BY"], [.. page.Items.Select(ApprovalText.Row)], 2, 4, 5, 6); }

            return 0;
        });
    }

    private static Command Detail()
    {
        var (which, version) = (Which(), Version());
        return new Command("show", "Shows an approval: the policy's rows, who signed, what has changed since.") { which, version }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var view = await Find(client, workspace, parsed.GetValue(which)!, parsed.GetValue(version), ct);
            if (!parsed.Json(view)) { ApprovalText.Print(view); }

            return 0;
        });
    }

    private static Command End(string name, string route, string meaning, string done)
    {
        var (which, version, reason) = (Which(), Version(), Reason("Why"));
        return new Command(name, meaning) { which, version, reason }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var found = await Find(client, workspace, parsed.GetValue(which)!, parsed.GetValue(version), ct);
            var view = await client.Post<EndRequest, ApprovalView>($"{workspace}/approvals/{found.Id}/{route}", new(parsed.GetValue(reason)!), ct);
            if (!parsed.Json(view)) { Terminal.Line($"{done} Version {view.Version} of {view.Model} is not approved."); }

            return 0;
        });
    }

    // By its id, or the newest of a version.
    private static async Task<ApprovalView> Find(SlipwayClient client, string workspace, string which, string? version, CancellationToken ct)
    {
        if (version is null) { return await client.Get<ApprovalView>($"{workspace}/approvals/{Uri.EscapeDataString(which)}", ct); }

        var number = await ModelVerbs.Number(client, $"{workspace}/models/{Uri.EscapeDataString(which)}", version, ct);
        var newest = (await Newest(client, workspace, which, null, ct)).Items.FirstOrDefault(row => row.Version == number);
        return newest is null
            ? throw new SlipwayException($"Nobody has asked for the approval of version {number.ToString(CultureInfo.InvariantCulture)} of '{which}'; slipway request does.")
            : await client.Get<ApprovalView>($"{workspace}/approvals/{newest.Id}", ct);
    }

    private static Task<Page<ApprovalRow>> Newest(SlipwayClient client, string workspace, string? model, string? state, CancellationToken ct) => client.Get<Page<ApprovalRow>>(
        $"{workspace}/approvals?limit=200{(model is null ? "" : $"&model={Uri.EscapeDataString(model)}")}{(state is null ? "" : $"&state={Uri.EscapeDataString(state)}")}", ct);

    private static Argument<string> Which() => new("APPROVAL") { Description = "Id of the approval, or name of a model with the version behind it" };

    private static Argument<string?> Version() => new("VERSION") { Description = "Number or alias of the model's version", Arity = ArgumentArity.ZeroOrOne };

    internal static Option<string> Reason(string meaning) => new("--reason") { Description = $"{meaning}; it stands in the audit log", Required = true };
}
