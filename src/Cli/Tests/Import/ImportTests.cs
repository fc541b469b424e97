using Slipway.Cli.Import;
using Slipway.Client;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Tests.Import;

public sealed class ImportTests
{
    /// <summary>A SQLite file into SQLite, a PostgreSQL database into PostgreSQL.</summary>
    [Theory, EachDatabase]
    public async Task A_database_is_taken_over_with_ids_times_points_files_and_versions_and_a_second_time_changes_nothing(string database)
    {
        await using var server = await TestServer.Start(database);
        using var client = new SlipwayClient(server.BaseAddress, null);
        var folder = Sources.Folder();
        var from = database == TestDatabase.Sqlite ? await Sources.Sqlite(folder, Sources.Script) : await Sources.Postgres(Sources.Script);
        var artifacts = await Sources.Artifacts(folder);
        Task<int> Import(params string[] more) => CommandLine.Run(["import", "mlflow", "--from", from, "--artifacts", artifacts, "--server", server.BaseAddress.ToString(), .. more]);

        Assert.Equal(0, await Import("--dry-run"));
        Assert.Empty(await client.Runs.SearchAsync(view: LifecycleView.All).ToListAsync());
        Assert.Equal(0, await Import());

        var churn = await client.Experiments.GetAsync("7");
        Assert.Equal(("churn", 1700000001000, 1700000002000, "north", "mlflow-artifacts:/7"), (churn.Name, churn.CreatedMs, churn.UpdatedMs, churn.Tags["team"], churn.ArtifactLocation));
        Assert.Equal((Lifecycle.Deleted, "s3://bucket/mlflow/9"), ((await client.Experiments.GetAsync("9")) is var old ? (old.Lifecycle, old.ArtifactLocation) : default));
        var first = (await client.Runs.GetAsync(Sources.First)).Run;
        Assert.Equal(("first", "7", RunStatus.Finished, "ada", 1700000010000, 1700000020000), (first.Name, first.ExperimentId, first.Status, first.User, first.StartedMs, first.EndedMs));
        Assert.Equal(("0.1", "0123abc", 0.25, null, double.MaxValue), (first.Params["rate"], first.Tags["mlflow.source.git.commit"], first.Metrics["loss"], first.Metrics["odd"], first.Metrics["huge"]));
        Assert.DoesNotContain("bad//key", first.Tags.Keys);
        Assert.Equal([(0L, 0.75), (0L, 0.5), (1L, 0.25)], await client.Runs.HistoryAsync(Sources.First, "loss").Select(point => (point.Step, point.Value)).ToListAsync());
        var second = (await client.Runs.GetAsync(Sources.Second)).Run;
        Assert.Equal((Lifecycle.Deleted, RunStatus.Failed, 3), (second.Lifecycle, second.Status, second.Metrics["loss"]));
        Assert.Equal($"s3://bucket/mlflow/9/{Sources.Third}/artifacts", (await client.Runs.GetAsync(Sources.Third)).ArtifactUri);
        using var weights = new MemoryStream();
        await client.Artifacts.DownloadAsync(Sources.First, "model/weights.bin", weights);
        Assert.Equal("weights", System.Text.Encoding.UTF8.GetString(weights.ToArray()));
        await Models(client, $"mlflow-artifacts:/7/{Sources.First}/artifacts/model", 3);
        var trees = await Inputs(client);
        Assert.Equal(("auc", 0.9, 3, "people"), trees.Measures.Single() is var auc ? (auc.Key, auc.Value, auc.Step, auc.DatasetName) : default);
        Assert.Contains($"\"model_id\":\"{Sources.Model}\"", await client.GetText($"/api/2.0/mlflow/runs/get?run_id={Sources.First}", default), StringComparison.Ordinal);

        var report = (await Newest(client)).Report!;
        Assert.Equal(new ImportCount("runs", 3, 3, 0, 0), report.Counts.Single(row => row.Kind == "runs"));
        Assert.Equal(new ImportCount("metric points", 6, 6, 0, 0), report.Counts.Single(row => row.Kind == "metric points"));
        Assert.Contains(report.Skipped, skip => skip.Reason.Contains("1 traces stay behind", StringComparison.Ordinal));
        Assert.Contains(report.Skipped, skip => skip.Id == Sources.Third && skip.Reason.Contains("kept as given", StringComparison.Ordinal));
        Assert.Contains(report.Skipped, skip => skip.Id == "churn/3" && skip.Reason.Contains("no digest", StringComparison.Ordinal));

        Assert.Equal(0, await Import("--json"));
        var again = (await Newest(client)).Report!;
        Assert.Equal(new ImportCount("runs", 3, 0, 3, 0), again.Counts.Single(row => row.Kind == "runs"));
        Assert.Equal(new ImportCount("model versions", 2, 0, 2, 0), again.Counts.Single(row => row.Kind == "model versions"));
        Assert.Equal(3, await client.Runs.HistoryAsync(Sources.First, "loss").CountAsync());
        Directory.Delete(folder, recursive: true);
    }

    [Theory, EachDatabase]
    public async Task A_folder_is_taken_over_and_its_files_become_verifiable(string database)
    {
        await using var server = await TestServer.Start(database);
        using var client = new SlipwayClient(server.BaseAddress, null);
        var folder = Sources.Folder();

        Assert.Equal(0, await CommandLine.Run(["import", "mlflow", "--from", await Sources.Mlruns(folder), "--server", server.BaseAddress.ToString()]));

        var detail = await client.Runs.GetAsync(Sources.First);
        Assert.Equal(("churn: folder", "712345678901234567", RunStatus.Finished, "two\nlines"), (detail.ExperimentName, detail.Run.ExperimentId, detail.Run.Status, detail.Run.Params["note"]));
        Assert.StartsWith("mlflow-artifacts:/", detail.ArtifactUri, StringComparison.Ordinal);
        Assert.Equal([double.NaN, double.MaxValue], await client.Runs.HistoryAsync(Sources.First, "val/auc").Select(point => point.Value).ToListAsync());
        Assert.Equal((Lifecycle.Deleted, RunStatus.Failed), (await client.Runs.GetAsync(Sources.Second)).Run is var gone ? (gone.Lifecycle, gone.Status) : default);
        await Models(client, $"runs:/{Sources.First}/model", 2);
        await Inputs(client);
        Assert.Contains((await Newest(client)).Report!.Skipped, skip => skip.Reason.Contains("is no point", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_server_is_taken_over_by_its_protocol_alone()
    {
        await using var old = await TestServer.Start(TestDatabase.Sqlite);
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using (var there = new SlipwayClient(old.BaseAddress, null))
        {
            await there.Experiments.GetOrCreateAsync("empty");
            await there.Runs.RunAsync("churn", async run =>
            {
                await run.LogParamAsync("rate", 0.1);
                for (var step = 0; step < 300; step++) { await run.LogMetricAsync("loss", step, step); }

                await run.LogMetricAsync("odd", double.NaN);
                await run.LogTextAsync("weights", "model/sub/weights.bin");
                await there.Models.RegisterAsync("churn", run, "model");
            }, new Client.NewRun { Name = "theirs" });
            await there.Models.SetAliasAsync("churn", "champion", 1);
        }

        Assert.Equal(0, await CommandLine.Run(["import", "mlflow", "--from", old.BaseAddress.ToString(), "--server", server.BaseAddress.ToString()]));

        using var client = new SlipwayClient(server.BaseAddress, null);
        var run = Assert.Single(await client.Runs.SearchAsync().ToListAsync());
        Assert.Equal(("theirs", RunStatus.Finished, "0.1", 299, null), (run.Name, run.Status, run.Params["rate"], run.Metrics["loss"], run.Metrics["odd"]));
        Assert.Equal(300, await client.Runs.HistoryAsync(run.RunId, "loss").CountAsync());
        Assert.Equal("model/sub/weights.bin", Assert.Single(await client.Artifacts.FilesAsync(run.RunId).ToListAsync()).Path);
        Assert.Equal(1, (await client.Models.OfAliasAsync("churn", "champion"))?.Version);
        Assert.NotNull((await client.Models.GetVersionAsync("churn", 1)).Digests.Model);
    }

    /// <summary>The command keeps nothing between its requests, so an end between any two of them is as a kill there.</summary>
    [Theory, EachDatabase]
    public async Task Stopped_anywhere_it_goes_on_and_nothing_is_lost_or_twice(string database)
    {
        await using var server = await TestServer.Start(database);
        var folder = Sources.Folder();
        var from = await Sources.Sqlite(folder, Sources.Script);
        var places = ArtifactPlaces.Of([await Sources.Artifacts(folder)], folder, folder);
        using var direct = new SocketsHttpHandler();

        for (var most = 1; ; most++)
        {
            // Not disposed: the handler behind it serves the next one too.
            var network = new EndingNetwork(direct, most);
            using var cut = new SlipwayClient(new SlipwayClientOptions { Server = server.BaseAddress, Handler = network, Retries = 0 });
            await using var source = await SourceOpener.Open(from, null, null, default);
            try
            {
                await new MlflowImport(source, new ImportTarget(cut, "/api/v1/w/default"), places, true, _ => { }).Run(default);
                break;
            }
            catch (SlipwayException) { Assert.InRange(most, 1, 100); }
        }

        using var client = new SlipwayClient(server.BaseAddress, null);
        Assert.Single((await client.Get<Page<ImportView>>("/api/v1/w/default/imports", default)).Items);
        Assert.Equal(3, await client.Runs.SearchAsync(view: LifecycleView.All).CountAsync());
        Assert.Equal(3, await client.Runs.HistoryAsync(Sources.First, "loss").CountAsync());
        Assert.Equal(2, await client.Artifacts.FilesAsync(Sources.First).CountAsync());
        await Inputs(client);
        await Models(client, $"mlflow-artifacts:/7/{Sources.First}/artifacts/model", 3);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Ids_that_are_taken_are_mapped_and_an_older_database_is_read_as_far_as_it_goes()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var client = new SlipwayClient(server.BaseAddress, null);
        Assert.Equal("1", (await client.Experiments.GetOrCreateAsync("ours")).ExperimentId);
        var folder = Sources.Folder();
        var from = await Sources.Sqlite(folder,
            $"""
            CREATE TABLE experiments (experiment_id INTEGER, name TEXT, artifact_location TEXT, lifecycle_stage TEXT);
            CREATE TABLE runs (run_uuid TEXT, user_id TEXT, status TEXT, start_time BIGINT, end_time BIGINT, lifecycle_stage TEXT, artifact_uri TEXT, experiment_id INTEGER);
            CREATE TABLE metrics (key TEXT, value FLOAT, timestamp BIGINT, run_uuid TEXT);
            INSERT INTO experiments VALUES (1, 'theirs', './mlruns/1', 'active');
            INSERT INTO runs VALUES ('{Sources.First}', 'ada', 'FINISHED', 5, 6, 'active', './mlruns/1/{Sources.First}/artifacts', 1);
            INSERT INTO metrics VALUES ('loss', 0.5, 7, '{Sources.First}');
            """);

        Assert.Equal(0, await CommandLine.Run(["import", "mlflow", "--from", "sqlite:///" + from, "--server", server.BaseAddress.ToString()]));

        var report = (await Newest(client)).Report!;
        var run = (await client.Runs.GetAsync(Sources.First)).Run;
        Assert.Equal((report.ExperimentIds["1"], 0.5), (run.ExperimentId, run.Metrics["loss"]));
        Assert.NotEqual("1", run.ExperimentId);
        Assert.Contains(report.Skipped, skip => skip.Reason.Contains("metrics has no column 'step'", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_is_no_source_is_told_and_who_may_not_import_is_refused()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var folder = Sources.Folder();
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "no database");
        Task<int> Import(params string[] words) => CommandLine.Run(["import", "mlflow", "--server", server.BaseAddress.ToString(), .. words]);

        Assert.Equal(1, await Import("--from", Path.Combine(folder, "none.db")));
        Assert.Equal(1, await Import("--from", Path.Combine(folder, "notes.txt")));
        Assert.Equal(1, await Import("--from", folder));
        Assert.Equal(1, await Import("--from", "postgresql://nobody@127.0.0.1:1/x"));
        Assert.Equal(1, await Import("--from", await Sources.Sqlite(folder, "CREATE TABLE other (a TEXT)")));
        Assert.Equal(1, await Import("--from", await Sources.Mlruns(folder), "--artifacts", Path.Combine(folder, "nowhere")));
        Assert.Equal(2, await Import());
        Assert.Equal(1, await Import("--from", "http://127.0.0.1:1"));
        Assert.Equal(1, await Import("--from", server.BaseAddress + "healthz"));
        using var contributor = await server.Program(Identity.Contracts.Role.Contributor, "default");
        Assert.Equal(1, await Import("--from", await Sources.Mlruns(folder), "--key", contributor.DefaultRequestHeaders.Authorization!.Parameter!));
        using var client = new SlipwayClient(server.BaseAddress, null);
        Assert.Empty((await client.Get<Page<ImportView>>("/api/v1/w/default/imports", default)).Items);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/mlflow", "http://127.0.0.1:1/mlflow cannot be read from, so nothing was begun. Nothing answers at http://127.0.0.1:1/")]
    [InlineData("{server}nowhere", "/nowhere is no MLflow server: its answer is not JSON. --from takes what a client has as its tracking URI")]
    [InlineData("{server}w/risk", "/w/risk asks who you are: give a key that may read there by --from-key")]
    public async Task A_server_that_cannot_be_read_is_told_in_one_sentence_that_fits(string from, string said)
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);

        var fault = await Assert.ThrowsAsync<SourceException>(() => SourceOpener.Open(from.Replace("{server}", server.BaseAddress.ToString(), StringComparison.Ordinal), "no-key", null, default));

        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    private static async Task Models(SlipwayClient client, string source, long lastAlias)
    {
        var model = await client.Models.GetAsync("churn");
        Assert.Equal(("who leaves", "high", 1700000050000, lastAlias), (model.Description, model.Tags["tier"], model.CreatedMs, model.Aliases["champion"]));
        var version = await client.Models.GetVersionAsync("churn", 2);
        Assert.Equal((source, ModelStage.Production, "by hand", "yes", 1700000052000), (version.Source, version.Stage, version.Description, version.Tags["checked"], version.CreatedMs));
        Assert.NotNull(version.Digests.Model);
    }

    /// <summary>What the first run read and made.</summary>
    private static async Task<LoggedModelView> Inputs(SlipwayClient client)
    {
        var run = await client.GetText($"/api/2.0/mlflow/runs/get?run_id={Sources.First}", default);
        Assert.Contains("\"digest\":\"abc123\"", run, StringComparison.Ordinal);
        Assert.Contains("\"value\":\"training\"", run, StringComparison.Ordinal);
        var model = await client.Get<LoggedModelView>($"/api/v1/w/default/logged-models/{Sources.Model}", default);
        Assert.Equal(("trees", LoggedModelStatus.Ready, "classic", "7", "trial", Sources.First, 1700000015000), (model.Name, model.Status, model.ModelType, model.Params["depth"], model.Tags["kind"], model.SourceRunId, model.CreatedMs));
        Assert.Contains("model.pkl", await client.GetText($"/api/v1/w/default/logged-models/{Sources.Model}/artifacts", default), StringComparison.Ordinal);
        return model;
    }

    private static async Task<ImportView> Newest(SlipwayClient client) => (await client.Get<Page<ImportView>>("/api/v1/w/default/imports", default)).Items[0];

    /// <summary>Lets some requests through, and none behind them.</summary>
    private sealed class EndingNetwork(HttpMessageHandler inner, int requests) : DelegatingHandler(inner)
    {
        private int _left = requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _left-- > 0 ? base.SendAsync(request, cancellationToken) : throw new HttpRequestException("The program was killed.");
    }
}
