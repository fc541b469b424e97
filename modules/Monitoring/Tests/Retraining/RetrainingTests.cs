using System.Net.Http.Json;
using System.Text.Json;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Retraining;

public sealed class RetrainingTests
{
    [Theory, EachDatabase]
    public async Task A_person_answers_a_request_with_a_run_of_the_workspace_or_dismisses_it(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion), ScriptedEndpoints.Deployment(2, DeploymentRole.Canary, 0.1));
        await watch.Define("window: { predictions: 100, minimum: 50 }\non: { drift: [requestRetraining] }\n");
        watch.Predict(1, 100, times: 1.5);
        watch.Predict(2, 100, times: 1.5, role: DeploymentRole.Canary);
        await watch.Until(monitor => monitor.Alerts.SelectMany(alert => alert.Reactions).Count(reaction => reaction.State != "pending") == 2);

        // Two causes, one request.
        var request = Assert.Single((await watch.Get<Page<RetrainingView>>("retraining?state=open")).Items);
        var path = $"retraining/{request.Id}";
        Assert.Equal(404, (await watch.Post(path + "/start", new StartRetrainingRequest("nobody"))).Status);
        var (status, body) = await watch.Post(path + "/start", new StartRetrainingRequest(await Run(watch), "With the new rates."));
        Assert.True(status == 200, body);
        var started = JsonSerializer.Deserialize<RetrainingView>(body, WireJson.Options)!;
        Assert.Equal(("started", "local-owner", "With the new rates."), (started.State, started.EndedBy, started.Note));
        Assert.Equal(409, (await watch.Post(path + "/dismiss", new DismissRetrainingRequest("No."))).Status);
        Assert.Empty((await watch.Get<Page<RetrainingView>>("retraining?state=open")).Items);

        // The next cause asks anew.
        watch.Predict(1, 100);
        watch.Predict(1, 100, times: 1.5);
        await watch.Until(monitor => monitor.Alerts.SelectMany(alert => alert.Reactions).Count(reaction => reaction.State != "pending") == 3);
        var next = Assert.Single((await watch.Get<Page<RetrainingView>>("retraining?state=open")).Items);
        Assert.Equal(400, (await watch.Post($"retraining/{next.Id}/dismiss", new DismissRetrainingRequest(""))).Status);
        Assert.Equal(200, (await watch.Post($"retraining/{next.Id}/dismiss", new DismissRetrainingRequest("It is a holiday."))).Status);
        Assert.Equal(400, (await watch.Send(HttpMethod.Get, "retraining?state=gone", null)).Status);
        Assert.Equal(["dismissed", "started"], (await watch.Get<Page<RetrainingView>>("retraining")).Items.Select(one => one.State));
        Assert.Equal(["retraining.request", "retraining.start", "retraining.request", "retraining.dismiss"], (await watch.Audited()).Where(action => action.StartsWith("retraining", StringComparison.Ordinal)));
    }

    /// <returns>The id of a run; what it does is of no matter.</returns>
    private static async Task<string> Run(Watch watch)
    {
        using var file = new ByteArrayContent("a\n1\n"u8.ToArray());
        var (_, stored) = await watch.Send(HttpMethod.Post, "pipelines/files", file);
        var digest = JsonSerializer.Deserialize<PipelineFileView>(stored, WireJson.Options)!.Digest;
        var request = new StartPipelineRunRequest(
            "pipeline: again\nsteps:\n  ingest: { uses: ingest, with: { dataset: again, file: a.csv, contract: a.yaml } }\n",
            new Dictionary<string, string> { ["a.csv"] = digest, ["a.yaml"] = digest });
        var (status, body) = await watch.Post("pipeline-runs", request);
        Assert.True(status == 201, body);
        return JsonSerializer.Deserialize<PipelineRunView>(body, WireJson.Options)!.Id;
    }
}
