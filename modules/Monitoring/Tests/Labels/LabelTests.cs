using System.Text;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Serving.Ports;
using Slipway.Training.Contracts;

namespace Slipway.Monitoring.Tests.Labels;

public sealed class LabelTests
{
    [Theory, EachDatabase]
    public async Task Outcomes_give_realised_performance_and_ratios_of_groups(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        var predictions = watch.Predict(1, 400);

        // Who is denied pays late, nearly always; women are granted it half as often as men.
        var women = predictions.Where((one, at) => one.Decision == "deny" || at % 5 == 0).Select(one => one.PredictionId).ToHashSet();
        var entries = predictions.Select((one, at) => new LabelEntry(
            one.PredictionId, JsonSerializer.SerializeToElement((one.Decision == "deny") == (at % 10 != 0) ? "yes" : "no"), new Dictionary<string, string> { ["sex"] = women.Contains(one.PredictionId) ? "f" : "m" })).ToList();
        var (status, body) = await watch.Post("monitors/payers/labels", entries.Append(entries[0] with { PredictionId = "nobody-0" }).ToList());
        Assert.True(status == 200, body);
        var answer = JsonSerializer.Deserialize<LabelsView>(body, WireJson.Options)!;
        Assert.Equal((401, 400, 1), (answer.Received, answer.Joined, answer.Unknown));
        Assert.Equal(["nobody-0"], answer.UnknownIds);

        var monitor = await watch.Until(monitor => monitor.Versions[0].Verdicts.Single(one => one.Aspect == MonitorAspect.Fairness).Verdict != MonitorVerdict.Unknown);
        var fairness = monitor.Versions[0].Verdicts.Single(one => one.Aspect == MonitorAspect.Fairness);
        Assert.Equal(MonitorVerdict.No, fairness.Verdict);
        Assert.Contains("'f' of sex gets 'grant'", fairness.Detail, StringComparison.Ordinal);
        Assert.Equal(MonitorVerdict.Yes, monitor.Versions[0].Verdicts.Single(one => one.Aspect == MonitorAspect.Performance).Verdict);
        Assert.Equal(["fairness"], monitor.Alerts.Select(alert => alert.Kind));

        var span = Assert.Single((await watch.Get<Page<PerformanceView>>("monitors/payers/performance?version=1")).Items);
        Assert.Equal(400, span.Labels);
        Assert.Equal(0.9, span.Metrics.Single(metric => metric.Name == "accuracy").Value!.Value, 1e-9);
        var auc = span.Metrics.Single(metric => metric.Name == "roc_auc");
        Assert.True(auc.Low < auc.Value && auc.Value < auc.High && auc.Evaluated == 0.8);
        Assert.Equal(400, span.Confusion!.TruePositive + span.Confusion.FalsePositive + span.Confusion.TrueNegative + span.Confusion.FalseNegative);

        // A correction takes the place of the outcome before.
        Assert.Equal(200, (await watch.Send(HttpMethod.Post, "monitors/payers/labels", Lines(entries.Select(entry => entry with { Groups = new Dictionary<string, string> { ["sex"] = "m" } })))).Status);
        var after = await watch.Until(monitor => monitor.Alerts.Count == 1 && monitor.Versions[0].Verdicts.Single(one => one.Aspect == MonitorAspect.Fairness).Verdict == MonitorVerdict.Unknown);
        Assert.Equal(400, Assert.Single((await watch.Get<Page<PerformanceView>>("monitors/payers/performance")).Items).Labels);
        Assert.Contains("No two groups", after.Versions[0].Verdicts.Single(one => one.Aspect == MonitorAspect.Fairness).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 200, "")]
    [InlineData("[{\"predictionId\":\"a\",\"label\":\"yes\"}]", 200, "\"unknown\":1")]
    [InlineData("{\"predictionId\":\"a\",\"label\":1}\n\n{\"predictionId\":\"b\",\"label\":true}\n", 200, "\"unknown\":2")]
    [InlineData("{\"predictionId\":\"a\",\"label\":1}\n{\"predictionId\":", 400, "Line 2")]
    [InlineData("[{\"predictionId\":\"\",\"label\":\"yes\"}]", 400, "[0].predictionId")]
    [InlineData("[{\"predictionId\":\"a\",\"label\":{}}]", 400, "[0].label")]
    [InlineData("[{\"predictionId\":\"a\",\"label\":\"yes\",\"observedMs\":-1}]", 400, "milliseconds since 1970")]
    [InlineData("[{\"predictionId\":\"a\",\"label\":\"yes\",\"outcome\":1}]", 400, "outcome")]
    [InlineData("[null]", 400, "Entry 0 is null")]
    public async Task A_body_is_an_array_or_lines_and_every_fault_names_its_entry(string body, int expected, string part)
    {
        await using var watch = await Watch.Open(TestDatabase.Sqlite);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));

        var (status, answer) = await watch.Send(HttpMethod.Post, "monitors/payers/labels", new ByteArrayContent(Encoding.UTF8.GetBytes(body)));

        Assert.True(status == expected, $"{status} {answer}");
        Assert.Contains(part, answer, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_label_that_is_neither_of_the_two_values_refuses_the_batch(string database)
    {
        await using var watch = await Watch.Open(database);
        watch.Versions.Evaluation = watch.Versions.Evaluation! with { Label = new LabelView("region", "north") };
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));
        var ids = watch.Predict(1, 3).Select(one => one.PredictionId).ToList();

        var (refused, why) = await watch.Post("monitors/payers/labels", new[] { Entry(ids[0], "east"), Entry(ids[1], "north"), Entry(ids[2], 1), Entry("nobody-0", "west"), Entry(ids[0], "North") });
        var (taken, body) = await watch.Post("monitors/payers/labels", new[] { Entry(ids[0], "east"), Entry(ids[1], "north"), Entry(ids[0], "south") });

        Assert.True(refused == 400, why);
        var said = JsonDocument.Parse(why).RootElement.GetProperty("detail").GetString();
        Assert.Equal("The label of entry 2 is '1'; version 1 was trained on 'north' and 'south'. The label of entry 4 is 'North'; version 1 was trained on 'north' and 'south'.", said);
        Assert.True(taken == 200, body);
        Assert.Equal(2, JsonSerializer.Deserialize<LabelsView>(body, WireJson.Options)!.Joined);

        static LabelEntry Entry(string id, object label) => new(id, JsonSerializer.SerializeToElement(label));
    }

    [Fact]
    public async Task A_batch_past_the_limit_is_refused()
    {
        await using var watch = await Watch.Open(TestDatabase.Sqlite);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));

        var (status, answer) = await watch.Send(HttpMethod.Post, "monitors/payers/labels", Lines(Enumerable.Range(0, Limits.LabelBatch + 1).Select(at => new LabelEntry($"p{at}", JsonSerializer.SerializeToElement(1)))));

        Assert.Equal(400, status);
        Assert.Contains($"{Limits.LabelBatch}", answer, StringComparison.Ordinal);
    }

    private static ByteArrayContent Lines(IEnumerable<LabelEntry> entries) => new(Encoding.UTF8.GetBytes(string.Join('\n', entries.Select(entry => JsonSerializer.Serialize(entry, WireJson.Options)))));
}
