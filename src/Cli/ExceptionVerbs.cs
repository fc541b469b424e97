using System.CommandLine;
using Slipway.Client;
using Slipway.Governance.Contracts;

namespace Slipway.Cli;

/// <summary>Exceptions: rows of the policy that may go unmet for a while.</summary>
internal static class ExceptionVerbs
{
    public static Command Create() => new("exceptions", "Lists, grants and takes back exceptions: rows of the policy that may go unmet for a while.") { List(), Grant(), Withdraw() };

    private static Command List() => new Command("list", "Lists the exceptions, the newest first.").InWorkspace(async (parsed, client, workspace, ct) =>
    {
        var exceptions = await client.All<ExceptionView>($"{workspace}/exceptions", ct);
        if (parsed.Json(exceptions)) { return 0; }

        if (exceptions.Count == 0) { Terminal.Line("There is no exception in this workspace."); }
        else
        {
            TextTable.Print(
                ["EXCEPTION", "MODEL", "VERSION", "ROW", "STATE", "ENDS", "BY", "REASON"],
                [.. exceptions.Select(one => (IReadOnlyList<string?>)[one.Id, one.Model, one.Version is { } version ? $"{version}" : "all", one.Requirement, one.Active ? "active" : one.EndedReason == "expired" ? "expired" : "withdrawn", Show.Time(one.EndedMs ?? one.ExpiresMs), one.By, one.Reason])],
                2);
        }

        return 0;
    });

    private static Command Grant()
    {
        var model = new Argument<string>("MODEL") { Description = "Name of the model" };
        var row = new Argument<string>("ROW") { Description = "Name of a row of the policy that is waivable" };
        var version = new Option<string?>("--version") { Description = "Number or alias of one version; without it, every version of the model" };
        var days = new Option<int>("--days") { Description = "After how many days it ends, 1 to 366 (default 30)", DefaultValueFactory = _ => 30 };
        var reason = ApprovalVerbs.Reason("Why that is right for now");
        days.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 1 or > 366) { given.AddError($"--days: {given.GetValueOrDefault<int>()} is not between 1 and 366."); }
        });
        return new Command("grant", "Lets a row of the policy go unmet for a while.") { model, row, version, days, reason }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var name = parsed.GetValue(model)!;
            long? number = parsed.GetValue(version) is { } wanted ? await ModelVerbs.Number(client, $"{workspace}/models/{Uri.EscapeDataString(name)}", wanted, ct) : null;
            var ends = TimeProvider.System.GetUtcNow().AddDays(parsed.GetValue(days)).ToUnixTimeMilliseconds();
            var view = await client.Post<ExceptionRequest, ExceptionView>($"{workspace}/exceptions", new(name, parsed.GetValue(row)!, parsed.GetValue(reason)!, ends, number), ct);
            if (!parsed.Json(view)) { Terminal.Line($"Exception {view.Id}: '{view.Requirement}' is waived for {(view.Version is { } one ? $"version {one}" : "every version")} of {view.Model} until {Show.Time(view.ExpiresMs)}."); }

            return 0;
        });
    }

    private static Command Withdraw()
    {
        var (id, reason) = (new Argument<string>("EXCEPTION") { Description = "Id of the exception" }, ApprovalVerbs.Reason("Why"));
        return new Command("withdraw", "Takes an exception back; the approvals that need it are void from that moment.") { id, reason }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var view = await client.Post<EndRequest, ExceptionView>($"{workspace}/exceptions/{Uri.EscapeDataString(parsed.GetValue(id)!)}/withdraw", new(parsed.GetValue(reason)!), ct);
            if (!parsed.Json(view)) { Terminal.Line($"Taken back: '{view.Requirement}' counts again for {view.Model}."); }

            return 0;
        });
    }
}
