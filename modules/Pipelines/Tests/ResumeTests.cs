using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Runs;
using Slipway.Server;

namespace Slipway.Pipelines.Tests;

public sealed class ResumeTests
{
    private const string Two = "{ pipeline: p, steps: { a: { uses: scripted, with: { give: x } }, b: { uses: scripted, in: { x: a.out }, with: { hold: true } } } }";

    [Theory, EachDatabase]
    public async Task A_server_that_stops_lets_go_of_its_runs_and_the_next_goes_on(string database)
    {
        await using var data = await TestDatabase.Create(database);
        string runId;
        await using (var first = await Open(data, data.Folder))
        {
            runId = await Start(first, Two);
            await Until(first, runId, steps => steps[1].State == StepState.Running);
            await first.StopAsync();
        }

        await using var second = await Open(data, data.Folder);
        Scripted(second).LetGo("b");
        var steps = await Until(second, runId, rows => rows.All(row => row.Done));

        Assert.Equal(["b"], Scripted(second).Ran);
        Assert.Equal((1, 1), (steps[0].Attempts, steps[1].Attempts));
        await second.StopAsync();
    }

    [Theory, EachDatabase]
    public async Task A_step_that_was_running_when_its_process_died_is_run_again(string database)
    {
        await using var data = await TestDatabase.Create(database);
        string runId;
        await using (var first = await Open(data, data.Folder))
        {
            runId = await Start(first, Two);
            await Until(first, runId, steps => steps[1].State == StepState.Running);
            await first.StopAsync();
        }

        // As kill -9 leaves it: the step running, the lease not ended.
        await using (var db = new DbOptions(data.Database).Open(TimeProvider.System))
        {
            await db.Write(tx =>
            {
                tx.Execute($"UPDATE pipelines_steps SET state = {(long)StepState.Running}, attempts = 1 WHERE ordinal = 1");
                tx.Execute($"UPDATE pipelines_runs SET lease_until_ms = {TimeProvider.System.NowMs() + 3_600_000}, lease_holder = {File.ReadAllText(Path.Combine(data.Folder, "pipelines", "holder"))}");
            }, default);
        }

        await using var second = await Open(data, data.Folder);
        Scripted(second).LetGo("b");
        var steps = await Until(second, runId, rows => rows.All(row => row.Done));

        Assert.Equal((2, StepState.Succeeded), (steps[1].Attempts, steps[1].State));
        Assert.Equal("The server ended during attempt 1; the step is run again.", await second.Services.GetRequiredService<Db>().Read(tx => tx.QueryOne($"SELECT text FROM pipelines_log WHERE run_id = {runId} LIMIT 1", row => row.GetString(0)), default));
        await second.StopAsync();
    }

    [Theory, EachDatabase]
    public async Task A_step_that_takes_the_server_down_each_time_is_given_up(string database)
    {
        await using var data = await TestDatabase.Create(database);
        string runId;
        await using (var first = await Open(data, data.Folder))
        {
            runId = await Start(first, Two);
            await Until(first, runId, steps => steps[1].State == StepState.Running);
            await first.StopAsync();
            await first.Services.GetRequiredService<Db>().Write(tx => tx.Execute($"UPDATE pipelines_steps SET state = {(long)StepState.Running}, attempts = 5 WHERE ordinal = 1"), default);
        }

        await using var second = await Open(data, data.Folder);
        var steps = await Until(second, runId, rows => rows.All(row => row.Ended));

        Assert.Equal("cut_off", steps[1].Problem!.Code);
        Assert.Empty(Scripted(second).Ran);
        await second.StopAsync();
    }

    [Fact]
    public async Task Of_two_replicas_one_drives_a_run_and_the_other_takes_over_when_its_lease_ends()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, "TEST_POSTGRES names no server");
        await using var data = await TestDatabase.Create(TestDatabase.Postgres);
        var elsewhere = Directory.CreateTempSubdirectory("slipway-test-");
        await using var first = await Open(data, data.Folder);
        var runId = await Start(first, Two);
        await Until(first, runId, steps => steps[1].State == StepState.Running);
        await using var second = await Open(data, elsewhere.FullName);
        var db = second.Services.GetRequiredService<Db>();

        await Task.Delay(2_500); // longer than a look round: while the lease holds, the second leaves the run alone
        Assert.Empty(Scripted(second).Ran);
        await db.Write(tx => tx.Execute($"UPDATE pipelines_runs SET lease_until_ms = 0, lease_claim = 'gone'"), default);
        Scripted(second).LetGo("b");
        var steps = await Until(second, runId, rows => rows.All(row => row.Done));
        Scripted(first).LetGo("b");

        Assert.Equal(2, steps[1].Attempts);
        Assert.Equal(["b"], Scripted(second).Ran);
        await first.StopAsync();
        await second.StopAsync();
        Assert.Equal(steps[1].EndedMs, (await db.Read(tx => StepStore.Of(tx, runId), default))[1].EndedMs);
        elsewhere.Delete(recursive: true);
    }

    private static ScriptedStep Scripted(WebApplication app) => app.Services.GetRequiredService<ScriptedStep>();

    private static async Task<WebApplication> Open(TestDatabase data, string folder)
    {
        var options = new ServerOptions { Urls = "http://127.0.0.1:0", Data = folder, Blobs = Path.Combine(data.Folder, "blobs"), Database = data.Database, AuditKey = Path.Combine(data.Folder, "key.pem") };
        var app = ServerApp.Build(options, new Dictionary<string, string?>(), null, Yard.AddScripted);
        await app.StartAsync();
        return app;
    }

    private static async Task<string> Start(WebApplication app, string definition)
    {
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var answer = await client.PostAsync(Yard.Api + "pipeline-runs", Yard.Json($$"""{"definition":"{{definition}}"}"""));
        return (await Yard.Read<PipelineRunView>(answer, 201)).Id;
    }

    private static async Task<List<StepRow>> Until(WebApplication app, string runId, Func<List<StepRow>, bool> wanted)
    {
        for (var i = 0; i < 6_000; i++)
        {
            var steps = await app.Services.GetRequiredService<Db>().Read(tx => StepStore.Of(tx, runId), default);
            if (wanted(steps)) { return steps; }

            await Task.Delay(10);
        }

        throw new TimeoutException($"Run {runId} did not get there within 60 s.");
    }
}
