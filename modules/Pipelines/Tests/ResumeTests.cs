using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Engine;
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

    [Theory, EachDatabase]
    public async Task A_run_that_breaks_off_is_taken_again_while_those_taken_with_it_run_on(string database)
    {
        await using var data = await TestDatabase.Create(database);
        string broken, other;
        await using (var first = await Open(data, data.Folder))
        {
            (broken, other) = (await Start(first, Two), await Start(first, Two));
            foreach (var runId in (string[])[broken, other]) { await Until(first, runId, steps => steps[1].State == StepState.Running); }

            await first.StopAsync();
            await first.Services.GetRequiredService<Db>().Write(tx => tx.Execute($"UPDATE pipelines_steps SET inputs = 'no JSON' WHERE run_id = {broken}"), default);
        }

        await using var second = await Open(data, data.Folder);
        var db = second.Services.GetRequiredService<Db>();
        await Until(second, other, steps => steps[1].State == StepState.Running);
        await Poll(() => db.Read(tx => tx.Exists($"SELECT 1 FROM pipelines_runs WHERE run_id = {broken} AND lease_holder = ''"), default));
        await db.Write(tx => tx.Execute($"UPDATE pipelines_steps SET inputs = {"{}"} WHERE run_id = {broken}"), default);
        await Until(second, broken, steps => steps[1].State == StepState.Running);
        Assert.True(await db.Read(tx => tx.Exists($"SELECT 1 FROM pipelines_runs WHERE run_id = {other} AND lease_holder <> ''"), default));
        Scripted(second).LetGo("b");

        foreach (var runId in (string[])[broken, other]) { await Until(second, runId, rows => rows.All(row => row.Done)); }

        await second.StopAsync();
    }

    [Theory, EachDatabase]
    public async Task A_lease_is_renewed_for_the_runs_that_are_driven_and_no_others_of_their_claim(string database)
    {
        await using var data = await TestDatabase.Create(database);
        await using var app = await Open(data, data.Folder);
        var (one, two) = (await Start(app, Two), await Start(app, Two));
        foreach (var runId in (string[])[one, two]) { await Until(app, runId, steps => steps[1].State == StepState.Running); }

        await app.StopAsync();
        await using var db = new DbOptions(data.Database).Open(TimeProvider.System);
        await db.Write(tx => tx.Execute($"UPDATE pipelines_runs SET lease_claim = 'shared', lease_until_ms = 1, cancel_ms = 1"), default);
        List<ClaimedRun> driven = [new(one, "default", "shared"), new(two, "default", "earlier")];

        await db.Append(tx => RunLeases.Renew(tx, [driven[0]]), default);

        Assert.Equal([two], await db.Read(tx => tx.Query($"SELECT run_id FROM pipelines_runs WHERE lease_until_ms = 1 LIMIT 10", row => row.GetString(0)), default));
        Assert.Equal([one], await db.Read(tx => RunLeases.Cancelled(tx, [driven[0]]), default));
        Assert.Empty(await db.Read(tx => RunLeases.Cancelled(tx, [driven[1]]), default));
    }

    [Theory, EachDatabase]
    public async Task When_a_lease_is_lost_the_other_steps_of_the_run_end_and_write_nothing(string database)
    {
        await using var data = await TestDatabase.Create(database);
        await using var app = await Open(data, data.Folder);
        var runId = await Start(app, "{ pipeline: p, steps: { a: { uses: scripted, with: { hold: true } }, b: { uses: scripted, with: { hold: true } } } }");
        await Until(app, runId, steps => steps.All(step => step.State == StepState.Running));
        var db = app.Services.GetRequiredService<Db>();
        await Poll(() => Task.FromResult(Scripted(app).Now == 2));

        await db.Write(tx => tx.Execute($"UPDATE pipelines_runs SET lease_until_ms = {TimeProvider.System.NowMs() + 3_600_000}, lease_holder = 'other', lease_claim = 'other'"), default);
        Scripted(app).LetGo("a");
        await Poll(() => Task.FromResult(Scripted(app).Now == 0));
        await app.StopAsync();

        Assert.All(await db.Read(tx => StepStore.Of(tx, runId), default), step => Assert.Equal((StepState.Running, 1), (step.State, step.Attempts)));
        Assert.True(await db.Read(tx => tx.Exists($"SELECT 1 FROM pipelines_runs WHERE lease_holder = 'other' AND ended_ms IS NULL"), default));
    }

    [Theory, EachDatabase]
    public async Task Programs_are_swept_once_also_when_the_first_look_at_the_runs_fails(string database)
    {
        await using var data = await TestDatabase.Create(database);
        var work = Directory.CreateDirectory(Path.Combine(data.Folder, "pipelines", "work")).FullName;
        var old = Path.Combine(work, "old");
        await File.WriteAllTextAsync(old, "");
        await using (var db = new DbOptions(data.Database).Open(TimeProvider.System)) { await db.Write(tx => tx.Execute($"ALTER TABLE pipelines_runs RENAME TO away"), default); }

        await using var app = await Open(data, data.Folder);
        await Poll(() => Task.FromResult(!File.Exists(old)));
        var live = Directory.CreateDirectory(Path.Combine(work, "live")).FullName;
        await app.Services.GetRequiredService<Db>().Write(tx => tx.Execute($"ALTER TABLE away RENAME TO pipelines_runs"), default);
        var runId = await Start(app, "{ pipeline: p, steps: { a: { uses: scripted } } }");
        await Until(app, runId, rows => rows.All(row => row.Done));

        Assert.True(Directory.Exists(live));
        await app.StopAsync();
    }

    [Theory, EachDatabase]
    public async Task A_folder_that_cannot_be_removed_fails_no_step_and_stops_no_server(string database)
    {
        // Deeper than a path may be long, which not even root removes by name.
        const string script = "n=$(printf %0200d 0); for i in $(seq 30); do mkdir $n && cd -P $n; done; exit 0";
        await using var data = await TestDatabase.Create(database);
        try
        {
            await using (var first = await Open(data, data.Folder))
            {
                var runId = await Start(first, $"{{ pipeline: p, steps: {{ a: {{ uses: command, with: {{ run: [sh, -c, '{script}'] }} }} }} }}");
                var step = (await Until(first, runId, rows => rows.All(row => row.Ended)))[0];
                Assert.True(step.State == StepState.Succeeded, step.Problem?.Detail);
                await first.StopAsync();
            }

            Assert.Single(Directory.GetDirectories(Path.Combine(data.Folder, "pipelines", "work")));
            await using var second = await Open(data, data.Folder);
            await Until(second, await Start(second, "{ pipeline: p, steps: { a: { uses: scripted } } }"), rows => rows.All(row => row.Done));
            await second.StopAsync();
        }
        finally
        {
            using var rm = System.Diagnostics.Process.Start("rm", ["-rf", Path.Combine(data.Folder, "pipelines", "work")]);
            await rm.WaitForExitAsync();
        }
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

    private static async Task Poll(Func<Task<bool>> wanted)
    {
        for (var i = 0; i < 6_000; i++)
        {
            if (await wanted()) { return; }

            await Task.Delay(10);
        }

        throw new TimeoutException("Not within 60 s.");
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
