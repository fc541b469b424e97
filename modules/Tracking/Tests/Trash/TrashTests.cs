using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Trash;

namespace Slipway.Tracking.Tests.Trash;

public sealed class TrashTests
{
    private static readonly string[] TablesByRun =
        ["tracking_runs", "tracking_metric_latest", "tracking_metric_tails", "tracking_metric_blocks", "tracking_params", "tracking_tags", "tracking_artifacts"];

    [Theory, EachDatabase]
    public async Task What_was_deleted_can_be_restored_until_its_time_is_over_and_is_then_erased_with_all_it_logged(string database)
    {
        var clock = new ManualClock();
        await using var room = await Room.Open(database, clock);
        var experiment = await room.CreateExperiment("short/lived");
        var (gone, kept) = (await Logged(room, experiment, "gone"), await Logged(room, experiment, "kept"));
        var key = await Count(room, $"SELECT run_key FROM tracking_runs WHERE run_id = '{gone}'");
        var rounds = room.Server.Services.GetRequiredService<TrashRounds>();

        await room.Done("runs/delete", new { run_id = gone });
        clock.Advance(TimeSpan.FromDays(29));
        await rounds.Step(CancellationToken.None);
        var waiting = Assert.Single((await room.Native<Page<TrashItemView>>("trash")).Items);
        await room.Done("runs/restore", new { run_id = gone });
        await room.Done("runs/delete", new { run_id = gone });
        clock.Advance(TimeSpan.FromDays(29));
        await rounds.Step(CancellationToken.None);
        Assert.Equal(200, (await room.Get($"runs/get?run_id={gone}")).Status);
        clock.Advance(TimeSpan.FromDays(2));
        await rounds.Step(CancellationToken.None);

        var (status, text) = await room.Get($"runs/get?run_id={gone}");
        Assert.Equal(("gone", gone, 30 * 86_400_000L), (waiting.Name, waiting.Id, waiting.PurgeMs - waiting.DeletedMs));
        Assert.True(status == 404 && text.Contains("deleted for good on", StringComparison.Ordinal), text);
        Assert.Equal(["kept"], await room.Search(new { experiment_ids = new[] { experiment }, run_view_type = "ALL" }));
        Assert.Single(await room.History(kept, "loss"));
        Assert.Equal("kept", (await room.Get($"/get-artifact?run_id={kept}&path=model/a.txt")).Body);
        foreach (var table in TablesByRun) { Assert.Equal(0, await Count(room, $"SELECT COUNT(*) FROM {table} WHERE run_key = {key}")); }

        await room.Done("logged-models", new { experiment_id = experiment, name = "scorer", source_run_id = kept, tags = new[] { new { key = "k", value = "v" } } });
        await room.Done("runs/log-inputs", new { run_id = kept, datasets = new[] { new { dataset = new { name = "d", digest = "1", source_type = "local", source = "a" } } } });
        await room.Done("experiments/delete", new { experiment_id = experiment });
        clock.Advance(TimeSpan.FromDays(31));
        await rounds.Step(CancellationToken.None);

        Assert.Equal(404, (await room.Get($"experiments/get?experiment_id={experiment}")).Status);
        string[] tables = [.. TablesByRun, "tracking_run_datasets", "tracking_datasets", "tracking_models", "tracking_model_tags"];
        foreach (var table in tables) { Assert.Equal(0, await Count(room, $"SELECT COUNT(*) FROM {table}")); }

        Assert.True(long.Parse(await room.CreateExperiment("short/lived"), null) > long.Parse(experiment, null), "The id of a purged experiment came back.");
        Assert.Equal(3, await Count(room, "SELECT COUNT(*) FROM kernel_audit_entries WHERE actor = 'system:trash' AND action IN ('run.purge', 'experiment.purge')"));
        Assert.Equal(3, await Count(room, "SELECT COUNT(*) FROM kernel_facts WHERE kind IN ('run.purged', 'experiment.purged')"));
    }

    [Theory, EachDatabase]
    public async Task A_deleted_logged_model_is_erased_when_its_time_is_over_and_no_version_needs_it(string database)
    {
        var clock = new ManualClock();
        await using var room = await Room.Open(database, clock);
        var run = await Logged(room, "0", "source");
        var (gone, needed, active) = (await Model(room, run, "gone"), await Model(room, run, "needed"), await Model(room, run, "active"));
        await room.Done("registered-models/create", new { name = "credit" });
        await room.Done("model-versions/create", new { name = "credit", source = "s3://bucket/credit", model_id = needed });
        foreach (var model in (string[])[gone, needed]) { Assert.Equal(200, (await room.Send(HttpMethod.Delete, $"{Room.Mlflow}logged-models/{model}", null)).Status); }

        var rounds = room.Server.Services.GetRequiredService<TrashRounds>();
        clock.Advance(TimeSpan.FromDays(29));
        await rounds.Step(CancellationToken.None);
        var shown = (await room.Native<Page<TrashItemView>>("trash?kind=loggedModel")).Items;
        Assert.Equal([("gone", true, null), ("needed", false, "model credit version 1")], shown.Select(item => (item.Name, item.PurgeMs is not null, item.NeededBy)));
        clock.Advance(TimeSpan.FromDays(2));
        await rounds.Step(CancellationToken.None);

        Assert.Equal(404, (await room.Get($"logged-models/{gone}?allow_deleted=true")).Status);
        Assert.Equal(200, (await room.Get($"logged-models/{needed}?allow_deleted=true")).Status);
        Assert.Equal("active", (await room.Get($"/ajax-api/2.0/mlflow/logged-models/{active}/artifacts/files?artifact_file_path=a.txt")).Body);
        foreach (var table in (string[])["tracking_model_params", "tracking_model_metrics"]) { Assert.Equal(2, await Count(room, $"SELECT COUNT(*) FROM {table}")); }

        Assert.Equal(1, await Count(room, "SELECT COUNT(*) FROM kernel_audit_entries WHERE action = 'loggedModel.purge'"));
    }

    [Theory, EachDatabase]
    public async Task A_deleted_logged_model_comes_back_or_is_purged_by_hand(string database)
    {
        await using var room = await Room.Open(database);
        var run = await Logged(room, "0", "source");
        var (back, gone, active) = (await Model(room, run, "back"), await Model(room, run, "gone"), await Model(room, run, "active"));
        await Put(room, new TrashRequest(LoggedModels: [back, gone]));
        using var reader = await room.Program(Role.Viewer, "default");
        using var stranger = await room.Program(Role.Admin, "risk");

        Assert.Equal(404, (await room.Get($"logged-models/{back}")).Status);
        Assert.Equal(403, (await room.Send(HttpMethod.Post, "/api/v1/w/default/trash/restore", Json(new TrashRequest(LoggedModels: [back])), reader)).Status);
        Assert.Equal(404, (await room.Send(HttpMethod.Post, "/api/v1/w/risk/trash/restore", Json(new TrashRequest(LoggedModels: [back])), stranger)).Status);
        for (var times = 0; times < 2; times++) { Assert.Equal(204, (await room.Send(HttpMethod.Post, "/api/v1/w/default/trash/restore", Json(new TrashRequest(LoggedModels: [back])))).Status); }

        var asked = new PurgeRequest(LoggedModels: [gone, active, "m-nobody"]);
        var (dry, done) = (await Report(room, asked with { DryRun = true }), await Report(room, asked));

        Assert.Equal((1, 1, 4, 1), (dry.LoggedModels, dry.Artifacts, dry.ArtifactBytes, done.LoggedModels));
        Assert.Equal([active, "m-nobody"], done.Kept.Select(item => item.Id));
        Assert.Equal("back", (await room.Get($"/ajax-api/2.0/mlflow/logged-models/{back}/artifacts/files?artifact_file_path=a.txt")).Body);
        Assert.Equal(404, (await room.Get($"logged-models/{gone}?allow_deleted=true")).Status);
        await Put(room, new TrashRequest(LoggedModels: [back]));
        Assert.Equal(1, (await Report(room, new PurgeRequest(All: true))).LoggedModels);
        Assert.Equal(1, await Count(room, $"SELECT COUNT(*) FROM kernel_audit_entries WHERE action = 'loggedModel.restore' AND subject = 'loggedModel/{back}'"));
    }

    [Fact]
    public async Task With_no_time_set_nothing_is_erased_by_itself()
    {
        var clock = new ManualClock();
        await using var room = await Room.Open(TestDatabase.Sqlite, clock, new() { ["tracking:trashdays"] = "0" });
        var run = await room.CreateRun();
        await room.Done("runs/delete", new { run_id = run });
        clock.Advance(TimeSpan.FromDays(4_000));
        await room.Server.Services.GetRequiredService<TrashRounds>().Step(CancellationToken.None);

        Assert.Null(Assert.Single((await room.Native<Page<TrashItemView>>("trash")).Items).PurgeMs);
        Assert.Equal(200, (await room.Get($"runs/get?run_id={run}")).Status);
    }

    [Theory, EachDatabase]
    public async Task What_is_purged_by_hand_is_what_the_dry_run_said_and_what_is_not_in_the_trash_stays(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await room.CreateExperiment("by hand");
        var (active, first, second) = (await Logged(room, "0", "active"), await Logged(room, "0", "first"), await Logged(room, experiment, "second"));
        await Put(room, new TrashRequest([first], [experiment]));

        var asked = new PurgeRequest([active, first, "nobody"], [experiment, "0", "77"], Reason: "asked to forget");
        var dry = await Report(room, asked with { DryRun = true });
        Assert.Equal(2, (await room.Native<Page<TrashItemView>>("trash")).Items.Count);
        var done = await Report(room, asked);

        Assert.Equal((2, 1, 2, 11), (dry.Runs, dry.Experiments, dry.Artifacts, dry.ArtifactBytes));
        Assert.Equal((dry.Runs, dry.Experiments, dry.Artifacts, dry.ArtifactBytes, false), (done.Runs, done.Experiments, done.Artifacts, done.ArtifactBytes, done.More));
        Assert.Equal([("run", active), ("run", "nobody"), ("experiment", "0"), ("experiment", "77")], done.Kept.Select(item => (item.Kind, item.Id)));
        Assert.Equal(dry.Kept, done.Kept);
        Assert.Equal(200, (await room.Get($"runs/get?run_id={active}")).Status);
        foreach (var run in (string[])[first, second]) { Assert.Equal(404, (await room.Get($"runs/get?run_id={run}")).Status); }

        Assert.Equal(3, await Count(room, "SELECT COUNT(*) FROM kernel_audit_entries WHERE action IN ('run.purge', 'experiment.purge')"));
        Assert.Equal(new PurgeReport(false, 0, 0, 0, 0, []) with { Kept = done.Kept }, await Report(room, new PurgeRequest(All: true)) with { Kept = done.Kept });
    }

    [Theory, EachDatabase]
    public async Task The_whole_trash_goes_page_by_page_and_only_that_of_the_workspace(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await room.CreateExperiment("bulk");
        await Runs.BulkRuns.Add(room.Server.Db, long.Parse(experiment, null), 1_203);
        using var admin = await room.Program(Role.Admin, "risk");
        var theirs = (string)System.Text.Json.Nodes.JsonNode.Parse((await room.Post("experiments/create", new { name = "theirs" }, admin)).Body)!["experiment_id"]!;
        await room.Post("experiments/delete", new { experiment_id = theirs }, admin);
        await room.Done("experiments/delete", new { experiment_id = experiment });

        var listed = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await room.Native<Page<TrashItemView>>($"trash?limit=500&cursor={cursor}");
            listed.AddRange(page.Items.Select(item => item.Id));
            cursor = page.Next;
        }

        var (first, second) = (await Report(room, new PurgeRequest(All: true)), await Report(room, new PurgeRequest(All: true)));

        Assert.Equal(1_203, listed.Distinct().Count());
        Assert.Equal((1_203, 1, true, false), (first.Runs + second.Runs, first.Experiments + second.Experiments, first.More, second.More));
        Assert.Contains(theirs, (await room.Get("/api/v1/w/risk/trash?kind=experiment", admin)).Body, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Only_an_admin_of_the_workspace_purges(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        using var contributor = await room.Program(Role.Contributor, "default");
        using var stranger = await room.Program(Role.Admin, "risk");
        Assert.Equal(204, (await room.Send(HttpMethod.Post, "/api/v1/w/default/trash", Json(new TrashRequest([run])), contributor)).Status);

        Assert.Equal(403, (await room.Send(HttpMethod.Post, "/api/v1/w/default/trash/purge", Json(new PurgeRequest([run])), contributor)).Status);
        var elsewhere = await room.Send(HttpMethod.Post, "/api/v1/w/risk/trash/purge", Json(new PurgeRequest([run])), stranger);

        Assert.True(elsewhere.Status == 200 && elsewhere.Body.Contains("no such run", StringComparison.Ordinal), elsewhere.Body);
        Assert.Equal(404, (await room.Send(HttpMethod.Post, "/api/v1/w/risk/trash/restore", Json(new TrashRequest([run])), stranger)).Status);
        Assert.Equal(204, (await room.Send(HttpMethod.Post, "/api/v1/w/default/trash/restore", Json(new TrashRequest([run])), contributor)).Status);
        Assert.Equal(200, (await room.Get($"runs/get?run_id={run}")).Status);
        object[] wrong =
        [
            new PurgeRequest(), new PurgeRequest([.. Enumerable.Repeat("a", 1_001)]), new PurgeRequest(null, [.. Enumerable.Repeat("1", 1_001)]), new PurgeRequest(null, ["abc"]),
            new PurgeRequest([run], Reason: new string('r', 1_001)),
        ];
        foreach (var body in wrong) { Assert.Equal(400, (await room.Send(HttpMethod.Post, "/api/v1/w/default/trash/purge", Json(body))).Status); }

        foreach (var query in (string[])["kind=nope", "limit=0", "limit=1001", "cursor=abc"]) { Assert.Equal(400, (await room.Get("/api/v1/w/default/trash?" + query)).Status); }

        Assert.Equal(400, (await room.Send(HttpMethod.Post, "/api/v1/w/default/trash", Json(new TrashRequest()))).Status);
    }

    private static async Task<string> Logged(Room room, string experiment, string name)
    {
        var run = await room.CreateRun(experiment, name);
        await room.Log(run, "loss", 1);
        await room.Done("runs/log-parameter", new { run_id = run, key = "lr", value = "1" });
        await room.Done("runs/update", new { run_id = run, status = "FINISHED" });
        await room.Server.Services.GetRequiredService<Tracking.Metrics.MetricFold>().Fold(await Count(room, $"SELECT run_key FROM tracking_runs WHERE run_id = '{run}'"), CancellationToken.None);
        await room.Log(run, "loss", 1);
        var stored = await room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/model/a.txt", new StringContent(name));
        Assert.Equal(200, stored.Status);
        return run;
    }

    private static async Task Put(Room room, TrashRequest body) =>
        Assert.Equal(204, (await room.Send(HttpMethod.Post, "/api/v1/w/default/trash", Json(body))).Status);

    private static async Task<PurgeReport> Report(Room room, PurgeRequest body)
    {
        using var answer = await room.Http.PostAsJsonAsync("/api/v1/w/default/trash/purge", body, WireJson.Options);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<PurgeReport>(WireJson.Options))!;
    }

    private static JsonContent Json(object body) => JsonContent.Create(body, body.GetType(), options: WireJson.Options);

    private static Task<long> Count(Room room, string sql) =>
        room.Server.Db.Read(tx => tx.QueryOne(Kernel.Search.Comparisons.Literal(sql), row => row.GetInt64(0)), CancellationToken.None);

    private static async Task<string> Model(Room room, string run, string name)
    {
        var model = await LoggedModels.LoggedModelTests.Create(room, name, run);
        await room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/models/{model}/artifacts/a.txt", new StringContent(name));
        await room.Done("runs/log-metric", new { run_id = run, key = "acc", value = 1, timestamp = 1, model_id = model });
        return model;
    }
}
