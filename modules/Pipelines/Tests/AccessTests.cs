using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Tests;

public sealed class AccessTests
{
    private const string Text = "{ pipeline: p, steps: { a: { uses: scripted, with: { give: secret } } } }";

    [Theory, EachDatabase]
    public async Task A_viewer_reads_and_starts_nothing(string database)
    {
        await using var yard = await Yard.Open(database);
        var run = await yard.Run(Text);
        using var viewer = await yard.Program(Role.Viewer, "default");

        foreach (var path in Reads(run)) { Assert.Equal(200, (int)(await viewer.GetAsync(Yard.Api + path)).StatusCode); }

        foreach (var (path, body) in Writes(run))
        {
            Assert.Contains("pipelines.runs.write", (await yard.Refused(403, path, body, viewer)).Detail, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task Runs_logs_and_outputs_of_another_workspace_are_not_there(string database)
    {
        await using var yard = await Yard.Open(database);
        var run = await yard.Run(Text);
        using var stranger = await yard.Program(Role.Admin, "risk");

        foreach (var path in Reads(run))
        {
            Assert.True((int)(await stranger.GetAsync(Yard.Api + path)).StatusCode is 403 or 404);
            var (status, body) = await Ask(stranger, "/api/v1/w/risk/" + path);
            Assert.True(status == 404 || body == "{\"items\":[]}", $"{path}: {status} {body}");
        }

        Assert.Equal(404, (int)(await stranger.PostAsync($"/api/v1/w/risk/pipeline-runs/{run.Id}/cancel", null)).StatusCode);

        // A digest that somebody knows opens nothing: neither to read nor to feed a step with it.
        const string reads = """{"definition":"{ pipeline: p, steps: { a: { uses: scripted, with: { files: [x] } } } }","files":{"x":"DIGEST"}}""";
        using var answer = await stranger.PostAsync("/api/v1/w/risk/pipeline-runs", Yard.Json(reads.Replace("DIGEST", run.Steps[0].Outputs["out"].Digest, StringComparison.Ordinal)));
        Assert.Contains("no file of this workspace", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Every_route_refuses_who_may_not_change_and_who_is_elsewhere(string database)
    {
        await using var yard = await Yard.Open(database);
        var run = await yard.Run(Text);
        var walk = new AccessWalk(yard.Server, "pipelines", ("{runId}", run.Id), ("{step}", "a"), ("{name}", "p"), ("{digest}", run.Steps[0].Outputs["out"].Digest));

        await walk.RefusesReaders();
        await walk.RefusesStrangers();
    }

    [Theory, EachDatabase]
    public async Task Starting_and_cancelling_is_audited_and_told_as_facts(string database)
    {
        await using var yard = await Yard.Open(database);
        var run = await yard.Start("{ pipeline: p, steps: { a: { uses: scripted, with: { hold: true } } } }");
        await yard.Post($"pipeline-runs/{run.Id}/cancel", null);
        await yard.Post($"pipeline-runs/{run.Id}/cancel", null);
        await yard.End(run.Id);

        var audited = await yard.Server.Db.Read(tx => tx.Query($"SELECT action, subject, actor FROM kernel_audit_entries WHERE action LIKE 'pipelineRun.%' ORDER BY entry_id LIMIT 10", row => (row.GetString(0), row.GetString(1), row.GetString(2))), default);
        var facts = await yard.Server.Db.Read(tx => tx.Query($"SELECT kind, subject, actor FROM kernel_facts WHERE kind LIKE 'pipelineRun.%' ORDER BY fact_id LIMIT 10", row => (row.GetString(0), row.GetString(1), row.GetString(2))), default);

        Assert.Equal([("pipelineRun.start", $"pipelineRun/{run.Id}", "local-owner"), ("pipelineRun.cancel", $"pipelineRun/{run.Id}", "local-owner")], audited);
        Assert.Equal([("pipelineRun.started", $"pipelineRun/{run.Id}", "local-owner"), ("pipelineRun.finished", $"pipelineRun/{run.Id}", "local-owner")], facts);
    }

    [Theory, EachDatabase]
    public async Task A_starter_who_lost_the_role_fails_the_next_step(string database)
    {
        await using var yard = await Yard.Open(database);
        using var analyst = await yard.Program(Role.Contributor, "default");
        using var answer = await yard.Post("pipeline-runs", new StartPipelineRunRequest("{ pipeline: p, steps: { a: { uses: scripted, with: { hold: true } }, b: { uses: scripted, in: { x: a.out } } } }"), analyst);
        var run = await Yard.Read<PipelineRunView>(answer, 201);
        await yard.Until(run.Id, _ => yard.Scripted.Now == 1);

        await yard.Server.Db.Write(tx => tx.Execute($"DELETE FROM identity_grants WHERE level = 'Contributor'"), default);
        yard.Scripted.LetGo("a");

        var ended = await yard.End(run.Id);
        Assert.Equal([StepState.Succeeded, StepState.Failed], ended.Steps.Select(step => step.State));
        Assert.Equal("forbidden", ended.Steps[1].Problem!.Code);
    }

    [Theory, EachDatabase]
    public async Task Open_pages_hear_of_every_change_of_a_run(string database)
    {
        await using var yard = await Yard.Open(database);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var changes = ((LiveHub)yard.Server.Services.GetService(typeof(LiveHub))!).Listen(end.Token).GetAsyncEnumerator(end.Token);
        var first = changes.MoveNextAsync();

        var run = await yard.Start("{ pipeline: p, steps: { a: { uses: scripted, with: { say: [line] } } } }");

        var heard = new List<LiveChange>();
        for (var more = await first; more; more = await changes.MoveNextAsync())
        {
            if (changes.Current.Kind.StartsWith("pipeline", StringComparison.Ordinal)) { heard.Add(changes.Current); }

            if (heard.Count(change => change.Kind == "pipelineRun") >= 5) { break; }
        }

        Assert.All(heard, change => Assert.Equal(("default", run.Id, "p"), (change.Workspace, change.Id, change.Parent)));
        Assert.Contains(heard, change => change.Kind == "pipelineLog");
    }

    private static async Task<(int Status, string Body)> Ask(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string[] Reads(PipelineRunView run) =>
        ["pipelines", "pipelines/p", "pipeline-runs", $"pipeline-runs/{run.Id}", $"pipeline-runs/{run.Id}/steps/a/log", $"files/{run.Steps[0].Outputs["out"].Digest}"];

    private static (string Path, object? Body)[] Writes(PipelineRunView run) =>
        [("pipelines/check", new CheckPipelineRequest(Text)), ("pipelines/files", new { }), ("pipeline-runs", new StartPipelineRunRequest(Text)), ($"pipeline-runs/{run.Id}/cancel", null)];
}
