using Slipway.Client;
using Slipway.Datasets.Contracts;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Registry.Contracts;

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

    private static async Task<PipelineRunView> End(SlipwayClient client, string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        PipelineRunView? last = null;
        await foreach (var now in client.WatchPipelineRun("default", id, limit.Token)) { last = now; }

        return last!;
    }
}
