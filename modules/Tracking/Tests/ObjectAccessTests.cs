using Slipway.Identity.Contracts;

namespace Slipway.Tracking.Tests;

/// <summary>Grants on one experiment: what they hide and what they give.</summary>
public sealed class ObjectAccessTests
{
    [Theory, EachDatabase]
    public async Task An_experiment_that_is_not_for_a_caller_is_reached_by_no_route(string database)
    {
        await using var room = await Room.Open(database);
        var (mine, secret) = (await room.CreateExperiment("open"), await room.CreateExperiment("marked"));
        var (run, model) = await Fill(room, secret);
        var before = await room.Get($"runs/get?run_id={run}");
        using var kept = await room.Server.Program("kept-out", "default", ("workspace/default", Role.Contributor), ($"workspace/default/experiment/{secret}", Role.None));
        using var elsewhere = await room.Server.Program("elsewhere", "default", ($"workspace/default/experiment/{mine}", Role.Admin));
        using var reader = await room.Server.Program("reader", "default", ($"workspace/default/experiment/{secret}", Role.Viewer));
        var (walk, absent) = (Walk(room, secret, run, model), Walk(room, "4242", new string('e', 32), "m-" + new string('e', 32), "nowhere"));

        await walk.FindsNothing(kept, absent);
        await walk.FindsNothing(elsewhere, absent);
        await walk.LetsOnlyRead(reader);

        Assert.Equal(before, await room.Get($"runs/get?run_id={run}"));
        Assert.Equal("marked", (await room.Get($"/get-artifact?run_id={run}&path=a.txt")).Body);
        Assert.Equal((403, "Permission denied"), await room.Get($"/api/2.0/mlflow-artifacts/artifacts?path={secret}/{run}/artifacts", kept));
        foreach (var guess in (string[])["experiments/get-by-name?experiment_name=marked", "experiments/get-by-name?experiment_name=nowhere", $"experiments/get?experiment_id={secret}", "experiments/get?experiment_id=4242"])
        {
            Assert.Equal((403, "Permission denied"), await room.Get(guess, elsewhere));
        }
    }

    [Theory, EachDatabase]
    public async Task The_most_specific_grant_decides_and_who_administers_is_never_kept_out(string database)
    {
        await using var room = await Room.Open(database);
        var (one, other) = (await room.CreateExperiment("one"), await room.CreateExperiment("other"));
        var run = await room.CreateRun(one);
        using var editor = await room.Server.Program("editor", "default", ("workspace/default", Role.Viewer), ($"workspace/default/experiment/{one}", Role.Contributor));
        using var reader = await room.Server.Program("reader", "default", ("workspace/default", Role.Contributor), ($"workspace/default/experiment/{one}", Role.Viewer));
        using var admin = await room.Server.Program("admin", "default", ("workspace/default", Role.Admin), ($"workspace/default/experiment/{one}", Role.None));
        using var auditor = await room.Server.Program("auditor", "default", ("workspace/default", Role.Auditor), ($"workspace/default/experiment/{one}", Role.None));
        object point = new { run_id = run, key = "loss", value = 1, timestamp = 1 };

        Assert.Equal(200, (await room.Post("runs/log-metric", point, editor)).Status);
        Assert.Equal(403, (await room.Post("runs/create", new { experiment_id = other }, editor)).Status);
        Assert.Equal(403, (await room.Post("experiments/delete", new { experiment_id = one }, editor)).Status);
        Assert.Equal(403, (await room.Post("runs/log-metric", point, reader)).Status);
        Assert.Equal(200, (await room.Post("runs/create", new { experiment_id = other }, reader)).Status);
        Assert.Equal(200, (await room.Post("runs/log-metric", point, admin)).Status);
        Assert.Equal(200, (await room.Get($"runs/get?run_id={run}", auditor)).Status);
        Assert.Equal(403, (await room.Post("runs/log-metric", point, auditor)).Status);
    }

    [Theory, EachDatabase]
    public async Task Searches_show_what_may_be_seen(string database)
    {
        await using var room = await Room.Open(database);
        var (one, other) = (await room.CreateExperiment("one"), await room.CreateExperiment("other"));
        await room.CreateRun(one, "in one");
        await room.CreateRun(other, "in other");
        using var without = await room.Server.Program("without", "default", ("workspace/default", Role.Viewer), ($"workspace/default/experiment/{one}", Role.None));
        using var only = await room.Server.Program("only", "default", ($"workspace/default/experiment/{one}", Role.Viewer));

        foreach (var (caller, seen, hidden) in new[] { (without, "other", "one"), (only, "one", "other") })
        {
            var experiments = (await room.Post("experiments/search", new { max_results = 10 }, caller)).Body;
            var runs = (await room.Post("runs/search", new { experiment_ids = new[] { one, other } }, caller)).Body;
            var native = (await room.Get("/api/v1/w/default/runs", caller)).Body;
            Assert.Contains($"\"{seen}\"", experiments, StringComparison.Ordinal);
            Assert.DoesNotContain($"\"{hidden}\"", experiments, StringComparison.Ordinal);
            foreach (var found in new[] { runs, native })
            {
                Assert.Contains($"in {seen}", found, StringComparison.Ordinal);
                Assert.DoesNotContain($"in {hidden}", found, StringComparison.Ordinal);
            }
        }

        // A fact gets its place in the order shortly after its commit.
        var activity = "";
        for (var tries = 0; tries < 600 && !activity.Contains("in other", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(100);
            activity = (await room.Get("/api/v1/w/default/activity", without)).Body;
        }

        Assert.Contains("in other", activity, StringComparison.Ordinal);
        Assert.DoesNotContain("in one", activity, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Whoever_makes_an_experiment_manages_it_where_that_changes_something(string database)
    {
        await using var room = await Room.Open(database);
        using var member = await room.Server.Program("member", "default", ("workspace/default", Role.Member));
        using var contributor = await room.Program(Role.Contributor, "default");

        var (_, made) = await room.Post("experiments/create", new { name = "mine" }, member);
        var id = (string)System.Text.Json.Nodes.JsonNode.Parse(made)!["experiment_id"]!;
        await room.Post("experiments/create", new { name = "theirs" }, contributor);
        await room.CreateExperiment("owner's");

        Assert.Equal(200, (await room.Post("runs/create", new { experiment_id = id }, member)).Status);
        Assert.Equal(403, (await room.Post("runs/create", new { experiment_id = "0" }, member)).Status);
        Assert.Equal(200, (await room.Post("experiments/delete", new { experiment_id = id }, member)).Status);
        var grants = (await room.Get("/api/v1/grants?limit=1000")).Body;
        Assert.Contains($"workspace/default/experiment/{id}", grants, StringComparison.Ordinal);
        Assert.Equal(2, grants.Split("workspace/default/experiment/").Length);
    }

    private static async Task<(string Run, string Model)> Fill(Room room, string experiment)
    {
        await room.Done("experiments/set-experiment-tag", new { experiment_id = experiment, key = "k", value = "marked" });
        var run = await room.CreateRun(experiment, "marked");
        await room.Log(run, "loss", 1);
        await room.Done("runs/log-parameter", new { run_id = run, key = "k", value = "marked" });
        await room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/a.txt", new StringContent("marked"));
        var model = (string)(await room.Done("logged-models", new { experiment_id = experiment, name = "marked", source_run_id = run }))["model"]!["info"]!["model_id"]!;
        await room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/models/{model}/artifacts/a.txt", new StringContent("marked"));
        return (run, model);
    }

    private static ObjectWalk Walk(Room room, string experiment, string run, string model, string name = "marked") => new(
        room.Server, "tracking", "marked",
        ("{**path}", $"{experiment}/{run}/artifacts/a.txt"), ("{runId}", run), ("{experimentId}", experiment), ("{modelId}", model), ("{**tagKey}", "k"),
        ("experiment_id", experiment), ("experiment_ids[]", experiment), ("experiment", experiment), ("experiment_name", name), ("run_id", run), ("run_uuid", run), ("run_ids[]", run),
        ("new_name", "taken"), ("key", "loss"), ("metric_key", "loss"), ("value", "2"), ("timestamp", "2"), ("path", "a.txt"), ("max_results", "10"), ("status", "FAILED"),
        ("artifact_directory_path", ""), ("artifact_file_path", "a.txt"))
    {
        Lists =
        [
            ("GET", "/mlflow/experiments/search"), ("POST", "/mlflow/experiments/search"), ("POST", "/mlflow/experiments/search-datasets"), ("POST", "/mlflow/runs/search"),
            ("POST", "/mlflow/logged-models/search"), ("GET", "/{workspace}/experiments"), ("GET", "/experiments/folders"), ("GET", "/{experimentId}/count"), ("GET", "/{workspace}/runs"),
            ("GET", "/{workspace}/logged-models"), ("GET", "/{workspace}/trash"),
            // By the path 'a.txt', which lies below no run.
            ("GET", "/mlflow-artifacts/artifacts"),
        ],
        BodyOf = path =>
            path.EndsWith("/runs/outputs", StringComparison.Ordinal) ? new { run_id = run, models = new[] { new { model_id = model, step = 1 } } }
            : path.Contains("/mpu/", StringComparison.Ordinal) ? new { path = $"{experiment}/{run}/artifacts/a.txt", upload_id = "x", num_parts = 1, parts = new[] { new { part_number = 1, etag = "x" } } }
            : path.EndsWith("/runs/move", StringComparison.Ordinal) ? new { runIds = new[] { run }, experimentId = experiment }
            : path.Contains("/trash", StringComparison.Ordinal) ? new { runs = new[] { run } }
            : path.EndsWith("/runs/log-model", StringComparison.Ordinal) ? new { run_id = run, model_json = $"{{\"run_id\":\"{run}\",\"artifact_path\":\"m\",\"utc_time_created\":\"now\",\"flavors\":[]}}" }
            : path.EndsWith("/logged-models/" + model, StringComparison.Ordinal) ? new { status = "LOGGED_MODEL_READY" }
            : null,
    };
}
