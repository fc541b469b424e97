using System.Text.Json.Nodes;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Tests.LoggedModels;

namespace Slipway.Tracking.Tests.Inputs;

public sealed class RunInputTests
{
    [Theory, EachDatabase]
    public async Task A_filter_on_datasets_finds_the_runs_that_used_them(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await room.CreateExperiment("inputs");
        for (var i = 0; i < 6; i++)
        {
            var run = await room.CreateRun(experiment, $"r{i}", 100 - i);
            if (i == 5) { continue; }

            // r0 used two digests of one name.
            await Use(room, run, i < 3 ? "train" : "other", $"digest{i}", i % 2 == 0 ? "training" : "eval");
            if (i == 0) { await Use(room, run, "train", "again", null); }
        }

        (string Filter, string Found)[] table =
        [
            ("dataset.name = 'train'", "012"), ("datasets.name != 'train'", "34"), ("dataset.name LIKE 'tr%'", "012"), ("dataset.name ILIKE 'TR%'", "012"), ("dataset.digest = 'again'", "0"),
            ("dataset.digest IN ('digest1', 'digest4', 'none')", "14"), ("dataset.digest NOT IN ('digest1', 'digest0')", "0234"), ("dataset.context = 'eval'", "13"), ("dataset.context LIKE '%ing'", "024"),
            ("dataset.name = 'train' AND dataset.context = 'eval'", "1"), ("dataset.name = 'none'", ""), ("dataset.name = 'train' AND start_time < 100", "12"),
        ];
        foreach (var (filter, expected) in table)
        {
            var found = string.Concat((await room.Search(new { experiment_ids = new[] { experiment }, filter })).Select(name => name[1..]));
            Assert.True(found == expected, $"{filter}: wanted {expected}, found {found}");
        }

        var summaries = (await room.Done("experiments/search-datasets", new { experiment_ids = new[] { experiment, "0", "none" } }))["dataset_summaries"]!.AsArray();
        Assert.Equal(6, summaries.Count);
        Assert.Equal(("other", "digest3", "eval"), ((string?)summaries[0]!["name"], (string?)summaries[0]!["digest"], (string?)summaries[0]!["context"]));
        Assert.Equal(400, (await room.Post("experiments/search-datasets", new { experiment_ids = Enumerable.Range(0, 21).Select(id => $"{id}") })).Status);
    }

    [Theory, EachDatabase]
    public async Task Runs_with_many_inputs_are_searched_and_each_dataset_keeps_what_was_said_first(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await room.CreateExperiment("many");
        var (one, two) = (await room.CreateRun(experiment, "one", 2), await room.CreateRun(experiment, "two", 1));
        object[] Many(string source) => [.. Enumerable.Range(0, 1_000).Select(i => new { dataset = new { name = $"part-{i:000}", digest = "d", source_type = "local", source, schema = "{}" } })];

        await room.Done("runs/log-inputs", new { run_id = one, datasets = Many("first") });
        await room.Done("runs/log-inputs", new { run_id = two, datasets = Many("second").Reverse() });
        await room.Done("runs/log-inputs", new { run_id = two, datasets = Many("third") });
        var tooMany = await room.Post("runs/log-inputs", new { run_id = two, datasets = Many("x").Append(new { dataset = new { name = "more" } }) });

        var found = (await room.Done("runs/search", new { experiment_ids = new[] { experiment }, filter = "dataset.name = 'part-500'" }))["runs"]!.AsArray();
        var inputs = found.Select(run => run!["inputs"]!["dataset_inputs"]!.AsArray()).ToList();
        Assert.Equal([1_000, 1_000], inputs.Select(list => list.Count));
        Assert.All(inputs.SelectMany(list => list), input => Assert.Equal("first", (string?)input!["dataset"]!["source"]));
        Assert.Equal(["part-000", "part-999"], inputs.Select(list => (string?)list[0]!["dataset"]!["name"]));
        Assert.Equal(400, tooMany.Status);
        Assert.Equal(1_000, await room.Server.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*) FROM tracking_datasets", row => row.GetInt64(0)), CancellationToken.None));
    }

    [Theory, EachDatabase]
    public async Task A_run_shows_what_went_in_and_which_models_came_out(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        var (made, used, sourced) = (await LoggedModelTests.Create(room, "made"), await LoggedModelTests.Create(room, "used"), await LoggedModelTests.Create(room, "sourced", run));
        await Use(room, run, "train", "abc", "training");
        await room.Done("runs/log-inputs", new { run_id = run, models = new[] { new { model_id = used }, new { model_id = "m-elsewhere" } } });
        await room.Done("runs/outputs", new { run_id = run, models = new[] { new { model_id = made, step = 3 } } });
        await room.Done("runs/outputs", new { run_id = run, models = new[] { new { model_id = made, step = 4 } } });

        var detail = await room.Native<RunDetail>($"runs/{run}");
        var wire = JsonNode.Parse((await room.Get($"runs/get?run_id={run}")).Body)!["run"]!;

        Assert.Equal(new RunDatasetView("train", "abc", "local", "{}", "training"), Assert.Single(detail.Datasets));
        Assert.Equal(
            [(used, false, null, "used"), ("m-elsewhere", false, null, null), (made, true, 4L, "made"), (sourced, true, null, "sourced")],
            detail.Models.Select(model => (model.ModelId, model.Made, model.Step, model.Name)));
        Assert.Equal([used, "m-elsewhere"], wire["inputs"]!["model_inputs"]!.AsArray().Select(model => (string?)model!["model_id"]));
        Assert.Equal(4, (int)Assert.Single(wire["outputs"]!["model_outputs"]!.AsArray())!["step"]!);
    }

    [Theory, EachDatabase]
    public async Task What_is_too_long_or_comes_too_late_is_refused(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        (object Dataset, object Tag, string Named)[] table =
        [
            (new { name = new string('x', 501) }, new { key = "k", value = "v" }, "'name'"), (new { digest = new string('x', 37) }, new { key = "k", value = "v" }, "'digest'"),
            (new { source = new string('x', 65_536) }, new { key = "k", value = "v" }, "'source'"), (new { schema = new string('x', 1_048_576) }, new { key = "k", value = "v" }, "'schema'"),
            (new { name = "n" }, new { key = new string('x', 256), value = "v" }, "'key'"), (new { name = "n" }, new { key = "k", value = new string('x', 501) }, "'value'"),
            (new { name = 5 }, new { key = "k", value = "v" }, "'datasets[0].dataset.name'"), (new { name = "n" }, new { key = "", value = "v" }, "'datasets[0].tags[0].key'"),
        ];
        foreach (var (dataset, tag, named) in table)
        {
            var (status, body) = await room.Post("runs/log-inputs", new { run_id = run, datasets = new[] { new { dataset, tags = new[] { tag } } } });
            Assert.Equal(400, status);
            Assert.Contains(named, body, StringComparison.Ordinal);
        }

        const string Model = """{"artifact_path": "m", "flavors": {}, "utc_time_created": "now", "run_id": "r"}""";
        await room.Done("runs/log-model", new { run_id = run, model_json = Model });
        await room.Done("runs/log-model", new { run_id = run, model_json = Model });
        Assert.Equal($"[{Model}, {Model}]", (await room.Native<RunDetail>($"runs/{run}")).Run.Tags["mlflow.log-model.history"]);

        await room.Done("runs/delete", new { run_id = run });
        (string Verb, object Body)[] late = [("log-inputs", new { run_id = run }), ("outputs", new { run_id = run, models = new[] { new { model_id = "m" } } }), ("log-model", new { run_id = run, model_json = Model })];
        foreach (var (verb, body) in late) { Assert.Contains("must be in the 'active' state", (await room.Post("runs/" + verb, body)).Body, StringComparison.Ordinal); }

        Assert.Equal(400, (await room.Post("runs/log-inputs", new { run_id = "../etc" })).Status);
    }

    private static Task<JsonNode> Use(Room room, string run, string name, string digest, string? context) => room.Done("runs/log-inputs", new
    {
        run_id = run,
        datasets = new[] { new { dataset = new { name, digest, source_type = "local", source = "{}" }, tags = context is null ? [] : new[] { new { key = "mlflow.data.context", value = context } } } },
    });
}
