using System.Text;
using Slipway.Identity.Contracts;

namespace Slipway.Tracking.Tests;

public sealed class AccessTests
{
    [Theory, EachDatabase]
    public async Task A_reader_is_refused_by_every_route_that_changes_something(string database)
    {
        await using var room = await Room.Open(database);

        await Walk(room).RefusesReaders();
    }

    [Theory, EachDatabase]
    public async Task A_member_of_another_workspace_is_refused_by_every_route(string database)
    {
        await using var room = await Room.Open(database);

        await Walk(room).RefusesStrangers();
    }

    [Theory, EachDatabase]
    public async Task Runs_and_experiments_of_another_workspace_are_not_there(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await room.CreateExperiment("secret");
        var run = await room.CreateRun(experiment);
        await room.Log(run, "loss", 1);
        await room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/a.txt", new StringContent("secret"));
        var model = await LoggedModels.LoggedModelTests.Create(room, "secret", run, experiment);
        await room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/models/{model}/artifacts/a.txt", new StringContent("secret"));
        using var stranger = await room.Program(Role.Admin, "risk");

        (string Verb, object Body)[] changes =
        [
            ("experiments/update", new { experiment_id = experiment, new_name = "mine" }), ("experiments/delete", new { experiment_id = experiment }),
            ("experiments/restore", new { experiment_id = experiment }), ("experiments/set-experiment-tag", new { experiment_id = experiment, key = "k", value = "v" }),
            ("experiments/delete-experiment-tag", new { experiment_id = experiment, key = "k" }), ("runs/create", new { experiment_id = experiment }),
            ("runs/update", new { run_id = run, status = "FAILED" }), ("runs/delete", new { run_id = run }), ("runs/restore", new { run_id = run }),
            ("runs/set-tag", new { run_id = run, key = "k", value = "v" }), ("runs/delete-tag", new { run_id = run, key = "mlflow.runName" }),
            ("runs/log-metric", new { run_id = run, key = "loss", value = 2, timestamp = 5 }), ("runs/log-parameter", new { run_id = run, key = "k", value = "v" }),
            ("runs/log-batch", new { run_id = run, tags = new[] { new { key = "k", value = "v" } } }), ("runs/log-inputs", new { run_id = run, models = new[] { new { model_id = model } } }),
            ("runs/outputs", new { run_id = run, models = new[] { new { model_id = model } } }), ("logged-models", new { experiment_id = experiment, name = "mine" }),
            ("logged-models", new { experiment_id = "0", name = "mine" }), ($"logged-models/{model}/params", new { @params = new[] { new { key = "k", value = "v" } } }),
        ];
        foreach (var (verb, body) in changes) { Assert.Equal(404, (await room.Post(verb, body, stranger)).Status); }

        string[] reads =
        [
            $"experiments/get?experiment_id={experiment}", "experiments/get-by-name?experiment_name=secret", $"runs/get?run_id={run}", $"artifacts/list?run_id={run}",
            $"/get-artifact?run_id={run}&path=a.txt", $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/a.txt",
            $"/api/v1/w/risk/experiments/{experiment}", $"/api/v1/w/risk/runs/{run}", $"/api/v1/w/risk/runs/{run}/series?key=loss", $"/api/v1/w/risk/runs/{run}/artifacts",
            $"/api/v1/w/risk/runs/{run}/artifacts/content?path=a.txt", $"logged-models/{model}", $"logged-models/{model}?allow_deleted=true", $"logged-models/{model}/artifacts/directories",
            $"/ajax-api/2.0/mlflow/logged-models/{model}/artifacts/files?artifact_file_path=a.txt", $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/models/{model}/artifacts/a.txt",
            $"/api/v1/w/risk/logged-models/{model}", $"/api/v1/w/risk/logged-models/{model}/artifacts", $"/api/v1/w/risk/logged-models/{model}/artifacts/content?path=a.txt",
        ];
        foreach (var path in reads) { Assert.Equal(404, (await room.Get(path, stranger)).Status); }

        Assert.Equal((200, "{}"), await room.Post("runs/search", new { experiment_ids = new[] { experiment } }, stranger));
        Assert.Equal((200, "{}"), await room.Get($"metrics/get-history?run_id={run}&metric_key=loss", stranger));
        Assert.Equal((200, "{}"), await room.Post("logged-models/search", new { experiment_ids = new[] { experiment } }, stranger));
        Assert.Equal((200, "{}"), await room.Post("experiments/search-datasets", new { experiment_ids = new[] { experiment } }, stranger));
        Assert.DoesNotContain("secret", (await room.Get("/api/v1/w/risk/logged-models", stranger)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (await room.Post("experiments/search", new { max_results = 10, view_type = "ALL" }, stranger)).Body, StringComparison.Ordinal);
        var uploaded = await room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/a.txt", new StringContent("mine"), stranger);
        Assert.Equal(404, uploaded.Status);
        await room.Send(HttpMethod.Delete, $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/a.txt", null, stranger);
        Assert.Equal("secret", (await room.Get($"/get-artifact?run_id={run}&path=a.txt")).Body);
        Assert.Equal([(0L, 0L, 1.0)], await room.History(run, "loss"));
    }

    [Theory, EachDatabase]
    public async Task A_prefix_or_a_header_chooses_the_workspace_and_each_has_a_Default(string database)
    {
        await using var room = await Room.Open(database);
        using var analyst = await room.Program(Role.Contributor, "risk");

        var (_, byPrefix) = await room.Get("/w/risk/api/2.0/mlflow/experiments/get-by-name?experiment_name=Default", analyst);
        analyst.DefaultRequestHeaders.Add("X-MLFLOW-WORKSPACE", "risk");
        var (_, byHeader) = await room.Get("experiments/get-by-name?experiment_name=Default", analyst);

        Assert.Equal(byPrefix, byHeader);
        Assert.DoesNotContain("\"experiment_id\":\"0\"", byPrefix, StringComparison.Ordinal);
        Assert.Contains("\"experiment_id\":\"0\"", (await room.Get("experiments/get-by-name?experiment_name=Default")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_at_the_Mlflow_edge_is_plain_text_with_its_realm()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        using var wrong = room.Server.NewClient();
        wrong.DefaultRequestHeaders.Add("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:wrong")));

        using var answer = await wrong.GetAsync("/api/2.0/mlflow/experiments/get?experiment_id=0");

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Basic realm=\"mlflow\"", answer.Headers.WwwAuthenticate.Single().ToString());
    }

    private static AccessWalk Walk(Room room) =>
        new(room.Server, "tracking", ("{**path}", "0/00000000000000000000000000000000/artifacts/x"), ("{runId}", "00000000000000000000000000000000"), ("{experimentId}", "0"),
            ("{modelId}", "m-00000000000000000000000000000000"), ("{**tagKey}", "stage"));
}
