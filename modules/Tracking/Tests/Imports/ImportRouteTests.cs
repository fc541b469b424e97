using System.Net.Http.Json;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Tests.Imports;

public sealed class ImportRouteTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory, EachDatabase]
    public async Task An_import_is_begun_once_per_source_filled_in_any_order_of_repeats_audited_and_closed(string database)
    {
        await using var room = await Room.Open(database);
        var import = await Send<ImportView>(room, "imports", new StartImportRequest("file"));
        var at = $"imports/{import.ImportId}";

        Assert.Equal(import.ImportId, (await Send<ImportView>(room, "imports", new StartImportRequest("file"))).ImportId);
        for (var times = 0; times < 2; times++)
        {
            await Send<List<ImportedExperimentView>>(room, at + "/experiments", new ImportExperimentsRequest([new("12", "theirs", Lifecycle.Active, 1, 2, Nothing), new("x-1", "named", Lifecycle.Active, 1, 2, Nothing)]));
            var runs = await Send<List<ImportedRunView>>(room, at + "/runs", new ImportRunsRequest([Run("r1", "12"), Run("r2", "nowhere"), Run("r3", "x-1", Lifecycle.Deleted)]));
            Assert.Equal([times == 0 ? ImportOutcome.Added : ImportOutcome.Present, ImportOutcome.Skipped, times == 0 ? ImportOutcome.Added : ImportOutcome.Present], runs.Select(run => run.Outcome));
            var points = await Send<ImportedPointsView>(room, at + "/points", new ImportPointsRequest(
                [new("r1", "loss", [0, 1], [5, 6], [0.5, 0.25]), new("r3", "loss", [0], [5], [7]), new("r1", "bad//key", [0], [0], [0]), new("r1", "early", [0], [-1], [0])]));
            Assert.Equal((3, 2), (points.Points, points.Skipped.Count));
        }

        Assert.Equal([(5L, 0L, 0.5)], (await room.History("r1", "loss")).Take(1));
        Assert.Equal(7, (await room.Native<RunDetail>("runs/r3")).Run.Metrics["loss"]);
        Assert.Equal(ImportOutcome.Present, (await Send<List<ImportedExperimentView>>(room, at + "/experiments", new ImportExperimentsRequest([new("x-1", "named", Lifecycle.Active, 1, 2, Nothing)])))[0].Outcome);
        using (var content = new ByteArrayContent([1, 2, 3])) { Assert.Equal(200, (await room.Send(HttpMethod.Put, $"/api/v1/w/default/{at}/artifacts?run=r3&path=a/b.bin", content)).Status); }

        Assert.Equal(204, (await Post(room, at + "/complete-runs", new CloseImportedRunsRequest(["r1"]))).Status);
        Assert.Equal(ImportOutcome.Complete, (await Send<List<ImportedRunView>>(room, at + "/runs", new ImportRunsRequest([Run("r1", "12")])))[0].Outcome);
        var finished = await Send<ImportView>(room, at + "/finish", new FinishImportRequest(new([new("runs", 3, 2, 0, 1)], [new("runs", "r2", "no experiment")], Nothing)));
        Assert.NotNull(finished.FinishedMs);
        Assert.Equal(409, (await Post(room, at + "/runs", new ImportRunsRequest([]))).Status);
        Assert.NotEqual(import.ImportId, (await Send<ImportView>(room, "imports", new StartImportRequest("file"))).ImportId);
        var (_, audit) = await room.Get("/api/v1/audit?workspace=default");
        Assert.Contains("import.start", audit, StringComparison.Ordinal);
        Assert.Contains("import.finish", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_request_may_hold_is_refused()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        var at = $"imports/{(await Send<ImportView>(room, "imports", new StartImportRequest("file"))).ImportId}";
        long[] many = new long[Limits.ImportPoints + 1];

        Assert.Equal(400, (await Post(room, "imports", new StartImportRequest(""))).Status);
        Assert.Equal(400, (await Post(room, "imports", new StartImportRequest(new string('s', 401)))).Status);
        Assert.Equal(400, (await Post(room, at + "/runs", new ImportRunsRequest([.. Enumerable.Range(0, Limits.ImportRuns + 1).Select(i => Run($"r{i}", "1"))]))).Status);
        Assert.Equal(400, (await Post(room, at + "/runs", new ImportRunsRequest([Run("../r", "1")]))).Status);
        Assert.Equal(400, (await Post(room, at + "/runs", new ImportRunsRequest([Run("r", "1"), Run("r", "1")]))).Status);
        Assert.Equal(400, (await Post(room, at + "/points", new ImportPointsRequest([new("r", "k", many, many, new double?[many.Length])]))).Status);
        Assert.Equal(400, (await Post(room, at + "/points", new ImportPointsRequest([new("r", "k", [1], [], [])]))).Status);
        Assert.Equal(404, (await Post(room, at + "/points", new ImportPointsRequest([new("r", "k", [1], [1], [1])]))).Status);
        Assert.Equal(404, (await Post(room, at + "/complete-runs", new CloseImportedRunsRequest(["r"]))).Status);
        Assert.Equal(404, (await Post(room, "imports/none/runs", new ImportRunsRequest([]))).Status);
    }

    [Fact]
    public async Task A_run_of_another_workspace_is_not_touched_and_a_contributor_may_not_import()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        var run = await room.CreateRun();
        using var other = await room.Program(Role.Admin, "risk");
        using var contributor = await room.Program(Role.Contributor, "default");
        var import = await (await other.PostAsJsonAsync("/api/v1/w/risk/imports", new StartImportRequest("file"), WireJson.Options)).Content.ReadFromJsonAsync<ImportView>(WireJson.Options);
        async Task<string> Ask(string path, object body) => await (await other.PostAsJsonAsync($"/api/v1/w/risk/imports/{import!.ImportId}/{path}", body, WireJson.Options)).Content.ReadAsStringAsync();

        await Ask("experiments", new ImportExperimentsRequest([new("5", "theirs", Lifecycle.Active, 1, 2, Nothing)]));
        Assert.Contains("in another workspace", await Ask("runs", new ImportRunsRequest([Run(run, "5")])), StringComparison.Ordinal);
        Assert.Contains("not found", await Ask("points", new ImportPointsRequest([new(run, "loss", [1], [1], [1])])), StringComparison.Ordinal);
        Assert.Empty(await room.History(run, "loss"));
        Assert.Equal(403, (await room.Send(HttpMethod.Post, "/api/v1/w/default/imports", JsonContent.Create(new StartImportRequest("file"), options: WireJson.Options), contributor)).Status);
    }

    private static ImportedRun Run(string id, string experiment, Lifecycle lifecycle = Lifecycle.Active) =>
        new(id, experiment, "theirs", "ada", RunStatus.Finished, lifecycle, 1, new Dictionary<string, string> { ["rate"] = "0.1" }, Nothing, 2);

    private static Task<(int Status, string Body)> Post<T>(Room room, string path, T body) => room.Send(HttpMethod.Post, $"/api/v1/w/default/{path}", JsonContent.Create(body, options: WireJson.Options));

    private static async Task<T> Send<T>(Room room, string path, object body)
    {
        var (status, text) = await Post(room, path, body);
        Assert.True(status == 200, $"{path}: {status} {text}");
        return System.Text.Json.JsonSerializer.Deserialize<T>(text, WireJson.Options)!;
    }
}
