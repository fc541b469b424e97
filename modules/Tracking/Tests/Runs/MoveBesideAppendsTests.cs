using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Inputs;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Tests.Runs;

/// <summary>Whatever is logged to a run while it is moved ends where the run is.</summary>
public sealed class MoveBesideAppendsTests
{
    [Theory, EachDatabase]
    public async Task What_was_being_written_when_the_run_was_moved_goes_along(string database)
    {
        await using var room = await Room.Open(database);
        var (from, to) = (await room.CreateExperiment("from"), await room.CreateExperiment("to"));
        var loss = (await room.Server.Services.GetRequiredService<MetricKeys>().Resolve(["loss"], default))[0];
        foreach (var append in (bool[])[true, false])
        {
            var run = await room.CreateRun(from, $"{append}");
            using var began = new ManualResetEventSlim();
            using var goOn = new ManualResetEventSlim();
            Result<Done> Work(WriteTx tx)
            {
                if (RunStore.FindAndHold(tx, Caller.ForJob("test", "default"), Permissions.RunsWrite, run).Fails(out var problem, out var held)) { return problem; }

                began.Set();
                goOn.Wait();
                MetricStore.RaiseLatest(tx, held.Key, held.ExperimentId, [(loss, new MetricPoint(1, 1, 0.5))]);
                RunStore.AddParams(tx, held, [new("lr", "0.1")]);
                RunStore.SetTags(tx, held, [new("team", "red")]);
                InputStore.AddDatasets(tx, held, [(9_000_000_000, new DatasetInput(new UsedDataset("rows", "d1", "local", "a.csv", null, null), []))]);
                return Done.Value;
            }

            var write = append ? room.Server.Db.Append(Work, default) : room.Server.Db.Write(Work, default);
            began.Wait(TestContext.Current.CancellationToken);
            var move = Move(room, run, to);
            // On SQLite the move waits for its turn as it is.
            for (var tries = 0; database == TestDatabase.Postgres && !await Waits(room); tries++)
            {
                Assert.False(move.IsCompleted || tries > 600, "The move did not wait for what held the run.");
                await Task.Delay(100);
            }

            goOn.Set();
            Assert.Null((await write).Problem);
            Assert.Equal("{\"moved\":1}", await move);
        }

        foreach (var filter in (string[])["metrics.loss = 0.5", "params.lr = '0.1'", "tags.team = 'red'", "dataset.digest = 'd1'"])
        {
            Assert.Equal(["False", "True"], (await room.Search(new { experiment_ids = new[] { to }, filter })).Order(StringComparer.Ordinal));
            Assert.Empty(await room.Search(new { experiment_ids = new[] { from }, filter }));
        }
    }

    [Theory, EachDatabase]
    public async Task A_run_that_is_moved_again_and_again_while_it_is_logged_to_keeps_everything(string database)
    {
        const int Moves = 20;
        await using var room = await Room.Open(database);
        string[] experiments = [await room.CreateExperiment("one"), await room.CreateExperiment("other")];
        var run = await room.CreateRun(experiments[0], "moved");
        using var moved = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var written = 0;
            for (; !moved.IsCancellationRequested; written++)
            {
                var key = $"w{writer}/{written}";
                await room.Log(run, key, 1);
                await room.Done("runs/log-parameter", new { run_id = run, key, value = "1" });
                await room.Done("runs/set-tag", new { run_id = run, key, value = "1" });
                await room.Done("runs/log-inputs", new { run_id = run, datasets = new[] { new { dataset = new { name = key, digest = "d", source_type = "local", source = "a" } } } });
            }

            return written;
        })).ToList();

        for (var move = 1; move <= Moves; move++) { Assert.Equal("{\"moved\":1}", await Move(room, run, experiments[move % 2])); }

        await moved.CancelAsync();
        var written = (await Task.WhenAll(writers)).Sum();
        var (key, home) = await room.Server.Db.Read(tx => RunStore.FindForServer(tx, "default", run) is { } found ? (found.Key, found.ExperimentId) : default, default);
        Assert.Empty(await room.Server.Db.Read(
            tx => tx.Query(
                $"""
                SELECT 'metric' FROM tracking_metric_latest WHERE run_key = {key} AND experiment_id <> {home} UNION ALL
                SELECT 'param' FROM tracking_params WHERE run_key = {key} AND experiment_id <> {home} UNION ALL
                SELECT 'tag' FROM tracking_tags WHERE run_key = {key} AND experiment_id <> {home} UNION ALL
                SELECT 'dataset' FROM tracking_run_datasets u JOIN tracking_datasets d ON d.dataset_key = u.dataset_key WHERE u.run_key = {key} AND d.experiment_id <> {home}
                """, row => row.GetString(0)), default));
        var shown = JsonNode.Parse((await room.Get($"runs/get?run_id={run}")).Body)!["run"]!;
        Assert.Equal(experiments[0], (string)shown["info"]!["experiment_id"]!);
        Assert.Equal([written, written, written], ((string[])["metrics", "params"]).Select(kind => shown["data"]![kind]!.AsArray().Count).Append(shown["inputs"]!["dataset_inputs"]!.AsArray().Count));
        Assert.Equal(written + 1, shown["data"]!["tags"]!.AsArray().Count);
    }

    [Theory, EachDatabase]
    public async Task Every_table_with_an_experiment_is_known_to_the_move(string database)
    {
        await using var room = await Room.Open(database);

        var tables = await room.Server.Db.Read(tx => tx.Query(
            database == TestDatabase.Postgres
                ? (Sql)$"SELECT CAST(table_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'experiment_id'"
                : $"SELECT t.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name = 'experiment_id'", row => row.GetString(0)), default);

        // Runs, what is logged to them, datasets and models move; experiments, their tags and where an import put them do not.
        Assert.Equal(
            ["tracking_datasets", "tracking_experiment_tags", "tracking_experiments", "tracking_import_experiments", "tracking_metric_latest", "tracking_models", "tracking_params", "tracking_runs", "tracking_tags"],
            tables.Order(StringComparer.Ordinal));
    }

    private static Task<bool> Waits(Room room) => room.Server.Db.Read(tx => tx.Exists($"SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"), default);

    private static async Task<string> Move(Room room, string run, string experiment)
    {
        var (_, body) = await room.Send(HttpMethod.Post, "/api/v1/w/default/runs/move", JsonContent.Create(new MoveRunsRequest([run], experiment), options: WireJson.Options));
        return body;
    }
}
