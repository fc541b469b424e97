using System.Text.Json;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Training.Contracts;

namespace Slipway.Pipelines.Tests;

/// <summary>The sample of a program of one's own: samples/mortgage/report.py.</summary>
public sealed class ReportTests
{
    private static readonly bool HasPython = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "python3")));

    [Theory, EachDatabase]
    public async Task A_python_program_without_packages_writes_a_report_and_logs_a_run_by_its_key(string database)
    {
        Assert.SkipUnless(HasPython, "There is no python3 on this machine.");
        await using var yard = await Yard.Open(database);
        var evaluation = new EvaluationReport(
            "binary", new string('a', 64), new string('b', 64), 1_234, new LabelView("y", "yes"), new Dictionary<string, double?> { ["roc_auc"] = 0.8125, ["slope"] = null },
            [new("small_group", "notice", "c", "Group <c> has 3 rows.")], [new("team", "x", 30, [new("x", 900, false, 450, 0.5, new(0.4, 0.6)), new("y", 3, true)], [])],
            new(0.25, "refuse", "take"), new(1, 2, 3, 4));
        var files = new Dictionary<string, string>
        {
            ["evaluation.json"] = await yard.Upload(JsonSerializer.Serialize(evaluation, WireJson.Options)),
            ["report.py"] = await yard.Upload(Sample("report.py")),
        };

        var run = await yard.Run(
            """
            pipeline: scores
            steps:
              given: { uses: command, with: { run: [cp, evaluation.json, out/], files: [evaluation.json], out: { evaluation: evaluation } } }
              report: { uses: command, in: { evaluation: given.evaluation }, with: { run: [python3, report.py], files: [report.py], out: { report: file } } }
            """, files);

        Assert.True(run.State == PipelineRunState.Succeeded, run.Steps[1].Problem?.Detail);
        var page = await yard.Text(run.Steps[1].Outputs["report"].Digest);
        foreach (var text in (string[])["<h1>scores</h1>", "1,234 rows", "<td>roc_auc</td><td class=figure>0.8125</td>", "not known", "refuse at a score of 0.25", "Group &lt;c&gt; has 3 rows.", "<h2>By team</h2>"])
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
        }

        var log = await yard.Log(run.Id, "report");
        Assert.Equal("read in/evaluation.json: binary, 1234 rows, 2 metrics", log[0]);
        Assert.StartsWith("logged the metrics as run ", log[^1], StringComparison.Ordinal);
        var logged = await yard.Server.Http.GetStringAsync("/api/2.0/mlflow/runs/get?run_id=" + log[^1].Split(' ')[^1]);
        Assert.Contains("0.8125", logged, StringComparison.Ordinal);
        Assert.Contains("FINISHED", logged, StringComparison.Ordinal);

        // Again: the experiment is there by now.
        Assert.Equal(PipelineRunState.Succeeded, (await yard.Run(await Definition(yard, run), files, ["report"])).State);
    }

    [Fact]
    public async Task The_sample_with_a_report_is_the_sample_and_one_step_more_and_reuses_it()
    {
        var (plain, more) = (Sample("pipeline.yaml"), Sample("report.yaml"));
        Assert.StartsWith(Body(plain).TrimEnd(), Body(more), StringComparison.Ordinal);
        Assert.SkipUnless(HasPython, "There is no python3 on this machine.");
        await using var yard = await Yard.Open(TestDatabase.Sqlite);
        var (first, second) = (await Run(yard, WithoutRegister(plain)), await Run(yard, WithoutRegister(more)));

        Assert.True(second.State == PipelineRunState.Succeeded, string.Join(" ", first.Steps.Concat(second.Steps).Select(step => step.Problem?.Detail)));
        Assert.All(second.Steps.SkipLast(1), step => Assert.Equal(StepState.Reused, step.State));
        Assert.Contains("<td>roc_auc</td>", await yard.Text(second.Steps[^1].Outputs["report"].Digest), StringComparison.Ordinal);
    }

    private static string Sample(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", name));

    private static string Body(string definition) => definition[definition.IndexOf("pipeline:", StringComparison.Ordinal)..];

    /// <summary>What becomes of the model is the business of a later room and its tests.</summary>
    private static string WithoutRegister(string definition)
    {
        var begin = definition.IndexOf("  register:", StringComparison.Ordinal);
        var end = definition.IndexOf("  report:", begin, StringComparison.Ordinal);
        return definition[..begin] + (end < 0 ? "" : definition[end..]);
    }

    private static async Task<PipelineRunView> Run(Yard yard, string definition)
    {
        var check = await Yard.Read<PipelineCheckView>(await yard.Post("pipelines/check", new CheckPipelineRequest(definition)), 200);
        var files = new Dictionary<string, string>();
        foreach (var name in check.Graph!.Files) { files[name] = await yard.Upload(Sample(name)); }

        return await yard.Run(definition, files);
    }

    private static async Task<string> Definition(Yard yard, PipelineRunView run) => (await yard.Get<PipelineDetail>($"pipelines/{run.Pipeline}")).Definition;
}
