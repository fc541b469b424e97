using Slipway.Monitoring.Contracts;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Folding;

/// <summary>What was said of something holds no longer than the thing itself.</summary>
public sealed class EndedTests
{
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
