using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Tests;

public sealed class CommandTests(DefinitionTests.One one) : IClassFixture<DefinitionTests.One>
{
    [Theory, EachDatabase]
    public async Task A_program_gets_files_inputs_and_an_environment_and_its_outputs_are_taken(string database)
    {
        await using var yard = await Yard.Open(database);
        var script = await yard.Upload("#!/bin/sh\ncat in/text.txt > out/copy.txt\nenv | sort > out/env\nls -a > out/listing\ncat step.json > out/step.json\necho to stdout\necho to stderr >&2\necho key $MLFLOW_TRACKING_TOKEN\n");

        var run = await yard.Run(
            """
            pipeline: p
            steps:
              a: { uses: scripted, with: { give: hello } }
              b:
                uses: command
                in: { text: a.out }
                with: { run: [./run.sh, $HOME, "*"], files: [run.sh], out: { copy: file, env: { type: file, file: env }, listing: file, step: evaluation }, env: { EXTRA: "1" } }
            """, new Dictionary<string, string> { ["run.sh"] = script });

        var step = run.Steps[1];
        Assert.True(step.State == StepState.Succeeded, step.Problem?.Detail);
        Assert.Equal("hello", await yard.Text(step.Outputs["copy"].Digest));
        Assert.Equal(("file", "copy.txt"), (step.Outputs["copy"].Type, step.Outputs["copy"].Name));
        Assert.Equal(".\n..\nin\nout\nrun.sh\nstep.json\ntmp\n", await yard.Text(step.Outputs["listing"].Digest));
        Assert.Contains("\"text\":{\"type\":\"file\",\"file\":\"in/text.txt\"", await yard.Text(step.Outputs["step"].Digest), StringComparison.Ordinal);
        var environment = (await yard.Text(step.Outputs["env"].Digest)).Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal)).ToDictionary(line => line.Split('=')[0], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(
            ["EXTRA", "HOME", "LANG", "MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_URI", "PATH", "PWD", "PYTHONUNBUFFERED", "SLIPWAY_IN", "SLIPWAY_KEY", "SLIPWAY_OUT", "SLIPWAY_PIPELINE", "SLIPWAY_PIPELINE_RUN", "SLIPWAY_SERVER", "SLIPWAY_STEP", "SLIPWAY_WORKSPACE", "TMPDIR"],
            environment.Keys.Where(name => name is not ("_" or "SHLVL" or "OLDPWD")).Order(StringComparer.Ordinal));
        Assert.Equal($"{yard.Server.BaseAddress.ToString().TrimEnd('/')}/w/default", environment["MLFLOW_TRACKING_URI"]);
        Assert.Equal(["key ***", "to stderr", "to stdout"], (await yard.Log(run.Id, "b")).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(yard.Server.Folder, "pipelines", "work")));
        Assert.Equal(401, (int)(await WithKey(yard, environment["SLIPWAY_KEY"]).GetAsync(Yard.Api + "runs")).StatusCode);
    }

    [Theory, EachDatabase]
    public async Task The_key_of_a_program_contributes_to_its_workspace_and_does_nothing_else(string database)
    {
        await using var yard = await Yard.Open(database);
        await yard.Server.Create<Identity.Contracts.WorkspaceView>("workspaces", new Identity.Contracts.CreateWorkspaceRequest("risk", "Risk"));
        var run = await yard.Start(
            """
            pipeline: p
            steps:
              a: { uses: command, with: { run: [sh, -c, 'echo $SLIPWAY_KEY > out/key; cp out/key ../../key.tmp; mv ../../key.tmp ../../key; sleep 60'], out: { key: file } } }
            """);
        var file = Path.Combine(yard.Server.Folder, "pipelines", "key");
        await yard.Until(run.Id, _ => File.Exists(file));
        using var program = WithKey(yard, (await File.ReadAllTextAsync(file)).Trim());

        Assert.Equal(200, (int)(await program.GetAsync(Yard.Api + "runs")).StatusCode);
        Assert.Equal(200, (int)(await program.PostAsync("/api/2.0/mlflow/experiments/create", Yard.Json("""{"name":"of the step"}"""))).StatusCode);
        Assert.Equal(403, (int)(await program.GetAsync("/api/v1/people")).StatusCode);
        Assert.Equal(403, (int)(await program.PostAsync("/api/v1/keys", Yard.Json("""{"name":"more","workspace":"default","expiresInDays":1,"principalId":"0123456789abcdef0123456789abcdef"}"""))).StatusCode);
        Assert.Equal(404, (int)(await program.GetAsync("/api/v1/w/risk/runs")).StatusCode);

        await yard.Post($"pipeline-runs/{run.Id}/cancel", null);
        Assert.Equal(PipelineRunState.Cancelled, (await yard.End(run.Id)).State);
        Assert.Equal(401, (int)(await program.GetAsync(Yard.Api + "runs")).StatusCode);
    }

    [Theory]
    [InlineData("[sh, -c, 'echo one; echo two >&2; exit 3']", 60, "command_failed", "ended with exit code 3.")]
    [InlineData("[sh, -c, 'echo one; echo two >&2; exit 3']", 60, "command_failed", "two")]
    [InlineData("[no-such-program]", 60, "program_missing", "There is no program 'no-such-program'")]
    [InlineData("[sh, -c, 'echo started; sleep 600']", 1, "timed_out", "longer than its time-out of 1 s and was ended. Its last lines: started")]
    [InlineData("[sh, -c, 'true']", 60, "output_refused", "has left no file 'out/o', with or without an ending")]
    [InlineData("[ln, -s, /etc/passwd, out/o]", 60, "output_refused", "it is a link")]
    [InlineData("[sh, -c, 'rmdir out && ln -s /etc out && touch o']", 60, "output_refused", "'out' is no folder any more")]
    [InlineData("[mkdir, out/o]", 60, "output_refused", "'out/o' is no plain file")]
    [InlineData("[mkfifo, out/o]", 60, "output_refused", "'out/o' is no plain file")]
    [InlineData("[truncate, -s, 17179869185, out/o]", 60, "output_refused", "'out/o' has 17179869185 bytes; an output may have at most 17179869184.")]
    [InlineData("[touch, out/o.a, out/o.b]", 60, "output_refused", "Several files could be the output 'o': o.a, o.b")]
    public async Task A_program_that_fails_says_how(string run, int seconds, string code, string detail)
    {
        var ended = await one.Yard.Run($"{{ pipeline: p, steps: {{ a: {{ uses: command, with: {{ run: {run}, out: {{ o: file }}, timeoutSeconds: {seconds} }} }} }} }}");

        Assert.Equal((StepState.Failed, code), (ended.Steps[0].State, ended.Steps[0].Problem?.Code));
        Assert.Contains(detail, ended.Steps[0].Problem!.Detail, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task No_part_of_a_key_reaches_log_or_problem_where_a_line_is_cut(string database)
    {
        await using var yard = await Yard.Open(database);
        const string script = "k=$SLIPWAY_KEY; printf %s $k > ../../key; printf %03998d%s 0 $k; printf %03990d%s 0 $k; echo; printf %0190d%s\\n 0 $k; exit 1";

        var run = await yard.Run($"{{ pipeline: p, steps: {{ a: {{ uses: command, with: {{ run: [sh, -c, '{script}'] }} }} }} }}");

        var key = await File.ReadAllTextAsync(Path.Combine(yard.Server.Folder, "pipelines", "key"));
        var said = string.Concat(await yard.Log(run.Id, "a")) + run.Steps[0].Problem!.Detail;
        Assert.Equal("command_failed", run.Steps[0].Problem!.Code);
        Assert.True(key.Length > 20, key);
        Assert.Contains("0***", said, StringComparison.Ordinal);
        for (var i = 0; i + 6 <= key.Length; i++) { Assert.DoesNotContain(key.Substring(i, 6), said, StringComparison.Ordinal); }
    }

    [Theory]
    [InlineData("sleep 600 & echo left; exit 0", false)]
    [InlineData("sleep 600 & sleep 600", true)]
    [InlineData("trap '' TERM; sleep 600 & while true; do sleep 1; done", true)]
    public async Task Everything_that_a_program_has_started_ends_with_it(string script, bool cancel)
    {
        await using var yard = await Yard.Open(TestDatabase.Sqlite);
        var mark = $"mark{Path.GetFileName(yard.Server.Folder)}";
        var run = await yard.Start($"{{ pipeline: p, steps: {{ a: {{ uses: command, with: {{ run: [sh, -c, \"{script}\", {mark}] }} }} }} }}");

        if (cancel)
        {
            await yard.Until(run.Id, _ => Marked(yard).Count > 1);
            await yard.Post($"pipeline-runs/{run.Id}/cancel", null);
        }

        await yard.End(run.Id);
        for (var i = 0; i < 200 && Marked(yard).Count > 0; i++) { await Task.Delay(10); }

        Assert.Empty(Marked(yard));
    }

    [Theory]
    [InlineData("run: []")]
    [InlineData("run: [x], files: [../x]")]
    [InlineData("run: [x], files: [/etc/passwd]")]
    [InlineData("run: [x], files: [a/../b]")]
    [InlineData("run: [x], files: [.hidden]")]
    [InlineData("run: [x], files: [in/x]")]
    [InlineData("run: [x], files: [step.json]")]
    [InlineData("run: [x], out: { '../x': file }")]
    [InlineData("run: [x], out: { o: { type: file, file: ../x } }")]
    [InlineData("run: [x], out: { o: { type: file, file: /etc/passwd } }")]
    [InlineData("run: [x], out: { o: { type: file, file: a/b } }")]
    [InlineData("run: [x], out: { o: dataset }")]
    [InlineData("run: [x], env: { MLFLOW_TRACKING_TOKEN: x }")]
    [InlineData("run: [x], env: { LD_PRELOAD: x }")]
    [InlineData("run: [x], timeoutSeconds: 0")]
    [InlineData("run: [x], shell: true")]
    public async Task Names_that_lead_elsewhere_and_other_faults_are_refused(string with)
    {
        var check = await Yard.Read<PipelineCheckView>(await one.Yard.Post("pipelines/check", new CheckPipelineRequest($"{{ pipeline: p, steps: {{ a: {{ uses: command, with: {{ {with} }} }} }} }}")), 200);

        Assert.NotEmpty(check.Faults);
        Assert.All(check.Faults, fault => Assert.StartsWith("steps.a.with", fault.Path, StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task Programs_are_off_where_sign_in_is_required_until_a_worker_is_named(string database)
    {
        const string text = "{ pipeline: p, steps: { a: { uses: command, with: { run: [sh, -c, 'printf %s $SLIPWAY_KEY > out/key'], out: { key: file } } } } }";
        await using var off = await Keyed.Open(database, null);
        await using var on = await Keyed.Open(database, "server");

        var refused = await off.Yard.Refused(400, "pipeline-runs", new StartPipelineRunRequest(text), off.Admin);
        Assert.Contains("off where sign-in is required", refused.Detail, StringComparison.Ordinal);
        Assert.Contains("command-worker: server", refused.Detail, StringComparison.Ordinal);
        Assert.Empty((await Yard.Read<Page<PipelineRunSummary>>(await off.Admin.GetAsync(Yard.Api + "pipeline-runs"), 200)).Items);

        // The same with a worker named: it runs for a person, with a key of theirs that is gone afterwards.
        var run = await Yard.Read<PipelineRunView>(await on.Yard.Post("pipeline-runs", new StartPipelineRunRequest(text), on.Admin), 201);
        var ended = await on.Yard.Until(run.Id, now => now.EndedMs is not null, on.Admin);
        Assert.True(ended.State == PipelineRunState.Succeeded, ended.Steps[0].Problem?.Detail);
        var key = await on.Admin.GetStringAsync(Yard.Api + "files/" + ended.Steps[0].Outputs["key"].Digest);
        Assert.Equal(401, (int)(await WithKey(on.Yard, key).GetAsync(Yard.Api + "pipelines")).StatusCode);
        Assert.Equal(401, (int)(await on.Yard.Server.Http.GetAsync(Yard.Api + "pipelines")).StatusCode);
        var audited = await on.Yard.Server.Db.Read(tx => tx.Query($"SELECT action FROM kernel_audit_entries WHERE subject LIKE 'key/%' OR subject LIKE 'pipelineRun/%' ORDER BY entry_id LIMIT 10", row => row.GetString(0)), default);
        Assert.Equal(["pipelineRun.start", "key.create", "key.revoke"], audited);
    }

    /// <summary>Processes that work in the folder of this server.</summary>
    private static List<string> Marked(Yard yard) => [.. Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)).Where(path =>
    {
        try { return File.ResolveLinkTarget(Path.Combine(path, "cwd"), false)?.FullName.StartsWith(Path.Combine(yard.Server.Folder, "pipelines"), StringComparison.Ordinal) == true; }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { return false; }
    })];

    private static HttpClient WithKey(Yard yard, string key)
    {
        var client = yard.Server.NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }
}
