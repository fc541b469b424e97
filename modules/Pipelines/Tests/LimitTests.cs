using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Engine;
using Slipway.Pipelines.Logs;
using Slipway.Pipelines.Runs;

namespace Slipway.Pipelines.Tests;

public sealed class LimitTests(DefinitionTests.One one) : IClassFixture<DefinitionTests.One>
{
    [Fact]
    public async Task A_definition_past_its_limits_is_refused()
    {
        var long_ = $"pipeline: p\ndescription: \"{new string('a', Limits.PipelineDefinitionBytes)}\"\nsteps: {{ a: {{ uses: scripted }} }}";
        var wide = "pipeline: p\nsteps:\n" + string.Concat(Enumerable.Range(0, Limits.PipelineSteps + 1).Select(i => $"  s{i}: {{ uses: scripted }}\n"));

        Assert.Contains($"at most {Limits.PipelineDefinitionBytes}", (await one.Yard.Refused(400, "pipelines/check", new CheckPipelineRequest(long_))).Detail, StringComparison.Ordinal);
        Assert.Contains($"at most {Limits.PipelineDefinitionBytes}", (await one.Yard.Refused(400, "pipeline-runs", new StartPipelineRunRequest(long_))).Detail, StringComparison.Ordinal);
        Assert.Contains($"at most {Limits.PipelineSteps}", (await one.Yard.Refused(400, "pipeline-runs", new StartPipelineRunRequest(wide))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_files_than_the_limit_are_refused()
    {
        var files = Enumerable.Range(0, Limits.PipelineFiles + 1).ToDictionary(i => $"f{i}", _ => new string('a', 64));
        var text = $"{{ pipeline: p, steps: {{ a: {{ uses: scripted, with: {{ files: [{string.Join(',', files.Keys)}] }} }} }} }}";

        Assert.Contains($"at most {Limits.PipelineFiles}", (await one.Yard.Refused(400, "pipeline-runs", new StartPipelineRunRequest(text, files))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_past_the_limit_is_a_413_before_its_first_byte()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(one.Yard.Server.BaseAddress.Host, one.Yard.Server.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Yard.Api}pipelines/files HTTP/1.1\r\nHost: {one.Yard.Server.BaseAddress.Authority}\r\nContent-Type: application/octet-stream\r\nContent-Length: {Limits.PipelineFileBytes + 1}\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 413", await new StreamReader(stream).ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_past_its_limit_is_cut_and_says_so()
    {
        var line = new string('x', 3_999);
        var lines = (Limits.StepLogBytes / 4_000) + 20;

        var run = await one.Yard.Run($"{{ pipeline: log, steps: {{ a: {{ uses: command, with: {{ run: [sh, -c, 'yes {line} | head -n {lines}; printf %5000s z'] }} }} }} }}");

        Assert.Equal(PipelineRunState.Succeeded, run.State);
        var (from, last, count) = (0L, "", 0);
        for (var ended = false; !ended;)
        {
            var page = await one.Yard.Get<StepLogView>($"pipeline-runs/{run.Id}/steps/a/log?from={from}");
            (from, ended, count) = (page.Next, page.Ended, count + page.Lines.Count);
            last = page.Lines.Count > 0 ? page.Lines[^1].Text : last;
        }

        Assert.StartsWith("The log of a step holds", last, StringComparison.Ordinal);
        Assert.InRange(count, (Limits.StepLogBytes / 4_000) - 2, (Limits.StepLogBytes / 4_000) + 2);
        Assert.Equal("from", (await Yard.Read<Kernel.Contracts.ProblemView>(await one.Yard.Server.Http.GetAsync($"{Yard.Api}pipeline-runs/{run.Id}/steps/a/log?from=-1"), 400)).Field);
    }

    [Theory, EachDatabase]
    public async Task Lines_that_come_faster_than_they_are_stored_are_bounded_in_bytes_and_the_log_says_so(string database)
    {
        await using var yard = await Yard.Open(database);
        var started = await yard.Start("{ pipeline: log, steps: { a: { uses: scripted, with: { hold: true } } } }");
        await yard.Until(started.Id, now => now.Steps[0].State == StepState.Running);
        var (db, live) = (yard.Server.Db, yard.Server.Services.GetRequiredService<LiveHub>());
        var (run, claim) = await db.Read(tx => (RunStore.Find(tx, "default", started.Id)!, tx.QueryOne($"SELECT lease_claim FROM pipelines_runs WHERE run_id = {started.Id}", row => row.GetString(0))!), default);
        var claimed = new ClaimedRun(run.RunId, run.Workspace, claim);

        // At once, so that nothing is stored in between: many short lines, then after another attempt.
        await using (var log = new StepLog(db, live, TimeProvider.System, claimed, run, 7)) { log.Add(string.Join('\n', Enumerable.Repeat(new string('€', 10), 150_000))); }

        var (next, bytes) = await db.Read(tx => LogStore.End(tx, run.RunId, 7), default);
        Assert.Equal((Limits.StepLogBytes / 31) + 1, next);
        Assert.InRange(bytes, Limits.StepLogBytes - 31, Limits.StepLogBytes + 200);
        Assert.StartsWith("The log of a step holds", Assert.Single(await db.Read(tx => LogStore.From(tx, run.RunId, 7, next - 1, 10), default)).Line.Text, StringComparison.Ordinal);
        await using (var log = new StepLog(db, live, TimeProvider.System, claimed, run, 8)) { log.Add(new string('€', 1_000)); }

        Assert.Equal((1, 3_001), await db.Read(tx => LogStore.End(tx, run.RunId, 8), default));

        // Whoever lost the lease adds nothing to the log of whoever has it.
        await using (var log = new StepLog(db, live, TimeProvider.System, claimed with { Claim = "lost" }, run, 9)) { log.Add("x"); }

        Assert.Equal((0, 0), await db.Read(tx => LogStore.End(tx, run.RunId, 9), default));
        yard.Scripted.LetGo("a");
        await yard.End(started.Id);
    }

    [Theory]
    [InlineData("pipeline-runs?limit=0")]
    [InlineData("pipeline-runs?limit=1001")]
    [InlineData("pipeline-runs?cursor=x")]
    [InlineData("pipelines?limit=1001")]
    public async Task A_page_past_its_limits_is_a_400(string path) => Assert.Equal(400, (int)(await one.Yard.Server.Http.GetAsync(Yard.Api + path)).StatusCode);
}
