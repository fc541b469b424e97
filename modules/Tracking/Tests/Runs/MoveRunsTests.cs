using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Tests.Runs;

public sealed class MoveRunsTests
{
    [Theory, EachDatabase]
    public async Task A_moved_run_takes_everything_along_and_is_found_where_it_is(string database)
    {
        await using var room = await Room.Open(database);
        var (from, to) = (await room.CreateExperiment("from"), await room.CreateExperiment("to"));
        var (moved, stays) = (await room.CreateRun(from, "moved"), await room.CreateRun(from, "stays"));
        foreach (var run in (string[])[moved, stays])
        {
            await room.Done("runs/log-batch", new
            {
                run_id = run, metrics = new[] { new { key = "loss", value = 1, timestamp = 1 } }, @params = new[] { new { key = "lr", value = "1" } }, tags = new[] { new { key = "team", value = "red" } },
            });
        }

        await room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{from}/{moved}/artifacts/a.txt", new StringContent("bytes"));
        var before = (string)(JsonNode.Parse((await room.Get($"runs/get?run_id={moved}")).Body)!["run"]!["info"]!["artifact_uri"])!;

        var answer = await Move(room, [moved, moved], to);
        var again = await Move(room, [moved], to);

        Assert.Equal(("{\"moved\":1}", "{\"moved\":0}"), (answer.Body, again.Body));
        foreach (var filter in (string[])["", "metrics.loss = 1", "params.lr = '1'", "tags.team = 'red'", "run_name = 'moved' OR run_name = 'stays'"])
        {
            Assert.Equal(["moved"], await room.Search(new { experiment_ids = new[] { to }, filter, order_by = new[] { "metrics.loss", "params.lr" } }));
            Assert.Equal(["stays"], await room.Search(new { experiment_ids = new[] { from }, filter, order_by = new[] { "params.lr" } }));
        }

        await room.Log(moved, "loss", 2, step: 1, time: 2);
        Assert.Equal(["moved"], await room.Search(new { experiment_ids = new[] { to }, filter = "metrics.loss = 2" }));
        var info = JsonNode.Parse((await room.Get($"runs/get?run_id={moved}")).Body)!["run"]!["info"]!;
        Assert.Equal((to, before), ((string)info["experiment_id"]!, (string)info["artifact_uri"]!));
        Assert.Equal("bytes", (await room.Get($"/api/2.0/mlflow-artifacts/artifacts/{from}/{moved}/artifacts/a.txt")).Body);
        Assert.Equal(1, await room.Server.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*) FROM kernel_audit_entries WHERE action = 'run.move' AND subject = {"run/" + moved}", row => row.GetInt64(0)), default));
        Assert.Equal(1, await room.Server.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*) FROM kernel_facts WHERE kind = 'run.moved' AND subject = {"run/" + moved}", row => row.GetInt64(0)), default));
    }

    [Theory, EachDatabase]
    public async Task Datasets_and_logged_models_go_along(string database)
    {
        await using var room = await Room.Open(database);
        var (from, to) = (await room.CreateExperiment("from"), await room.CreateExperiment("to"));
        var (moved, stays, there) = (await room.CreateRun(from, "moved"), await room.CreateRun(from, "stays"), await room.CreateRun(to, "there"));
        foreach (var (run, digest) in (IEnumerable<(string, string)>)[(moved, "d1"), (moved, "d2"), (stays, "d1"), (there, "d1")])
        {
            await room.Done("runs/log-inputs", new
            {
                run_id = run, datasets = new[] { new { dataset = new { name = "rows", digest, source_type = "local", source = "a.csv" }, tags = new[] { new { key = "mlflow.data.context", value = "train" } } } },
            });
        }

        var model = await Model(room, from, moved);
        var (elsewhere, others) = (await Model(room, await room.CreateExperiment("elsewhere"), moved), await Model(room, from, stays));

        Assert.Equal("{\"moved\":1}", (await Move(room, [moved], to)).Body);

        foreach (var filter in (string[])["dataset.name = 'rows'", "dataset.digest IN ('d1') AND dataset.context = 'train'", "dataset.name LIKE 'r%'"])
        {
            Assert.Equal(["moved", "there"], await room.Search(new { experiment_ids = new[] { to }, filter, order_by = new[] { "run_name" } }));
            Assert.Equal(["stays"], await room.Search(new { experiment_ids = new[] { from }, filter }));
        }

        Assert.Equal(["moved"], await room.Search(new { experiment_ids = new[] { to }, filter = "dataset.digest = 'd2'" }));
        Assert.Equal(2, JsonNode.Parse((await room.Get($"runs/get?run_id={moved}")).Body)!["run"]!["inputs"]!["dataset_inputs"]!.AsArray().Count);
        Assert.Equal(to, await ExperimentOf(room, model));
        Assert.NotEqual(to, await ExperimentOf(room, elsewhere));
        Assert.Equal(from, await ExperimentOf(room, others));
    }

    [Theory, EachDatabase]
    public async Task Who_moves_a_run_may_delete_where_it_is_and_write_where_it_goes(string database)
    {
        await using var room = await Room.Open(database);
        var (from, to) = (await room.CreateExperiment("from"), await room.CreateExperiment("to"));
        var run = await room.CreateRun(from, "moved");
        Task<HttpClient> Caller(string name, Role everywhere, Role there, Role target) => room.Server.Program(
            name, "default", ("workspace/default", everywhere), ($"workspace/default/experiment/{from}", there), ($"workspace/default/experiment/{to}", target));
        using var writer = await Caller("writer", Role.Viewer, Role.Contributor, Role.Admin);
        using var manager = await Caller("manager", Role.Viewer, Role.Admin, Role.Viewer);
        using var stranger = await Caller("stranger", Role.Contributor, Role.None, Role.Admin);
        using var lost = await Caller("lost", Role.Contributor, Role.Admin, Role.None);
        using var viewer = await room.Program(Role.Viewer, "default");
        using var both = await Caller("both", Role.Viewer, Role.Admin, Role.Contributor);

        var refused = await Move(room, [run], to, writer);
        Assert.Equal(403, refused.Status);
        Assert.Contains("tracking.runs.delete", refused.Body, StringComparison.Ordinal);
        refused = await Move(room, [run], to, manager);
        Assert.Equal(403, refused.Status);
        Assert.Contains("tracking.runs.write", refused.Body, StringComparison.Ordinal);
        Assert.Equal(404, (await Move(room, [run], to, stranger)).Status);
        Assert.Equal(404, (await Move(room, [run], to, lost)).Status);
        Assert.Equal(403, (await Move(room, [run], to, viewer)).Status);
        Assert.Equal(["moved"], await room.Search(new { experiment_ids = new[] { from } }));

        Assert.Equal("{\"moved\":1}", (await Move(room, [run], to, both)).Body);
        Assert.Equal(["moved"], await room.Search(new { experiment_ids = new[] { to } }));
    }

    [Theory, EachDatabase]
    public async Task All_move_or_none_and_only_within_the_workspace(string database)
    {
        await using var room = await Room.Open(database);
        var (run, deleted, target, gone) = (await room.CreateRun(), await room.CreateRun(), await room.CreateExperiment("target"), await room.CreateExperiment("gone"));
        await room.Done("runs/delete", new { run_id = deleted });
        await room.Done("experiments/delete", new { experiment_id = gone });
        using var stranger = await room.Program(Role.Contributor, "risk");
        var theirs = (string)JsonNode.Parse((await room.Post("experiments/create", new { name = "theirs" }, stranger)).Body)!["experiment_id"]!;

        Assert.Equal(404, (await Move(room, [run, "nobody"], target)).Status);
        Assert.Equal(400, (await Move(room, [run, deleted], target)).Status);
        Assert.Equal(400, (await Move(room, [run], gone)).Status);
        Assert.Equal(404, (await Move(room, [run], theirs)).Status);
        Assert.Equal(400, (await Move(room, [run], "abc")).Status);
        Assert.Equal(400, (await Move(room, [], target)).Status);
        Assert.Equal(400, (await Move(room, [.. Enumerable.Repeat(run, 1_001)], target)).Status);
        var stolen = await room.Send(HttpMethod.Post, "/api/v1/w/risk/runs/move", JsonContent.Create(new MoveRunsRequest([run], theirs), options: WireJson.Options), stranger);

        Assert.Equal(404, stolen.Status);
        Assert.Equal(["r"], await room.Search(new { experiment_ids = new[] { "0" } }));
    }

    private static Task<(int Status, string Body)> Move(Room room, string[] runs, string experiment, HttpClient? by = null) =>
        room.Send(HttpMethod.Post, "/api/v1/w/default/runs/move", JsonContent.Create(new MoveRunsRequest(runs, experiment), options: WireJson.Options), by);

    private static async Task<string> Model(Room room, string experiment, string run) =>
        (string)(await room.Done("logged-models", new { experiment_id = experiment, name = "scorer", source_run_id = run }))["model"]!["info"]!["model_id"]!;

    private static async Task<string> ExperimentOf(Room room, string model) =>
        (string)JsonNode.Parse((await room.Get($"logged-models/{model}")).Body)!["model"]!["info"]!["experiment_id"]!;
}
