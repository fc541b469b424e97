using System.Text.RegularExpressions;
using Slipway.Identity.Contracts;

namespace Slipway.Identity.Tests.Routes;

/// <summary>Class H8, second half: callers who are known, and may not.</summary>
public sealed partial class RoleTests
{
    /// <summary>What every caller may change: their own session and keys. Grants decide by the resource in the body (GrantTests).</summary>
    private static readonly string[] OfEverybody = ["POST /api/v1/sign-out", "POST /api/v1/keys", "DELETE /api/v1/keys/{id}", "POST /api/v1/grants", "DELETE /api/v1/grants/{id}"];

    [Theory, EachDatabase]
    public async Task A_viewer_changes_nothing(string database)
    {
        await using var house = await House.Open(database);
        var (viewer, _) = await house.Person("vera", ("workspace/default", Role.Viewer));

        await AllRefused(house, viewer);
    }

    [Theory, EachDatabase]
    public async Task An_auditor_of_the_whole_server_changes_nothing(string database)
    {
        await using var house = await House.Open(database);
        var (auditor, _) = await house.Person("otto", ("server", Role.Auditor));

        await AllRefused(house, auditor, mayVerifyAudit: true);
    }

    [Theory, EachDatabase]
    public async Task A_workspace_of_others_is_answered_like_one_that_does_not_exist(string database)
    {
        await using var house = await House.Open(database);
        await house.Admin.Post<WorkspaceView>("workspaces", new CreateWorkspaceRequest("risk", "Risk"));
        var (member, _) = await house.Person("rita", ("workspace/risk", Role.Admin));
        var faults = new List<string>();

        foreach (var route in EveryRoute.Guarded(house.Server))
        {
            foreach (var (theirs, none) in Pairs(route))
            {
                var (existing, unknown) = (await member.Call(route, theirs), await member.Call(route, none));
                var same = existing.Status == unknown.Status && Neutral(existing.Body, "default") == Neutral(unknown.Body, "nowhere");
                if (existing.Status is not (403 or 404) || !same) { faults.Add($"{route} answers {existing.Status} {existing.Body} and {unknown.Status} {unknown.Body}"); }
            }
        }

        Assert.Empty(faults);
    }

    /// <summary>By the path of native routes, by the prefix of protocols that know no workspaces.</summary>
    private static IEnumerable<(string Theirs, string None)> Pairs(Route route)
    {
        if (route.Pattern.Contains("{workspace}", StringComparison.Ordinal)) { yield return (EveryRoute.Path(route), EveryRoute.Path(route, "nowhere")); }
        else if (Protocol().IsMatch(route.Pattern)) { yield return ("/w/default" + EveryRoute.Path(route), "/w/nowhere" + EveryRoute.Path(route)); }
    }

    private static async Task AllRefused(House house, Api caller, bool mayVerifyAudit = false)
    {
        var faults = new List<string>();
        foreach (var route in EveryRoute.Guarded(house.Server).Where(route => route.ChangesSomething && !OfEverybody.Contains(route.ToString())))
        {
            // Verifying reads; it is a POST because it takes long.
            if ((mayVerifyAudit && route.Pattern == "/api/v1/audit/verify") || IsSearch(route) || (!mayVerifyAudit && IsPrediction(route))) { continue; }

            var answer = await caller.Call(route);
            if (answer.Status != 403) { faults.Add($"{route} answers {answer.Status}: {answer.Body}"); }
        }

        Assert.Empty(faults);
    }

    /// <summary>Protocols that search by POST: a viewer may search.</summary>
    private static bool IsSearch(Route route) => route.Method == "POST"
        && (route.Pattern.EndsWith("/search", StringComparison.Ordinal) || route.Pattern.EndsWith("/registered-models/get-latest-versions", StringComparison.Ordinal)
            || route.Pattern.EndsWith("/experiments/search-datasets", StringComparison.Ordinal));

    /// <summary>A viewer may ask an endpoint for predictions; an auditor may not, since they are counted and kept.</summary>
    private static bool IsPrediction(Route route) => route.Pattern.EndsWith("/infer", StringComparison.Ordinal) || route.Pattern.EndsWith("/invocations", StringComparison.Ordinal);

    private static string Neutral(string body, string workspace) => RequestId().Replace(body, "").Replace(workspace, "X", StringComparison.Ordinal);

    [GeneratedRegex("\"requestId\":\"[^\"]*\"")]
    private static partial Regex RequestId();

    [GeneratedRegex("^/((ajax-)?api/[23]\\.0|v2|endpoints)(/|$)")]
    private static partial Regex Protocol();
}
