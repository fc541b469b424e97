using Slipway.Governance.Ports;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Folding;

public sealed class ReactionTests
{
    private const string Windows = "window: { predictions: 200, minimum: 50 }\n";

    [Theory, EachDatabase]
    public async Task A_changed_population_halts_the_rollout_and_asks_for_retraining(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion, 0.9), ScriptedEndpoints.Deployment(2, DeploymentRole.Canary, 0.1));
        await watch.Define(Windows);

        watch.Predict(1, 200);
        var before = await watch.Until(monitor => Of(monitor, MonitorAspect.Population).Verdict != MonitorVerdict.Unknown);
        Assert.Equal(MonitorVerdict.Yes, Of(before, MonitorAspect.Population).Verdict);
        Assert.Empty(before.Alerts);

        watch.Predict(1, 200, times: 1.5);
        var after = await watch.Until(monitor => monitor.Alerts is [{ Reactions: [{ State: "done" }, { State: "done" }] }]);
        var alert = Assert.Single(after.Alerts);
        Assert.Equal(("drift", AlertState.Open, MonitorVerdict.No), (alert.Kind, alert.State, after.Verdict));
        Assert.Equal(["age", "amount"], alert.Features.Select(feature => feature.Feature).Order());
        Assert.Equal(["halt"], watch.Endpoints.Asked);
        var request = Assert.Single((await watch.Get<Page<RetrainingView>>("retraining?state=open")).Items);
        Assert.Equal(("payers", 1, "late-payers", alert.Id), (request.Model, request.Version, request.Pipeline, request.AlertId));
        Assert.Equal(["monitor.defined", "monitor.defined", "monitor.changed", "monitor.changed", "drift.detected", "retraining.requested"], await watch.Facts());
        Assert.Equal(["monitor.set", "alert.open", "retraining.request"], await watch.Audited());

        // More of the same is the same alert; the way back closes it.
        watch.Predict(1, 200, times: 1.5);
        watch.Predict(1, 200);
        var healed = await watch.Until(monitor => monitor.Alerts.All(one => one.State == AlertState.Closed));
        Assert.Equal(MonitorVerdict.Yes, Of(healed, MonitorAspect.Population).Verdict);
        Assert.Single(healed.Alerts);
        Assert.Equal(["halt"], watch.Endpoints.Asked);

        var windows = await watch.Windows();
        Assert.Equal([4, 3, 2, 1], windows.Select(window => window.Number));
        var drifted = await watch.Get<WindowView>($"monitors/payers/windows/{windows[2].Id}");
        Assert.Equal(["region"], drifted.Features.Where(feature => !feature.Drifted).Select(feature => feature.Feature));
        Assert.Equal(2_000, drifted.Reference.Rows);
        Assert.All(drifted.Features, feature => Assert.Equal(1, feature.Bins.Sum(bin => bin.Now), 1e-9));
    }

    [Theory, EachDatabase]
    public async Task A_canary_that_leaves_its_band_is_rolled_back_before_its_window_is_full(string database)
    {
        await using var watch = await Watch.Open(database);
        watch.Approvals.Conditions = new ApprovedConditions(null, [new DecisionBand("deny", 0.1, 0.3)]);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion, 0.9), ScriptedEndpoints.Deployment(2, DeploymentRole.Canary, 0.1));
        await watch.Define("window: { predictions: 5000 }\n");

        watch.Predict(1, 400);
        watch.Predict(2, 60, deny: 0.7, role: DeploymentRole.Canary);

        var monitor = await watch.Until(monitor => monitor.Alerts is [{ Reactions: [{ State: "done" }] }]);
        var alert = Assert.Single(monitor.Alerts);
        Assert.Equal(("envelope", 2, "deny"), (alert.Kind, alert.Version, alert.Subject));
        Assert.Equal(["rollBack"], watch.Endpoints.Asked);
        Assert.Equal(["monitor.defined", "monitor.defined", "monitor.changed", "envelope.broken"], await watch.Facts());

        // Its last predictions come in after it is gone: nothing more follows, and the alert closes when the traffic is told to have changed.
        watch.Predict(2, 60, deny: 0.7, role: DeploymentRole.Canary);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        var after = await watch.Until(monitor => monitor.Alerts is [{ State: AlertState.Closed }]);
        Assert.Contains("no longer answers", after.Alerts[0].ClosedReason, StringComparison.Ordinal);
        Assert.Equal(["rollBack"], watch.Endpoints.Asked);
    }

    [Theory, EachDatabase]
    public async Task A_shadow_is_watched_and_nothing_follows_from_it(string database)
    {
        await using var watch = await Watch.Open(database);
        watch.Approvals.Conditions = new ApprovedConditions(null, [new DecisionBand("deny", 0.1, 0.3)]);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion), ScriptedEndpoints.Deployment(3, DeploymentRole.Shadow, 0));
        await watch.Define(Windows);

        watch.Predict(3, 200, times: 1.5, deny: 0.8, role: DeploymentRole.Shadow);

        var monitor = await watch.Until(monitor => monitor.Alerts.Count == 2);
        Assert.All(monitor.Alerts, alert => Assert.Empty(alert.Reactions));
        Assert.Equal(MonitorVerdict.Unknown, monitor.Verdict);
        Assert.Empty(watch.Endpoints.Asked);
    }

    [Theory, EachDatabase]
    public async Task A_champion_with_nothing_to_go_back_to_is_stopped_where_the_definition_says_so(string database)
    {
        await using var watch = await Watch.Open(database);
        watch.Endpoints.NothingToGoBackTo = true;
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        await watch.Define("envelope: { bands: [ { decision: deny, low: 0.1, high: 0.3 } ] }\non: { envelope: [rollBackOrStop] }\n");

        watch.Predict(1, 60, deny: 0.7);

        var monitor = await watch.Until(monitor => monitor.Alerts is [{ Reactions: [{ State: "done" }] }]);
        Assert.Equal(["stop"], watch.Endpoints.Asked);
        var reaction = Assert.Single(monitor.Alerts[0].Reactions);
        Assert.Contains("no version to go back to", reaction.Detail, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_version_without_records_is_unknown_and_says_why(string database)
    {
        await using var watch = await Watch.Open(database);
        (watch.Versions.Data, watch.Versions.Evaluation) = (null, null);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        await watch.Define(Windows);

        watch.Predict(1, 200, times: 1.5);

        var monitor = await watch.Until(monitor => Of(monitor, MonitorAspect.Population).ObservedMs is not null);
        Assert.Equal(MonitorVerdict.Unknown, monitor.Verdict);
        Assert.Contains("training data is not recorded", Of(monitor, MonitorAspect.Population).Detail, StringComparison.Ordinal);
        Assert.Empty(monitor.Alerts);
    }

    [Theory, EachDatabase]
    public async Task An_endpoint_made_anew_is_not_judged_by_what_was_found_of_the_one_before(string database)
    {
        await using var watch = await Watch.Open(database);
        foreach (var (version, atOnce) in ((long, bool)[])[(1, false), (2, true)])
        {
            var champion = ScriptedEndpoints.Deployment(version, DeploymentRole.Champion);
            await watch.Deploy(champion);
            await watch.Define(Windows);
            watch.Predict(version, 200);
            await watch.Until(monitor => Of(monitor, MonitorAspect.Population).Verdict == MonitorVerdict.Yes);

            await watch.Delete(untilHeard: !atOnce);
            await watch.Deploy(champion with { DeploymentId = $"anew{version}" });
            var anew = await watch.Until(monitor => Of(monitor, MonitorAspect.Population).ObservedMs is null);
            Assert.Equal(MonitorVerdict.Unknown, anew.Verdict);
        }
    }

    private static AspectVerdict Of(MonitorView monitor, MonitorAspect aspect) => monitor.Versions[0].Verdicts.Single(verdict => verdict.Aspect == aspect);
}
