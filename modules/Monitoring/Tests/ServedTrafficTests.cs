using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Serving.Contracts;
using Slipway.Serving.Tests;

namespace Slipway.Monitoring.Tests;

/// <summary>The whole way: a version that a pipeline has made answers by the protocol, its predictions are watched, and their outcomes come later.</summary>
public sealed class ServedTrafficTests
{
    private const string Api = "/api/v1/w/default/";

    [Theory, EachDatabase]
    public async Task Served_predictions_are_watched_from_the_first_window_to_the_outcome(string database)
    {
        var approvals = new ScriptedApprovals { Conditions = new ApprovedConditions(new PopulationCondition(0.25), [new DecisionBand("prepay", 0.2, 0.8)]) };
        await using var server = await TestServer.Start(database, services: services => services.AddSingleton<IApprovals>(approvals).AddSingleton<IGate, NoPolicyGate>());
        await Line.Run(server.Http, 0.5);
        await Post(server, "endpoints", new CreateEndpointRequest("late", Line.Model));
        await Post(server, "endpoints/late/deployments", new DeployRequest(1, TrafficRole.Champion));
        using (var set = await server.Http.PutAsync(Api + "monitors/late", new ByteArrayContent("window: { predictions: 200, minimum: 100 }\non: { drift: [haltRollout] }\n"u8.ToArray())))
        {
            Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());
        }

        var random = new Random(61);
        var usual = await Infer(server, random, 1);
        var first = await Until(server, 1);
        await Infer(server, random, 1.8);
        var second = await Until(server, 2);

        Assert.Equal((1, 200, MonitorVerdict.Yes), (first.Version, first.Predictions, first.Decisions));
        Assert.NotEqual(MonitorVerdict.No, first.Population);
        Assert.Equal((2, 200, MonitorVerdict.No, "amount"), (second.Number, second.Predictions, second.Population, second.MaximumFeature));
        var window = (await server.Http.GetFromJsonAsync<WindowView>($"{Api}monitors/late/windows/{second.Id}", WireJson.Options))!;
        var amount = window.Features[0];
        Assert.Equal(("amount", "ks", true), (amount.Feature, amount.Test, amount.Drifted));
        Assert.InRange(window.Reference.Rows, 275, 285);
        Assert.Equal(1.8, amount.MeanNow!.Value / amount.MeanThen!.Value, 0.3);
        Assert.All(window.Features.Skip(1), feature => Assert.False(feature.Drifted));
        Assert.NotNull(window.Score);

        // What was decided turns out right in four of five cases.
        var labels = usual.Select((row, at) => new LabelEntry(row.Id, JsonSerializer.SerializeToElement(row.Decision == "prepay" == (at % 5 != 0) ? "yes" : "no"))).ToList();
        using var refused = await server.Http.PostAsync(Api + "monitors/late/labels", JsonContent.Create(new[] { new LabelEntry(usual[0].Id, JsonSerializer.SerializeToElement("Yes")) }, options: WireJson.Options));
        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Contains("The label of entry 0 is 'Yes'; version 1 was trained on 'yes' and 'no'.", JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var joined = JsonSerializer.Deserialize<LabelsView>(await Post(server, "monitors/late/labels", labels), WireJson.Options)!;
        Assert.Equal((200, 0), (joined.Joined, joined.Unknown));
        var performance = await Poll(async () => (await server.Http.GetFromJsonAsync<Page<PerformanceView>>(Api + "monitors/late/performance", WireJson.Options))!.Items is [var newest, ..] ? newest : null);
        Assert.Equal((1, 200, 0.8), (performance.Version, performance.Labels, Math.Round(performance.Metrics.Single(metric => metric.Name == "accuracy").Value!.Value, 9)));
        Assert.NotNull(performance.Metrics.Single(metric => metric.Name == "roc_auc").Evaluated);
    }

    /// <summary>Two hundred invoices like those of the training data, with the amount multiplied.</summary>
    private static async Task<List<(string Id, string Decision)>> Infer(TestServer server, Random random, double times)
    {
        var rows = Enumerable.Range(0, 200).Select(_ => (Amount: random.NextDouble() * 100 * times, Days: random.Next(5, 90), Known: random.Next(2) == 0 ? "yes" : "no")).ToList();
        var body = new JsonObject
        {
            ["inputs"] = new JsonArray(
                Tensor("amount", "FP64", rows.Select(row => JsonValue.Create(Math.Round(row.Amount, 2)))),
                Tensor("days", "INT64", rows.Select(row => JsonValue.Create(row.Days))),
                Tensor("known", "BYTES", rows.Select(row => JsonValue.Create(row.Known)))),
            ["outputs"] = new JsonArray(new JsonObject { ["name"] = "prediction_id" }, new JsonObject { ["name"] = "decision" }),
        };
        using var answer = await server.Http.PostAsync("/v2/models/late/infer", new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var outputs = JsonNode.Parse(text)!["outputs"]!.AsArray().ToDictionary(output => (string)output!["name"]!, output => output!["data"]!.AsArray().Select(value => (string)value!).ToList());
        return [.. outputs["prediction_id"].Zip(outputs["decision"])];
    }

    private static JsonObject Tensor(string name, string type, IEnumerable<JsonNode?> values)
    {
        JsonArray data = [.. values];
        return new JsonObject { ["name"] = name, ["datatype"] = type, ["shape"] = new JsonArray(data.Count), ["data"] = data };
    }

    private static Task<WindowSummary> Until(TestServer server, int windows) => Poll(async () =>
        (await server.Http.GetFromJsonAsync<Page<WindowSummary>>(Api + "monitors/late/windows", WireJson.Options))!.Items is var items && items.Count >= windows ? items[0] : null);

    private static async Task<T> Poll<T>(Func<Task<T?>> ask)
        where T : class
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await ask() is { } found) { return found; }

            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task<string> Post(TestServer server, string path, object body)
    {
        using var answer = await server.Http.PostAsync(Api + path, JsonContent.Create(body, body.GetType(), options: WireJson.Options));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }
}
