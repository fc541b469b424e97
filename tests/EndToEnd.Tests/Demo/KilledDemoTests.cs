using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.Client;
using Slipway.Datasets.Contracts;
using Slipway.Governance.Contracts;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Registry.Contracts;
using Slipway.Serving.Contracts;

namespace Slipway.EndToEnd.Tests;

/// <summary><c>kill -9</c> between two stages of the main job; a server on the same data goes on, and nothing is half done.</summary>
public sealed class KilledDemoTests : IDisposable
{
    private const string Workspace = "/api/v1/w/default/";

    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ingest")]
    [InlineData("split")]
    [InlineData("evaluate")]
    public async Task The_pipeline_run_goes_on_after_the_stage(string stage)
    {
        var data = Path.Combine(_folder, "data");
        await using (var demo = DemoProcess.Start(_folder, "--data", data))
        {
            await demo.Reach(stage);
            await demo.Kill();
        }

        await using var server = await ServerProcess.Start(data);
        using var client = new SlipwayClient(server.BaseAddress, null);
        var first = Assert.Single((await client.Get<Page<PipelineRunSummary>>(Workspace + "pipeline-runs", default)).Items);
        var run = await End(client, first.Id);

        Assert.True(run.State == PipelineRunState.Succeeded, string.Join('\n', run.Steps.Select(step => $"{step.Name} {step.State} {step.Problem?.Detail}")));
        Assert.All(run.Steps, step => Assert.Equal(StepState.Succeeded, step.State));
        Assert.All((await client.Get<Page<DatasetSummary>>(Workspace + "datasets", default)).Items, dataset => Assert.Equal(1, dataset.Versions));
        Assert.All((await client.Get<Page<ModelView>>(Workspace + "models", default)).Items, model => Assert.Equal(1, model.Versions));
        Assert.DoesNotContain("\"status\":\"running\"", await client.GetText(Workspace + "runs", default), StringComparison.Ordinal);
        Assert.True((await client.Post<object, AuditVerifyView>("/api/v1/audit/verify", new(), default)).Ok);
    }

    /// <summary>What was signed, deployed and rolled back before is so afterwards, and the champion goes on answering.</summary>
    [Theory]
    [InlineData("canary", 2)]
    [InlineData("roll back", 1)]
    public async Task What_serves_goes_on_after_the_stage(string stage, int deployments)
    {
        var data = Path.Combine(_folder, "data");
        await using (var demo = DemoProcess.Start(_folder, "--data", data))
        {
            await demo.Reach(stage);
            await demo.Kill();
        }

        await using var server = await ServerProcess.Start(data);
        using var client = new SlipwayClient(server.BaseAddress, null);
        var endpoint = await client.Get<EndpointView>(Workspace + "endpoints/mortgage", default);

        Assert.Equal((deployments, 1), (endpoint.Deployments.Count, endpoint.Deployments[0].Version));
        Assert.All((await client.Get<Page<ApprovalRow>>(Workspace + "approvals", default)).Items, approval => Assert.True(approval.InForce));
        var before = endpoint.Counts.Predictions;
        await client.Post<JsonObject, JsonObject>("/v2/models/mortgage/infer", await Application(client), default);
        Assert.Equal(before + 1, (await client.Get<EndpointView>(Workspace + "endpoints/mortgage", default)).Counts.Predictions);
        Assert.True((await client.Post<object, AuditVerifyView>("/api/v1/audit/verify", new(), default)).Ok);
    }

    /// <summary>The first row of the sample.</summary>
    private static async Task<JsonObject> Application(SlipwayClient client)
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "samples", "mortgage", "hmda.csv")).Take(2).Select(line => line.Split(',')).ToList();
        var row = lines[0].Zip(lines[1]).ToDictionary(pair => pair.First, pair => pair.Second);
        var inputs = (await client.Get<JsonObject>("/v2/models/mortgage", default))["inputs"]!.AsArray().Select(input => new JsonObject
        {
            ["name"] = (string)input!["name"]!, ["datatype"] = (string)input["datatype"]!, ["shape"] = new JsonArray([.. input["shape"]!.AsArray().Select(_ => (JsonNode)1)]),
            ["data"] = new JsonArray((string)input["datatype"]! == "BYTES" ? row[(string)input["name"]!] : double.Parse(row[(string)input["name"]!], CultureInfo.InvariantCulture)),
        });
        return new JsonObject { ["inputs"] = new JsonArray([.. inputs]) };
    }

    private static async Task<PipelineRunView> End(SlipwayClient client, string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        PipelineRunView? last = null;
        await foreach (var now in client.WatchPipelineRun("default", id, limit.Token)) { last = now; }

        return last!;
    }
}
