using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Labels;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Labels;

/// <summary>What outcomes say over time. Of the decisions, one in so many turns out wrong: with four that is no chance, with five it hardly is, with ten it is as evaluated.</summary>
public sealed class OutcomeAlertTests
{
    private const long Hour = 3_600_000;

    [Theory, EachDatabase]
    public async Task An_alert_stays_open_until_the_outcomes_are_good_again(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        var predictions = watch.Predict(1, 400);

        // Of those who are denied all are women, then half of them, with a fifth of the others.
        await Report(watch, predictions, 4, (one, at) => one.Decision == "deny" || at % 5 == 0);
        var opened = await Until(watch, MonitorVerdict.No, MonitorVerdict.No);
        await Report(watch, predictions, 5, (one, at) => one.Decision == "deny" ? at % 2 == 0 : at % 5 == 0);
        var nearly = await Until(watch, MonitorVerdict.Attention, MonitorVerdict.Attention);
        await Report(watch, predictions, 4, (one, at) => one.Decision == "deny" || at % 5 == 0);
        var again = await Until(watch, MonitorVerdict.No, MonitorVerdict.No);
        await Report(watch, predictions, 10, (_, at) => at % 2 == 0);
        var healed = await Until(watch, MonitorVerdict.Yes, MonitorVerdict.Yes);

        string[] ids = [.. opened.Alerts.Select(alert => alert.Id).Order(StringComparer.Ordinal)];
        Assert.Equal(["fairness", "performance"], opened.Alerts.Select(alert => alert.Kind).Order(StringComparer.Ordinal));
        foreach (var later in new[] { nearly, again })
        {
            Assert.Equal(ids, later.Alerts.Select(alert => alert.Id).Order(StringComparer.Ordinal));
            Assert.All(later.Alerts, alert => Assert.Equal(AlertState.Open, alert.State));
        }

        Assert.Equal(ids, healed.Alerts.Select(alert => alert.Id).Order(StringComparer.Ordinal));
        Assert.All(healed.Alerts, alert => Assert.Equal(AlertState.Closed, alert.State));
        Assert.Single(await watch.Audited(), action => action == "retraining.request");
    }

    [Theory, EachDatabase]
    public async Task The_first_outcome_of_a_new_span_does_not_take_back_what_the_last_span_said(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        var (from, to) = LastWeek();
        await Report(watch, watch.Predict(1, 400, atMs: from + Hour), 4);
        await Until(watch, MonitorVerdict.No);

        await Report(watch, watch.Predict(1, 1, atMs: to + Hour), 10);
        var spans = await Spans(watch, 2);
        var monitor = await watch.Monitor();

        Assert.Equal((MonitorVerdict.Unknown, "Only 1 outcomes have arrived; 50 are needed."), (spans[0].Performance.Verdict, spans[0].Performance.Detail));
        Assert.Equal((MonitorVerdict.No, from + Hour), (Of(monitor, MonitorAspect.Performance).Verdict, Of(monitor, MonitorAspect.Performance).ObservedMs));
        Assert.Equal(AlertState.Open, Assert.Single(monitor.Alerts).State);
    }

    [Theory, EachDatabase]
    public async Task A_longer_span_is_heard_at_once(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        var predictions = watch.Predict(1, 400, atMs: LastWeek().From + (72 * Hour) + 1);
        await watch.Define("performance: { windowHours: 24 }\n");
        await Report(watch, predictions, 4);
        await Until(watch, MonitorVerdict.No);

        await watch.Define("performance: { windowHours: 168 }\n");
        await Report(watch, predictions, 10);
        var monitor = await Until(watch, MonitorVerdict.Yes);

        Assert.Equal(2, (await Spans(watch, 2)).Count);
        Assert.Equal(AlertState.Closed, Assert.Single(monitor.Alerts).State);
    }

    /// <summary>A whole span that is over.</summary>
    private static (long From, long To) LastWeek() => LabelSpan.Of(TimeProvider.System.NowMs() - (336 * Hour), 168);

    /// <param name="wrong">Of so many decisions the last one is wrong.</param>
    /// <param name="isWoman">Null = nobody says.</param>
    private static async Task Report(Watch watch, IReadOnlyList<Prediction> predictions, int wrong, Func<Prediction, int, bool>? isWoman = null)
    {
        var (status, body) = await watch.Post("monitors/payers/labels", predictions.Select((one, at) => new LabelEntry(
            one.PredictionId, JsonSerializer.SerializeToElement((one.Decision == "deny") == (at % wrong != 0) ? "yes" : "no"),
            isWoman is null ? null : new Dictionary<string, string> { ["sex"] = isWoman(one, at) ? "f" : "m" })).ToList());
        Assert.True(status == 200, body);
    }

    private static Task<MonitorView> Until(Watch watch, MonitorVerdict performance, MonitorVerdict? fairness = null) => watch.Until(monitor =>
        Of(monitor, MonitorAspect.Performance).Verdict == performance && (fairness is null || Of(monitor, MonitorAspect.Fairness).Verdict == fairness));

    private static async Task<IReadOnlyList<PerformanceView>> Spans(Watch watch, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var spans = (await watch.Get<Page<PerformanceView>>("monitors/payers/performance")).Items;
            if (spans.Count >= count) { return spans; }

            await Task.Delay(50, limit.Token);
        }
    }

    private static AspectVerdict Of(MonitorView monitor, MonitorAspect aspect) => monitor.Versions[0].Verdicts.Single(one => one.Aspect == aspect);
}
