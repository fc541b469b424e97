using System.Diagnostics;
using Slipway.Answers.Contracts;
using Slipway.Client;
using Slipway.Governance.Contracts;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Serving.Contracts;
using static Slipway.Server.DemoTeller;

namespace Slipway.Server;

/// <summary>The second half of a demo: approval, rollout, a world that changes, a version with a mistake, and the four answers at each turn.</summary>
internal sealed class DemoProduction(SlipwayClient client, DemoStory story, DemoApprovals approvals, DemoScript script, DemoTeller teller)
{
    private const string Api = $"/api/v1/w/{DemoStory.Workspace}";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Dictionary<string, double> Unchanged = [];

    private readonly DemoProductionScript _shown = script.Production!;
    private readonly DemoTraffic _traffic = DemoTraffic.Read(script.File(script.Production!.Traffic));
    private readonly List<AnswersView> _answers = [];

    private string EndpointPath => $"{Api}/endpoints/{Uri.EscapeDataString(_shown.Endpoint)}";

    private string MonitorPath => $"{Api}/monitors/{Uri.EscapeDataString(_shown.Endpoint)}";

    public async Task Tell(string model, long champion, CancellationToken ct)
    {
        await DescribeModel(model, ct);
        await client.Post<CreateEndpointRequest, EndpointView>($"{Api}/endpoints", new(_shown.Endpoint, model), ct);
        await BeRefused(model, champion, ct);
        await approvals.Approve(model, champion, "The first version to go into production.", _shown.Exception, ct);
        await Deploy(champion, TrafficRole.Champion, null, ct);
        if (_shown.Monitor is { } monitor) { await Watch(monitor, ct); }

        var challenger = await story.Register(_shown.Challenger, ct);
        await approvals.Approve(model, challenger, "The challenger, for a tenth of the traffic at first.", _shown.Exception, ct);
        await Deploy(challenger, TrafficRole.Canary, _shown.Share, ct);
        await ShowThatAllIsWell(model, ct);
        if (_shown.Shock is { } shock) { await Shock(model, shock, ct); }

        if (_shown.Mistake is { } mistake) { await Mistake(model, mistake, ct); }

        await AskAgain(model, ct);
    }

    private async Task DescribeModel(string model, CancellationToken ct)
    {
        var text = await File.ReadAllTextAsync(script.File(_shown.Inventory), ct);
        var entry = await client.Put<InventoryTextRequest, InventoryEntryView>($"{Api}/inventory/{Uri.EscapeDataString(model)}/text", new(text), ct);
        teller.Say("inventory", $"{model}: tier {Number(entry.Tier)}, owner {entry.Owner?.Name ?? "nobody"}, {Count(entry.ApprovedUses.Count, "approved use")}. {entry.TierReason}");
    }

    private async Task BeRefused(string model, long version, CancellationToken ct)
    {
        try
        {
            await client.Post<DeployRequest, EndpointView>($"{EndpointPath}/deployments", new(version, TrafficRole.Champion), ct);
        }
        catch (SlipwayException error) when (error.Problem is { Status: 403 or 409 } problem)
        {
            teller.Say("refuse", $"{model} version {Number(version)} may not be deployed: {problem.Detail}");
            return;
        }

        throw new SlipwayException($"{model} version {Number(version)} was deployed without an approval.");
    }

    private async Task Deploy(long version, TrafficRole role, double? share, CancellationToken ct)
    {
        var endpoint = await client.Post<DeployRequest, EndpointView>($"{EndpointPath}/deployments", new(version, role, share), ct);
        teller.Say(role == TrafficRole.Champion ? "deploy" : "canary", $"endpoint {endpoint.Name}: {string.Join(", ", endpoint.Deployments.Select(one => $"version {Number(one.Version)} {Percent(one.Share)}"))}");
    }

    private async Task Watch(string definition, CancellationToken ct)
    {
        await using var file = File.OpenRead(script.File(definition));
        var monitor = await client.Upload<MonitorDefinitionView>(HttpMethod.Put, MonitorPath, file, "application/yaml", ct);
        teller.Say("watch", $"windows of {Number(monitor.Settings.WindowPredictions)} predictions; {string.Join(", ", monitor.Settings.Reactions.Where(on => on.Value.Count > 0).Select(on => $"on {on.Key}: {string.Join(" and ", on.Value)}"))}");
    }

    private async Task ShowThatAllIsWell(string model, CancellationToken ct)
    {
        var clock = Stopwatch.GetTimestamp();
        var answers = await _traffic.Send(client, _shown.Endpoint, _shown.Requests, Unchanged, static () => false, ct);
        var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        teller.Say("traffic", $"{Count(answers.Answered, "request")} answered in {seconds:0.0} s{(answers.Refused > 0 ? $", {Number(answers.Refused)} refused, such as: {answers.Refusal}" : "")}");
        var monitor = await Until(() => client.Get<MonitorView>(MonitorPath, ct), now => now.Versions.SelectMany(version => version.Verdicts).Any(verdict => verdict is { Aspect: MonitorAspect.Population, Verdict: not MonitorVerdict.Unknown }), ct);
        foreach (var verdict in monitor.Versions.SelectMany(version => version.Verdicts.Select(verdict => (version.Version, verdict))).Where(one => one.verdict.Verdict != MonitorVerdict.Unknown))
        {
            teller.Say("monitor", $"version {Number(verdict.Version)}, {verdict.verdict.Aspect.ToString().ToLowerInvariant()}: {verdict.verdict.Detail}");
        }

        await Answer(model, ct);
    }

    /// <summary>The world is another one than the model was approved for.</summary>
    private async Task Shock(string model, IReadOnlyDictionary<string, double> factors, CancellationToken ct)
    {
        teller.Say("shock", $"from now on {string.Join(", ", factors.Select(factor => $"{factor.Key} x {factor.Value}"))}");
        var endpoint = await SendUntil(factors, now => now.Rollout == RolloutPhase.Halted, "halted the rollout", ct);
        teller.Say("halt", endpoint.Reason ?? "halted");
        var asked = await Until(() => client.Get<Page<RetrainingView>>($"{Api}/retraining", ct), page => page.Items.Count > 0, ct);
        teller.Say("retrain", $"a new version is asked for, of pipeline {asked.Items[0].Pipeline}: {asked.Items[0].Reason}");
        await Answer(model, ct);
        if (endpoint.Deployments.Any(one => one.Role == TrafficRole.Canary))
        {
            await client.Post<RollBackRequest, EndpointView>($"{EndpointPath}/rollback", new("The canary goes until the population is understood."), ct);
        }

        await client.Post<EndpointReasonRequest, EndpointView>($"{EndpointPath}/resume", new("The rates are back where they were."), ct);
        teller.Say("resume", "a person takes the canary out, and lets the next rollout begin");
    }

    /// <summary>Somebody has approved what should not have been; the envelope holds all the same.</summary>
    private async Task Mistake(string model, DemoMistake mistake, CancellationToken ct)
    {
        var version = await story.Register(mistake.Pipeline, ct);
        await approvals.Approve(model, version, "The challenger again.", mistake.Exception, ct);
        await Deploy(version, TrafficRole.Canary, _shown.Share, ct);
        var clock = Stopwatch.GetTimestamp();
        var endpoint = await SendUntil(Unchanged, now => now.Deployments.All(one => one.Version != version), "rolled the version back", ct);
        teller.Say("roll back", $"version {Number(version)} is out {Stopwatch.GetElapsedTime(clock).TotalSeconds:0.0} s after its first request. {endpoint.Reason}");
        await Answer(model, ct);
    }

    /// <summary>Sends until the endpoint has become what was waited for; nobody but the server's own rules changes it.</summary>
    private async Task<EndpointView> SendUntil(IReadOnlyDictionary<string, double> factors, Func<EndpointView, bool> reached, string what, CancellationToken ct)
    {
        var (clock, endpoint, done) = (Stopwatch.GetTimestamp(), (EndpointView?)null, 0);
        var sending = Task.Run(async () =>
        {
            while (Volatile.Read(ref done) == 0) { await _traffic.Send(client, _shown.Endpoint, 200, factors, () => Volatile.Read(ref done) != 0, ct); }
        }, ct);
        try
        {
            while (endpoint is null || !reached(endpoint))
            {
                if (Stopwatch.GetElapsedTime(clock) > Patience || sending.IsCompleted) { break; }

                await Task.Delay(200, ct);
                endpoint = await client.Get<EndpointView>(EndpointPath, ct);
            }
        }
        finally
        {
            Volatile.Write(ref done, 1);
            await sending;
        }

        return endpoint is not null && reached(endpoint) ? endpoint : throw new SlipwayException($"Nothing {what} within {Patience.TotalSeconds:0} s.");
    }

    private async Task Answer(string model, CancellationToken ct)
    {
        var answers = await client.Get<AnswersView>($"{Api}/models/{Uri.EscapeDataString(model)}/answers", ct);
        _answers.Add(answers);
        teller.Say("answers", $"about {model}, sealed {Short(answers.Digest)}:");
        foreach (var answer in answers.Answers) { teller.Say("", $"{Number(answer.Number)} {answer.Verdict.ToString().ToLowerInvariant()}: {answer.Sentence}"); }
    }

    private async Task AskAgain(string model, CancellationToken ct)
    {
        foreach (var then in _answers)
        {
            var now = await client.Get<AnswersView>($"{Api}/models/{Uri.EscapeDataString(model)}/answers?asOf={Uri.EscapeDataString(then.AsOf)}", ct);
            if (now.Digest != then.Digest) { throw new SlipwayException($"Asked again about {then.AsOf}, the answers are sealed {Short(now.Digest)} and no longer {Short(then.Digest)}."); }
        }

        teller.Say("as of", $"asked again about each of the {Count(_answers.Count, "moment")}, the answers are the same to the byte");
    }

    private static async Task<T> Until<T>(Func<Task<T>> read, Func<T, bool> reached, CancellationToken ct)
    {
        var clock = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = await read();
            if (reached(now)) { return now; }

            if (Stopwatch.GetElapsedTime(clock) > Patience) { throw new SlipwayException($"What was waited for did not come within {Patience.TotalSeconds:0} s."); }

            await Task.Delay(200, ct);
        }
    }
}
