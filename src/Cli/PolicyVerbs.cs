using System.CommandLine;
using Slipway.Client;
using Slipway.Governance.Contracts;

namespace Slipway.Cli;

/// <summary>The policy: show it, try a file, set a file.</summary>
internal static class PolicyVerbs
{
    public static Command Create() => new("policy", "Shows the policy, tries a file as one, and sets it.") { Detail(), Check(), Set() };

    private static Command Detail()
    {
        var version = new Argument<long?>("VERSION") { Description = "A version of it, 0 for the one that is built in; without it, the one in force", Arity = ArgumentArity.ZeroOrOne };
        return new Command("show", "Prints the policy as it was written.") { version }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var policy = await client.Get<PolicyView>(parsed.GetValue(version) is { } number ? $"{workspace}/policy/versions/{number}" : $"{workspace}/policy", ct);
            if (!parsed.Json(policy)) { Terminal.Line(policy.Text ?? ""); }

            return 0;
        });
    }

    private static Command Check()
    {
        var file = File();
        return new Command("check", "Tries a file as the policy, with its tests, and changes nothing; exit code 1 when it could not be set.") { file }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var check = await client.Post<PolicyRequest, PolicyCheckView>($"{workspace}/policy/check", new(await Read(parsed.GetValue(file)!, ct)), ct);
            if (!parsed.Json(check))
            {
                foreach (var line in Lines(check)) { Terminal.Line(line); }
            }

            return check.Valid ? 0 : 1;
        });
    }

    private static Command Set()
    {
        var (file, reason) = (File(), ApprovalVerbs.Reason("Why it changes"));
        return new Command("set", "Puts a file in force as the policy; every approval of the workspace is void from that moment.") { file, reason }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var policy = await client.Put<PolicyRequest, PolicyView>($"{workspace}/policy", new(await Read(parsed.GetValue(file)!, ct), parsed.GetValue(reason)!), ct);
            if (!parsed.Json(policy)) { Terminal.Line($"{policy.Name}: version {policy.Version} is in force, with {Show.Plural(policy.Rows.Count, "row")}; it governs {string.Join(", ", policy.Governs)}."); }

            return 0;
        });
    }

    public static IEnumerable<string> Lines(PolicyCheckView check) =>
    [
        .. check.Faults.Select(fault => $"{(fault.Line is { } line ? $"line {line}: " : "")}{fault.Detail}"),
        .. check.Tests.Select(test => $"{(test.Passed ? "passed" : "FAILED")}  {test.Name}{(test.Detail is { } detail ? $": {detail}" : "")}"),
        check.Valid ? $"It could be set: {Show.Plural(check.Tests.Count, "test")} passed." : "It could not be set.",
    ];

    /// <exception cref="SlipwayException">The file cannot be read.</exception>
    public static async Task<string> Read(string file, CancellationToken ct)
    {
        try { return await System.IO.File.ReadAllTextAsync(file, ct); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { throw new SlipwayException($"{file} cannot be read: {error.Message}"); }
    }

    private static Argument<string> File() => new("FILE") { Description = "The policy (YAML)" };
}
