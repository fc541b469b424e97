using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Alerts;

public sealed class CloseAlertTests
{
    [Theory, EachDatabase]
    public async Task An_alert_that_a_person_closes_is_opened_again_by_its_cause(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        await watch.Define("window: { predictions: 100, minimum: 50 }\non: {}\n");
        watch.Predict(1, 100, times: 1.5);
        var alert = (await watch.Until(monitor => monitor.Alerts.Count == 1)).Alerts[0];
        Assert.Empty(alert.Reactions);
        var path = $"monitors/payers/alerts/{alert.Id}/close";

        Assert.Equal(400, (await watch.Post(path, new CloseAlertRequest(" "))).Status);
        Assert.Equal(404, (await watch.Post("monitors/payers/alerts/nobody/close", new CloseAlertRequest("Seen."))).Status);
        Assert.Equal(200, (await watch.Post(path, new CloseAlertRequest("Known: a holiday."))).Status);
        Assert.Equal(409, (await watch.Post(path, new CloseAlertRequest("Again."))).Status);

        watch.Predict(1, 100, times: 1.5);
        await watch.Until(monitor => monitor.Alerts.Count == 2);
        var alerts = (await watch.Get<Page<AlertView>>("monitors/payers/alerts")).Items;
        Assert.Equal([(AlertState.Open, null, null), (AlertState.Closed, "local-owner", "Known: a holiday.")], alerts.Select(one => (one.State, one.ClosedBy, one.ClosedReason)));
        var first = await watch.Get<Page<AlertView>>("monitors/payers/alerts?limit=1");
        Assert.Equal(alert.Id, Assert.Single((await watch.Get<Page<AlertView>>($"monitors/payers/alerts?limit=1&cursor={first.Next}")).Items).Id);
        Assert.Equal(["monitor.set", "alert.open", "alert.close", "alert.open"], await watch.Audited());
        Assert.Equal(1, Assert.Single((await watch.Get<Page<MonitorSummary>>("monitors")).Items).OpenAlerts);
    }
}
