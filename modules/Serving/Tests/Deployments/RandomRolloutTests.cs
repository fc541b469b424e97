using System.Globalization;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Deployments;
using Slipway.Serving.Live;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Tests.Deployments;

public sealed class RandomRolloutTests
{
    private const int Steps = 250;
    private static readonly Caller[] People = [.. new[] { "ada", "bob" }.Select(name => new Caller(name, name, PrincipalKind.Person, [new Grant("workspace/default", Level.Admin)]))];

    [Theory, EachDatabase]
    public async Task Whatever_people_do_in_whatever_order_nothing_answers_without_its_approval(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4, 0.3);
        var (random, story) = (new Random(20), new List<string>());
        for (var step = 0; step < Steps; step++)
        {
            story.Add(await Act(quay, random, People[random.Next(2)]));
            await Check(quay, string.Join("\n", story.TakeLast(12)));
        }

        // The walk went somewhere: most kinds of steps were taken and not only refused.
        foreach (var kind in (string[])["deploy", "traffic", "promote", "rollback", "stop", "release", "void"]) { Assert.Contains(story, line => line.StartsWith(kind, StringComparison.Ordinal) && line.EndsWith("done", StringComparison.Ordinal)); }
    }

    private static async Task<string> Act(Quay quay, Random random, Caller by)
    {
        var version = 1 + random.Next(3);
        switch (random.Next(10))
        {
            case 0 or 1:
                var role = (TrafficRole)random.Next(3);
                return Said($"deploy {version} {role}", (await quay.Get<Deploy>().Handle(by, "late", new DeployRequest(version, role, role == TrafficRole.Canary ? 0.1 + (random.NextDouble() / 2) : null), default)).Problem);
            case 2: return Said("traffic", (await quay.Get<SetTraffic>().Handle(by, "late", new SetTrafficRequest(0.05 + (random.NextDouble() * 0.9)), default)).Problem);
            case 3: return Said("promote", (await quay.Get<Promote>().Handle(by, "late", "It is better.", default)).Problem);
            case 4: return Said("rollback", (await quay.Get<RollBack>().Handle(by, "late", random.Next(2) == 0 ? null : version, "It is worse.", default)).Problem);
            case 5 when random.Next(2) == 0: return Said("halt", (await quay.Get<HaltRollout>().Handle(by, "late", "Drift.", default)).Problem);
            case 5: return Said("stop", (await quay.Get<StopEndpoint>().Handle(by, "late", "Enough.", default)).Problem);
            case 6: return Said("resume", (await quay.Get<ResumeRollout>().Handle(by, "late", "Go on.", default)).Problem);
            case 7 or 8: return Said($"release by {by.Id}", (await quay.Get<ReleaseEndpoint>().Handle(by, "late", "It was the input.", default)).Problem);
            default:
                if (random.Next(3) > 0)
                {
                    quay.Approvals.Approve(Line.Model, version);
                    return Said($"approve {version}", null);
                }

                quay.Approvals.Void(Line.Model, version);
                await quay.Get<WithdrawUnapproved>().Everywhere(default);
                return Said($"void {version}", null);
        }
    }

    private static async Task Check(Quay quay, string story)
    {
        var live = quay.Get<LiveEndpoints>().Find("default", "late")!;
        var (state, approved) = await quay.Server.Db.Read(tx => (quay.Get<IEndpoints>().FindForServer(tx, "default", "late")!, Enumerable.Range(1, 3).Where(version => quay.Approvals.StateOf(tx, "default", Line.Model, version).InForce).Select(version => (long)version).ToList()), default);
        var traffic = state.Deployments.Where(deployment => deployment.Role != DeploymentRole.Shadow).ToList();

        Assert.True(state.Stopped || state.Deployments.All(deployment => approved.Contains(deployment.Version)), $"An unapproved version is at work after:\n{story}");
        Assert.True(traffic.Count(deployment => deployment.Role == DeploymentRole.Champion) <= 1 && traffic.Count <= 2, story);
        Assert.True(traffic.Count == 0 || Math.Abs(traffic.Sum(deployment => deployment.Share) - 1) < 1e-9, story);
        Assert.True(live.Stopped == state.Stopped, $"Memory and database differ in the switch after:\n{story}");
        Assert.True(live.Deployments.Select(deployment => deployment.Row.Id).Order().SequenceEqual(state.Deployments.Select(deployment => deployment.DeploymentId).Order()), $"Memory and database differ after:\n{story}");
    }

    private static string Said(string what, Problem? problem) => problem is null ? $"{what}: done" : string.Create(CultureInfo.InvariantCulture, $"{what}: {problem.Status} {problem.Code}");
}
