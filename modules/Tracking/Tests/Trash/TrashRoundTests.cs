using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Ports;
using Slipway.Tracking.Trash;

namespace Slipway.Tracking.Tests.Trash;

/// <summary>What the server purges by itself, when, and what is left of it.</summary>
public sealed class TrashRoundTests
{
    [Theory, EachDatabase]
    public async Task What_cannot_be_purged_is_counted_and_left_and_everything_else_goes(string database)
    {
        var (clock, broken) = (new ManualClock(), new BrokenHolder());
        await using var room = await Room.Open(database, clock, services: services => services.AddSingleton<IRunHolder>(broken));
        var experiment = await room.CreateExperiment("bad");
        var (first, bad, last) = (await room.CreateRun(name: "first"), await room.CreateRun(experiment, "bad"), await room.CreateRun(name: "last"));
        var models = new[] { await LoggedModels.LoggedModelTests.Create(room, "bad", first), await LoggedModels.LoggedModelTests.Create(room, "good", first) };
        foreach (var run in (string[])[first, bad, last]) { await room.Done("runs/delete", new { run_id = run }); }

        await room.Done("experiments/delete", new { experiment_id = experiment });
        foreach (var model in models) { Assert.Equal(200, (await room.Send(HttpMethod.Delete, $"{Room.Mlflow}logged-models/{model}", null)).Status); }

        var rounds = room.Server.Services.GetRequiredService<TrashRounds>();
        broken.Bad = [bad, models[0]];
        clock.Advance(TimeSpan.FromDays(31));
        await rounds.Step(CancellationToken.None);

        await Answers(room, 404, $"runs/get?run_id={first}", $"runs/get?run_id={last}");

        await Answers(room, 404, $"logged-models/{models[1]}?allow_deleted=true");
        await Answers(room, 200, $"logged-models/{models[0]}?allow_deleted=true", $"runs/get?run_id={bad}", $"experiments/get?experiment_id={experiment}");
        var metrics = await room.Http.GetStringAsync("/metrics");
        foreach (var kind in (string[])["run", "experiment", "loggedModel"]) { Assert.Contains($"slipway_tracking_trash_failed{{kind=\"{kind}\"}}", metrics, StringComparison.Ordinal); }

        broken.Bad = [];
        await rounds.Step(CancellationToken.None);

        await Answers(room, 404, $"runs/get?run_id={bad}", $"experiments/get?experiment_id={experiment}");
    }

    [Theory, EachDatabase]
    public async Task Everything_goes_on_the_day_that_the_trash_shows(string database)
    {
        var clock = new ManualClock();
        await using var room = await Room.Open(database, clock);
        var experiment = await room.CreateExperiment("early");
        var (early, late) = (await room.CreateRun(experiment, "early"), await room.CreateRun(experiment, "late"));
        var rounds = room.Server.Services.GetRequiredService<TrashRounds>();
        Task<Page<TrashItemView>> Shown(string kind) => room.Native<Page<TrashItemView>>($"trash?kind={kind}");

        await room.Done("experiments/delete", new { experiment_id = experiment });
        var begun = clock.GetUtcNow().ToUnixTimeMilliseconds();
        clock.Advance(TimeSpan.FromDays(10));
        await room.Done("runs/restore", new { run_id = late });
        var active = Assert.Single((await Shown("experiment")).Items);
        await room.Done("runs/delete", new { run_id = late });
        var (runs, shown) = ((await Shown("run")).Items, Assert.Single((await Shown("experiment")).Items));

        Assert.Equal((null, "a run of it that is not deleted"), (active.PurgeMs, active.NeededBy));
        Assert.Equal([30L, 40L, 40L], new[] { runs[0], runs[1], shown }.Select(item => (item.PurgeMs!.Value - begun) / 86_400_000));
        clock.Advance(TimeSpan.FromDays(21));
        await rounds.Step(CancellationToken.None);
        await Answers(room, 404, $"runs/get?run_id={early}");
        await Answers(room, 200, $"runs/get?run_id={late}", $"experiments/get?experiment_id={experiment}");
        clock.Advance(TimeSpan.FromDays(10));
        await rounds.Step(CancellationToken.None);
        await Answers(room, 404, $"runs/get?run_id={late}", $"experiments/get?experiment_id={experiment}");
    }

    [Theory, EachDatabase]
    public async Task A_needed_model_keeps_its_experiment_however_many_there_are(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await room.CreateExperiment("many");
        await room.Server.Db.Write(
            tx => tx.ExecuteRows(
                [.. Enumerable.Range(1, 230)],
                i => $"({1_000_000 + i}, {Model(i)}, 'default', {long.Parse(experiment, null)}, 'm', '', '', 1, 'mlflow-artifacts:/9/models', 1, 1, 0)",
                rows => $"INSERT INTO tracking_models (model_key, model_id, workspace, experiment_id, name, model_type, source_run_id, status, artifact_uri, created_ms, updated_ms, deleted) VALUES {rows}"),
            CancellationToken.None);
        await room.Done("registered-models/create", new { name = "credit" });
        await room.Done("model-versions/create", new { name = "credit", source = "s3://bucket/credit", model_id = Model(230) });
        await room.Done("experiments/delete", new { experiment_id = experiment });

        var kept = await Purged(room, new PurgeRequest(Experiments: [experiment]));
        var before = await Count(room, "SELECT COUNT(*) FROM tracking_models");
        await room.Send(HttpMethod.Delete, $"{Room.Mlflow}registered-models/delete", JsonContent.Create(new { name = "credit" }));
        var gone = await Purged(room, new PurgeRequest(Experiments: [experiment]));

        Assert.Equal("A model that its runs logged is needed by model credit version 1.", Assert.Single(kept.Kept).Why);
        Assert.Equal((0, 230), (kept.Experiments, before));
        Assert.Equal((1, 0), (gone.Experiments, await Count(room, "SELECT COUNT(*) FROM tracking_models")));
    }

    [Theory, EachDatabase]
    public async Task Of_a_purged_experiment_no_grant_is_left_and_its_id_goes_to_no_other(string database)
    {
        await using var room = await Room.Open(database);
        var (secret, other) = (await room.CreateExperiment("secret"), await room.CreateExperiment("other"));
        using var reader = await room.Server.Program("reader", "default", ($"workspace/default/experiment/{secret}", Role.Viewer), ($"workspace/default/experiment/{other}", Role.Viewer));
        await room.Done("experiments/delete", new { experiment_id = secret });
        Assert.Equal(1, (await Purged(room, new PurgeRequest(Experiments: [secret]))).Experiments);

        Assert.Equal((0, 1), (await Count(room, $"SELECT COUNT(*) FROM identity_grants WHERE resource = 'workspace/default/experiment/{secret}'"), await Count(room, $"SELECT COUNT(*) FROM identity_grants WHERE resource = 'workspace/default/experiment/{other}'")));
        var import = await Import(room, new ImportedExperiment(secret, "imported", Lifecycle.Active, 1, 2, new Dictionary<string, string>()), "r1");
        Assert.True(long.Parse(import, null) > long.Parse(other, null), $"The id {secret} of a purged experiment was given out again as {import}.");
        Assert.Equal(403, (await room.Get($"experiments/get?experiment_id={import}", reader)).Status);
    }

    [Theory, EachDatabase]
    public async Task A_run_that_an_import_brings_back_can_be_purged_again(string database)
    {
        await using var room = await Room.Open(database);
        for (var times = 0; times < 2; times++)
        {
            await Import(room, new ImportedExperiment("7", "theirs", Lifecycle.Active, 1, 2, new Dictionary<string, string>()), "r1");
            await room.Done("runs/delete", new { run_id = "r1" });
            Assert.Equal((1, 0), (await Purged(room, new PurgeRequest(["r1"])) is var report ? (report.Runs, report.Kept.Count) : default));
        }

        Assert.Contains("deleted for good on", (await room.Get("runs/get?run_id=r1")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_model_that_an_import_brings_lies_in_the_trash_from_then_on()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        await Import(room, new ImportedExperiment("7", "theirs", Lifecycle.Active, 1, 2, new Dictionary<string, string>()), "r1");
        var import = await Send<ImportView>(room, "imports", new StartImportRequest("theirs"));
        await Send<List<ImportedLoggedModelView>>(room, $"imports/{import.ImportId}/logged-models", new ImportLoggedModelsRequest(
            [new(Model(7), "7", "old", "", LoggedModelStatus.Ready, Lifecycle.Deleted, 1, 2, new Dictionary<string, string>(), new Dictionary<string, string>(), [])]));

        await room.Server.Services.GetRequiredService<TrashRounds>().Step(CancellationToken.None);

        Assert.Equal("old", Assert.Single((await room.Native<Page<TrashItemView>>("trash?kind=loggedModel")).Items).Name);
    }

    private static async Task<string> Import(Room room, ImportedExperiment experiment, string run)
    {
        var import = await Send<ImportView>(room, "imports", new StartImportRequest("theirs"));
        var answer = await Send<List<ImportedExperimentView>>(room, $"imports/{import.ImportId}/experiments", new ImportExperimentsRequest([experiment]));
        await Send<List<ImportedRunView>>(room, $"imports/{import.ImportId}/runs", new ImportRunsRequest(
            [new(run, experiment.SourceId, "r", "ada", RunStatus.Finished, Lifecycle.Active, 1, new Dictionary<string, string>(), new Dictionary<string, string>(), 2)]));
        return answer[0].ExperimentId!;
    }

    private static string Model(int number) => $"m-{number:x32}";

    private static async Task Answers(Room room, int status, params string[] calls)
    {
        foreach (var call in calls) { Assert.Equal((call, status), (call, (await room.Get(call)).Status)); }
    }

    private static Task<PurgeReport> Purged(Room room, PurgeRequest body) => Send<PurgeReport>(room, "trash/purge", body);

    private static async Task<T> Send<T>(Room room, string path, object body)
    {
        using var answer = await room.Http.PostAsync($"/api/v1/w/default/{path}", JsonContent.Create(body, body.GetType(), options: WireJson.Options));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<T>(WireJson.Options))!;
    }

    private static Task<long> Count(Room room, string sql) =>
        room.Server.Db.Read(tx => tx.QueryOne(Kernel.Search.Comparisons.Literal(sql), row => row.GetInt64(0)), CancellationToken.None);

    /// <summary>Fails over some runs and models, as a damaged row would.</summary>
    private sealed class BrokenHolder : IRunHolder
    {
        public string[] Bad { get; set; } = [];

        public IReadOnlyDictionary<string, string> Held(ReadTx tx, Caller caller, IReadOnlyCollection<string> ids) =>
            ids.Any(Bad.Contains) ? throw new InvalidOperationException("This row is damaged.") : new Dictionary<string, string>();

        public string? HeldAt(ReadTx tx, Caller caller, string id, string path) => null;
    }
}
