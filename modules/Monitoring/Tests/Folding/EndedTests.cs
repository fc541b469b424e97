using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Folding;

/// <summary>What was said of something holds no longer than the thing itself.</summary>
public sealed class EndedTests
{
    [Theory, EachDatabase]
    public async Task An_endpoint_that_is_made_anew_inherits_no_verdict_and_no_outcome(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        await watch.Define("window: { predictions: 200, minimum: 50 }\non: {}\n");
        var predictions = watch.Predict(1, 200, times: 1.5);
        var (status, body) = await watch.Post("monitors/payers/labels", predictions.Select(one => new LabelEntry(one.PredictionId, JsonSerializer.SerializeToElement("yes"))).ToList());
        Assert.True(status == 200, body);
        await watch.Until(monitor => monitor.Versions[0].Verdicts[0].Verdict == MonitorVerdict.No && monitor.Versions[0].Verdicts.All(said => said.Aspect == MonitorAspect.Decisions || said.ObservedMs is not null));

        watch.Endpoints.Remove(Watch.Endpoint);
        await watch.Server.Db.Write(tx => tx.Publish(Caller.ForJob("test", "default"), new EndpointDeleted("default", Watch.Endpoint, Watch.Endpoint)), default);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion) with { DeploymentId = "anew" });

        var after = await watch.Until(monitor => monitor.Alerts.All(alert => alert.State == AlertState.Closed) && monitor.Versions[0].Verdicts.All(said => said.ObservedMs is null));
        Assert.Equal(MonitorVerdict.Unknown, after.Verdict);
        Assert.Empty((await watch.Get<Page<PerformanceView>>("monitors/payers/performance")).Items);
        Assert.Equal(0, await watch.Server.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*) FROM monitoring_labels", row => row.GetInt64(0)), default));
        Assert.Single(await watch.Windows());
        var last = await watch.Server.Db.Read(tx => tx.Query($"SELECT body FROM kernel_facts WHERE kind = 'monitor.changed' ORDER BY fact_id DESC LIMIT 1", row => row.GetString(0)), default);
        Assert.Contains("was deleted", Assert.Single(last), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_band_that_is_no_more_leaves_neither_alert_nor_verdict(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        await watch.Define("window: { predictions: 200, minimum: 50 }\nenvelope: { bands: [ { decision: deny, low: 0.1, high: 0.3 } ] }\non: {}\n");
        watch.Predict(1, 200, deny: 0.7);
        await watch.Until(monitor => monitor.Alerts is [{ State: AlertState.Open }] && Decisions(monitor).Verdict == MonitorVerdict.No);

        await watch.Define("window: { predictions: 200, minimum: 50 }\non: {}\n");
        var after = await watch.Until(monitor =>
        {
            watch.Predict(1, 200, deny: 0.7);
            return monitor.Alerts is [{ State: AlertState.Closed }];
        });

        Assert.Contains("no band any more", after.Alerts[0].ClosedReason, StringComparison.Ordinal);
        Assert.Equal((MonitorVerdict.Unknown, true), (Decisions(after).Verdict, Decisions(after).ObservedMs is not null));
    }

    private static AspectVerdict Decisions(MonitorView monitor) => monitor.Versions[0].Verdicts.Single(said => said.Aspect == MonitorAspect.Decisions);
}
