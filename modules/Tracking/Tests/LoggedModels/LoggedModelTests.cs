using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Tests.LoggedModels;

public sealed class LoggedModelTests
{
    private static readonly Caller Job = Caller.ForJob("test", "default");

    [Theory, EachDatabase]
    public async Task Files_of_a_model_go_through_the_proxy_and_other_rooms_see_them_with_their_digests(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        var model = await Create(room, "scorecard", run);

        Assert.Equal((200, "{}"), await Put(room, model, "MLmodel", "flavors: {}"));
        Assert.Equal((200, "{}"), await Put(room, model, "data/weights.bin", "12345"));
        Assert.Equal(400, (await Put(room, model, "../weights.bin", "x")).Status);
        var listed = JsonNode.Parse((await room.Get($"logged-models/{model}/artifacts/directories?artifact_directory_path=data")).Body)!;
        var proxied = JsonNode.Parse((await room.Get($"/api/2.0/mlflow-artifacts/artifacts?path=0/models/{model}/artifacts")).Body)!;
        var content = await room.Get($"/ajax-api/2.0/mlflow/logged-models/{model}/artifacts/files?artifact_file_path=MLmodel");
        var download = await room.Get($"/api/2.0/mlflow-artifacts/artifacts/0/models/{model}/artifacts/data/weights.bin");
        var record = (await room.Server.Services.GetRequiredService<ILoggedModels>().Find(Job, model, "", CancellationToken.None)).Value;

        Assert.Equal(($"mlflow-artifacts:/0/models/{model}/artifacts", "data/weights.bin", 5), ((string?)listed["root_uri"], (string?)listed["files"]![0]!["path"], (int)listed["files"]![0]!["file_size"]!));
        Assert.Equal(["MLmodel", "data"], proxied["files"]!.AsArray().Select(file => (string?)file!["path"]));
        Assert.Equal((200, "flavors: {}"), content);
        Assert.Equal((200, "12345"), download);
        Assert.Equal((run, "pending", "0", "scorecard"), (record.SourceRunId, record.Status, record.ExperimentId, record.Name));
        Assert.Equal(["MLmodel", "data/weights.bin"], record.Files.Select(file => file.Path));
        Assert.All(record.Files, file => Assert.Equal(64, file.Digest.Length));
        Assert.Empty((await room.Native<ArtifactList>($"runs/{run}/artifacts")).Items);
        Assert.Equal(2, (await room.Native<ArtifactList>($"logged-models/{model}/artifacts")).Items.Count);
    }

    [Theory, EachDatabase]
    public async Task What_a_run_measures_of_a_model_is_shown_per_dataset_and_all_or_nothing_is_stored(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        var (a, b) = (await Create(room, "a", run), await Create(room, "b", run));

        await room.Done("runs/log-batch", new
        {
            run_id = run,
            metrics = (object[])
            [
                new { key = "acc", value = 0.5, timestamp = 1, step = 1, model_id = a, dataset_name = "d", dataset_digest = "1" }, new { key = "acc", value = 0.7, timestamp = 2, step = 2, model_id = a, dataset_name = "d", dataset_digest = "1" },
                new { key = "acc", value = 0.6, timestamp = 1, step = 0, model_id = a, dataset_name = "e" }, new { key = "acc", value = "NaN", timestamp = 1, step = 0, model_id = b }, new { key = "plain", value = 1, timestamp = 1 },
            ],
        });
        await room.Done("runs/log-metric", new { run_id = run, key = "acc", value = 0.1, timestamp = 1, step = 1, model_id = a, dataset_name = "d", dataset_digest = "1" });
        var unknown = await room.Post("runs/log-metric", new { run_id = run, key = "lost", value = 1, timestamp = 1, model_id = "m-" + new string('0', 32) });
        var tooLong = await room.Post("runs/log-metric", new { run_id = run, key = "lost", value = 1, timestamp = 1, model_id = a, dataset_name = new string('x', 501) });

        var shown = (await room.Native<LoggedModelView>($"logged-models/{a}")).Measures;
        Assert.Equal([(0.7, 2L, "d", "1"), (0.6, 0L, "e", null)], shown.Select(one => (one.Value!.Value, one.Step, one.DatasetName!, one.DatasetDigest)));
        Assert.Null(Assert.Single((await room.Native<LoggedModelView>($"logged-models/{b}")).Measures).Value);
        Assert.Contains("\"NaN\"", (await room.Get($"logged-models/{b}")).Body, StringComparison.Ordinal);
        Assert.Equal((404, 400), (unknown.Status, tooLong.Status));
        Assert.Empty(await room.History(run, "lost"));
        Assert.Single(await room.History(run, "plain"));
    }

    [Theory, EachDatabase]
    public async Task A_search_finds_what_its_filter_and_its_datasets_say_in_the_order_asked_for(string database)
    {
        var clock = new ManualClock();
        await using var room = await Room.Open(database, clock);
        var experiment = await room.CreateExperiment("models");
        var run = await room.CreateRun(experiment);
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            // The newest first is told by milliseconds.
            clock.Advance(TimeSpan.FromSeconds(1));
            ids.Add(await Create(room, $"m{i}", i < 3 ? run : null, experiment, i % 2 == 0 ? "agent" : ""));
            if (i != 5) { await room.Done("runs/log-metric", new { run_id = run, key = "acc", value = i == 4 ? (object)"NaN" : i / 10.0, timestamp = 1, model_id = ids[i], dataset_name = i < 2 ? "d" : "e", dataset_digest = $"{i}" }); }
        }

        await room.Send(HttpMethod.Patch, $"{Room.Mlflow}logged-models/{ids[1]}", Json("""{"status": 2}"""));
        await room.Send(HttpMethod.Patch, $"{Room.Mlflow}logged-models/{ids[2]}", Json("""{"status": "LOGGED_MODEL_UPLOAD_FAILED"}"""));
        await room.Send(HttpMethod.Patch, $"{Room.Mlflow}logged-models/{ids[3]}/tags", Json("""{"tags": [{"key": "stage", "value": "prod"}]}"""));
        object none = Array.Empty<object>();
        object ByName(bool ascending) => new[] { new { field_name = "name", ascending } };
        object ByAcc(bool ascending) => new[] { new { field_name = "metrics.acc", ascending } };
        (string Filter, object Datasets, object Order, string Found)[] table =
        [
            ("", none, none, "543210"), ("", none, ByName(true), "012345"), ("", none, ByAcc(true), "012345"), ("", none, ByAcc(false), "321045"),
            ("name IN ('m1', 'm4')", none, ByName(true), "14"), ("name NOT IN ('m1', 'm4')", none, ByName(true), "0235"), ("attributes.model_type = 'agent'", none, ByName(true), "024"),
            ("status = 'READY'", none, ByName(true), "1"), ("status != 'PENDING'", none, ByName(true), "12"), ("status IN ('READY', 'FAILED')", none, ByName(true), "12"), ("status LIKE 'LOGGED_MODEL_P%'", none, ByName(true), "0345"),
            ($"source_run_id = '{run}'", none, ByName(true), "012"), ($"model_id = '{ids[5]}'", none, none, "5"), ("creation_timestamp > 0 AND name ILIKE 'M3'", none, none, "3"),
            ("metrics.acc > 0.1", none, ByName(true), "23"), ("metrics.acc != 0.1", none, ByName(true), "0234"), ("tags.stage = 'prod'", none, none, "3"), ("tags.stage IS NULL AND params.i = '2'", none, none, "2"), ("params.none IS NOT NULL", none, none, ""),
            ("metrics.acc >= 0", new[] { new { dataset_name = "d" } }, ByName(true), "01"), ("metrics.acc >= 0", new[] { new { dataset_name = "e", dataset_digest = "3" } }, none, "3"), ("", new[] { new { dataset_name = "e" } }, ByName(true), "234"),
        ];

        var faults = new List<string>();
        foreach (var (filter, datasets, order, expected) in table)
        {
            var (pages, token) = ("", "");
            do
            {
                var page = await room.Done("logged-models/search", new { experiment_ids = new[] { experiment }, filter, datasets, order_by = order, max_results = 2, page_token = token });
                pages += string.Concat((page["models"] as JsonArray ?? []).Select(model => ((string)model!["info"]!["name"]!)[1..]));
                token = (string?)page["next_page_token"] ?? "";
            }
            while (token.Length > 0);

            if (pages != expected) { faults.Add($"'{filter}': wanted {expected}, found {pages}"); }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.Equal(["m2", "m1"], (await room.Native<Page<LoggedModelView>>($"logged-models?run={run}&limit=2")).Items.Select(model => model.Name));
        Assert.Equal((200, "{}"), await room.Post("logged-models/search", new { experiment_ids = new[] { "987654" } }));
        await RefusesTokensOfOtherSearches(room, experiment);
        await GoesOnBehindWhatWasShown(room, experiment, ids);
    }

    /// <summary>The newest comes, and what stood before goes, between two pages.</summary>
    private static async Task GoesOnBehindWhatWasShown(Room room, string experiment, List<string> ids)
    {
        Task<JsonNode> Page(string? token) => room.Done("logged-models/search", new { experiment_ids = new[] { experiment }, max_results = 2, page_token = token });
        static string Names(JsonNode page) => string.Concat(page["models"]!.AsArray().Select(model => (string)model!["info"]!["name"]!));
        var native = await room.Native<Page<LoggedModelView>>($"logged-models?experiment={experiment}&limit=2");
        var first = await Page(null);
        await Create(room, "m6", null, experiment);
        await room.Send(HttpMethod.Delete, $"{Room.Mlflow}logged-models/{ids[4]}", null);

        var second = await Page((string)first["next_page_token"]!);

        Assert.Equal(("m5m4", "m3m2", "m1m0"), (Names(first), Names(second), Names(await Page((string)second["next_page_token"]!))));
        Assert.Equal(["m3", "m2"], (await room.Native<Page<LoggedModelView>>($"logged-models?experiment={experiment}&limit=2&cursor={Uri.EscapeDataString(native.Next!)}")).Items.Select(model => model.Name));
    }

    private static async Task RefusesTokensOfOtherSearches(Room room, string experiment)
    {
        object Asked(string id, string order, object[] datasets, string token) => new
        {
            experiment_ids = new[] { id }, order_by = new[] { new { field_name = order } }, datasets, max_results = 1, page_token = token,
        };
        var token = (string)(await room.Done("logged-models/search", Asked(experiment, "name", [], "")))["next_page_token"]!;

        (object Body, string Reason)[] table =
        [
            (Asked("0", "name", [], token), "Experiment IDs in the page token"), (Asked(experiment, "model_id", [], token), "Order by in the page token"),
            (Asked(experiment, "name", [new { dataset_name = "d" }], token), "Datasets in the page token"), (Asked(experiment, "name", [], "eyJvZmZzZXQiOjF9"), "Invalid page token"),
            (Asked(experiment, "name", [], "?"), "Invalid page token"), (Asked(experiment, "shape", [], ""), "Invalid order by field name: shape"),
        ];
        foreach (var (body, reason) in table)
        {
            var answer = await room.Post("logged-models/search", body);
            Assert.Equal(400, answer.Status);
            Assert.Contains(reason, answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task A_registration_is_noted_once_beside_others_and_only_on_a_model_that_is_there(string database)
    {
        await using var room = await Room.Open(database);
        var model = await Create(room, "m");
        var port = room.Server.Services.GetRequiredService<ILoggedModels>();
        Task<Problem?> Note(string workspace, string name, long version) => room.Server.Db.Write(tx => port.NoteRegistration(tx, Caller.ForJob("test", workspace), model, name, version), CancellationToken.None);

        Assert.Null(await Note("default", "credit \"a\"", 1));
        Assert.Null(await Note("default", "credit \"a\"", 1));
        Assert.Null(await Note("default", "credit \"a\"", 2));
        Assert.Equal(404, (await Note("risk", "mine", 1))?.Status);

        var tags = (await room.Native<LoggedModelView>($"logged-models/{model}")).Tags;
        Assert.Equal("""[{"name": "credit \"a\"", "version": 1}, {"name": "credit \"a\"", "version": 2}]""", tags["mlflow.modelVersions"]);
    }

    [Theory, EachDatabase]
    public async Task Putting_a_model_away_is_audited_and_it_takes_nothing_any_more(string database)
    {
        await using var room = await Room.Open(database);
        var (model, run) = (await Create(room, "m"), await room.CreateRun());

        Assert.Equal(200, (await room.Send(HttpMethod.Delete, $"{Room.Mlflow}logged-models/{model}", null)).Status);

        Assert.Equal(404, (await room.Send(HttpMethod.Delete, $"{Room.Mlflow}logged-models/{model}", null)).Status);
        Assert.Equal(404, (await Put(room, model, "a.txt", "x")).Status);
        Assert.Equal(404, (await room.Send(HttpMethod.Patch, $"{Room.Mlflow}logged-models/{model}/tags", Json("""{"tags": [{"key": "a"}]}"""))).Status);
        Assert.Equal(404, (await room.Post("runs/log-metric", new { run_id = run, key = "acc", value = 1, timestamp = 1, model_id = model })).Status);
        Assert.Equal(404, (await room.Server.Services.GetRequiredService<ILoggedModels>().Find(Job, model, "", CancellationToken.None)).Problem?.Status);
        Assert.Equal(1, await room.Server.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*) FROM kernel_audit_entries WHERE action = 'loggedModel.delete' AND subject = {"loggedModel/" + model}", row => row.GetInt64(0)), CancellationToken.None));
    }

    [Theory, EachDatabase]
    public async Task What_a_model_may_not_be_is_refused_with_its_reason(string database)
    {
        await using var room = await Room.Open(database);
        var gone = await room.CreateExperiment("gone");
        await room.Done("experiments/delete", new { experiment_id = gone });
        var model = await Create(room, "m");
        (object Body, int Status, string Reason)[] table =
        [
            (new { experiment_id = gone, name = "x" }, 400, "must be in the 'active' state"), (new { experiment_id = "424242", name = "x" }, 404, "No Experiment with id=424242"),
            (new { experiment_id = "0", name = "x", source_run_id = new string('0', 32) }, 404, "Run with id="), (new { experiment_id = "0", name = new string('x', 501) }, 400, "maximum length of 500"),
            (new { experiment_id = "0", name = "50%" }, 400, "cannot contain"), (new { experiment_id = "0", tags = new[] { new { key = new string('k', 251), value = "" } } }, 400, "maximum length of 250"),
            (new { experiment_id = "0", tags = new[] { new { key = "k", value = new string('v', 100_001) } } }, 400, "maximum length of 100000"),
            (new { experiment_id = "0", @params = new[] { new { key = "../k", value = "" } } }, 400, "params[0].key"), (new { experiment_id = "0", model_type = new string('x', 501) }, 400, "model_type"),
        ];

        foreach (var (body, status, reason) in table)
        {
            var answer = await room.Post("logged-models", body);
            Assert.Equal(status, answer.Status);
            Assert.Contains(reason, answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await room.Send(HttpMethod.Post, $"{Room.Mlflow}logged-models/{model}/params", Json("""{"params": [{"key": "i", "value": ""}]}"""))).Status);
        Assert.Equal(400, (await room.Send(HttpMethod.Post, $"{Room.Mlflow}logged-models/{model}/params", Json("""{"params": [{"key": "i", "value": "other"}]}"""))).Status);
    }

    internal static async Task<string> Create(Room room, string name, string? run = null, string experiment = "0", string type = "") =>
        (string)(await room.Done("logged-models", new { experiment_id = experiment, name, source_run_id = run, model_type = type, @params = new[] { new { key = "i", value = name[1..] } } }))["model"]!["info"]!["model_id"]!;

    private static Task<(int Status, string Body)> Put(Room room, string model, string path, string content) =>
        room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/models/{model}/artifacts/{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal).Replace("../", "..%2F", StringComparison.Ordinal)}", new StringContent(content));

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
