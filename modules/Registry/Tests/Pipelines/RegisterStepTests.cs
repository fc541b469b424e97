using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Datasets.Contracts;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Ports;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Tests.Pipelines;

public sealed class RegisterStepTests
{
    [Theory, EachDatabase]
    public async Task A_pipeline_registers_its_model_with_everything_it_knows_of_it_and_only_once(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var line = new Line(shelf.Server.Http);

        var run = await line.Run();

        var (ingest, split, train, evaluate, register) = (run.Steps[0], run.Steps[1], run.Steps[2], run.Steps[3], run.Steps[4]);
        var output = register.Outputs["version"];
        Assert.Equal(("modelVersion", "late payers version 1", "late payers", "1"), (output.Type, output.Name, output.Facts!["model"], output.Facts["version"]));
        Assert.Equal(["model late payers", "version 1"], register.Summary.Select(entry => $"{entry.Key} {entry.Value}"));

        var version = await shelf.Read<ModelVersionView>("models/late%20payers/versions/1");
        var data = (await shelf.Read<DatasetVersionDetail>("datasets/invoices/versions/1")).Version;
        var digests = version.Digests;
        Assert.Equal(
            (train.Outputs["model"].Digest, split.Outputs["train"].Digest, Sha(Line.Definition), train.Outputs["training"].Digest, evaluate.Outputs["evaluation"].Digest),
            (digests.Model, digests.Data, digests.Code, digests.Training, digests.Evaluation));
        Assert.Equal((ingest.Outputs["data"].Digest, data.ContractDigest), (digests.Source, digests.Contract));
        Assert.Matches("^[0-9a-f]{64}$", digests.Environment);
        Assert.Matches("^[0-9a-f]{64}$", digests.Profile);
        Assert.NotEqual(data.ProfileDigest, digests.Profile); // of the rows that it was trained on, not of the whole file

        var runId = train.Outputs["model"].Facts!["runId"];
        Assert.Equal(("late-payers", run.Id), (version.Pipeline!.Pipeline, version.Pipeline.RunId));
        Assert.Equal((runId, $"runs:/{runId}/model/model.onnx", "finished"), (version.Run!.RunId, version.Source, version.Run.Status));
        Assert.Equal(("invoices", 1L, 600L, digests.Contract, digests.Profile), (version.Data!.Dataset, version.Data.Version, version.Data.Rows, version.Data.ContractDigest, version.Data.ProfileDigest));
        Assert.Equal([("amount", "kg"), ("days", "d"), ("known", null)], version.Signature!.Inputs.Select(field => (field.Name, field.Unit)).Order());
        Assert.NotEmpty(version.Signature.Outputs);
        Assert.Contains(version.Metrics, metric => metric is { Name: "roc_auc", From: "evaluation", Value: > 0.6 and < 1 });
        Assert.Equal([("north", true), ("south", false)], version.Fairness.Select(group => (group.Group, group.IsReference)).Order());
        Assert.Equal("Probability that an invoice is paid late.", version.Description);
        Assert.Equal(["champion"], version.Aliases);
        Assert.DoesNotContain(version.Findings, finding => finding.Kind is "unreadable_record" or "missing_evidence");
        Assert.All(version.Card.Sections, section => Assert.True(section.Missing is null || section.Id == "limits", $"{section.Id}: {section.Missing}"));

        // MLflow's clients find the same version, and what they would load.
        var mlflow = await shelf.Done("GET", "model-versions/get-download-uri?name=late%20payers&version=1");
        Assert.EndsWith("/artifacts/model/model.onnx", (string)mlflow["artifact_uri"]!, StringComparison.Ordinal);

        // Nothing changed: the step's result is taken. Told to run again, it finds the version that is there.
        var again = await line.Run();
        Assert.All(again.Steps, step => Assert.Equal(StepState.Reused, step.State));
        var forced = await line.Run(force: ["*"]);
        Assert.Equal("1, as before", forced.Steps[4].Summary["version"]);
        Assert.Equal([1], await line.Versions());

        // Another threshold is another evaluation, so another version, and the alias goes with it.
        var stricter = await line.Run(Line.Definition.Replace("threshold: 0.5", "threshold: 0.4", StringComparison.Ordinal));
        Assert.Equal("2", stricter.Steps[4].Outputs["version"].Facts!["version"]);
        Assert.Equal([2, 1], await line.Versions());
        Assert.Equal(2, (await shelf.Read<ModelView>("models/late%20payers")).Aliases["champion"]);
        var diff = await shelf.Read<VersionDiff>("models/late%20payers/diff?from=1&to=2");
        Assert.Contains(diff.Rows, row => row is { Section: "digests", Field: "evaluation" });
        Assert.DoesNotContain(diff.Rows, row => row is { Section: "digests", Field: "model" or "data" or "environment" });

        var uses = await shelf.Read<DatasetUseList>("datasets/invoices/uses");
        Assert.Equal(["late payers/1", "late payers/2"], uses.Items.Where(use => use.Kind == "modelVersion").Select(use => use.Subject).Distinct().Order());
    }

    [Theory, EachDatabase]
    public async Task A_version_that_was_deleted_is_not_reused_but_made_anew(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var line = new Line(shelf.Server.Http);
        await line.Run();
        await shelf.Done("DELETE", "model-versions/delete", new { name = "late payers", version = "1" });

        var register = (await line.Run()).Steps[4];

        Assert.Equal((StepState.Succeeded, "Nothing has changed, but late payers version 1 is no longer there."), (register.State, register.Reuse!.Reason));
        Assert.Equal([2], await line.Versions());
    }

    [Theory, EachDatabase]
    public async Task Every_fault_of_a_definition_is_told_before_anything_runs(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var line = new Line(shelf.Server.Http);
        Assert.Empty((await line.Check(Line.Definition)).Faults);

        var faults = (await line.Check(Line.Definition
            .Replace("name: late payers,", "name: late/payers, stage: prod,", StringComparison.Ordinal)
            .Replace("alias: champion", "alias: v1", StringComparison.Ordinal)
            .Replace("in: { model: train.model, evaluation: evaluate.evaluation,", "in: { model: split.test, evaluation: train.model,", StringComparison.Ordinal))).Faults;

        foreach (var path in (string[])["steps.register.with.name", "steps.register.with.alias", "steps.register.with.stage", "steps.register.in.model", "steps.register.in.evaluation"])
        {
            Assert.Contains(faults, fault => fault.Path == path && fault.Line > 0);
        }

        var bare = (await line.Check("{ pipeline: p, steps: { register: { uses: register } } }")).Faults;
        Assert.Equal(["steps.register.in", "steps.register.with.name"], bare.Select(fault => fault.Path).Order());
    }

    [Theory, EachDatabase]
    public async Task Who_may_not_register_is_refused_and_several_attempts_at_once_make_one_version(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var line = new Line(shelf.Server.Http);
        var run = await line.Run(Line.Definition[..Line.Definition.IndexOf("  register:", StringComparison.Ordinal)]);
        var step = shelf.Server.Services.GetServices<IStepKind>().Single(kind => kind.Name == "register");
        StepContext Of(Caller caller, bool evaluated = true) => Context(run, caller, evaluated);

        var viewer = new Caller("0192bb", "eve", PrincipalKind.Person, [new Grant("workspace/default", Level.Viewer)]);
        var stranger = new Caller("0192cc", "mallory", PrincipalKind.Person, [new Grant("workspace/risk", Level.Admin)]) { Workspace = "risk" };
        Assert.True((await step.Run(Of(viewer), default)).Fails(out var refused, out _));
        Assert.Equal((403, true), (refused.Status, refused.Detail.Contains("registry.models.write", StringComparison.Ordinal)));
        Assert.True((await step.Run(Of(stranger), default)).Fails(out refused, out _));
        Assert.Equal(404, refused.Status);
        Assert.Equal(404, (await shelf.Native("GET", "models/late%20payers")).Status);

        // As after crashes: the same attempt again and again, from several replicas.
        foreach (var evaluated in (bool[])[true, false])
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => step.Run(Of(Shelf.Owner, evaluated), default))));
            Assert.All(outcomes, outcome => Assert.False(outcome.Fails(out var problem, out _), problem?.Detail));
        }

        Assert.Equal([2, 1], await line.Versions());
        Assert.Equal(["version.register", "version.register"], await shelf.Texts("SELECT action FROM kernel_audit_entries WHERE action = 'version.register' LIMIT 10"));
    }

    [Theory, EachDatabase]
    public async Task A_starter_without_the_permission_to_start_runs_gets_no_version(string database)
    {
        await using var shelf = await Shelf.Open(database);
        using var viewer = await shelf.Program(Role.Viewer, "default");

        using var answer = await viewer.PostAsync(Line.Api + "pipeline-runs", System.Net.Http.Json.JsonContent.Create(new StartPipelineRunRequest(Line.Definition)));

        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Equal(404, (await shelf.Native("GET", "models/late%20payers")).Status);
    }

    [Theory, EachDatabase]
    public async Task A_server_killed_while_it_registers_makes_one_version_all_the_same(string database)
    {
        await using var data = await TestDatabase.Create(database);
        var folder = Path.Combine(data.Folder, "data");
        string runId;
        await using (var server = await ServerProcess.Start(folder, ["--database", data.Database], waitSeconds: 60))
        {
            using var http = new HttpClient { BaseAddress = server.BaseAddress };
            runId = (await new Line(http).Start()).Id;
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
            while ((int)(await http.GetAsync(Line.Api + "models/late%20payers", limit.Token)).StatusCode != 200) { await Task.Delay(1, limit.Token); }

            // The version is there, the step has hardly said so.
            await server.Kill();
        }

        await using var next = await ServerProcess.Start(folder, ["--database", data.Database], waitSeconds: 60);
        using var client = new HttpClient { BaseAddress = next.BaseAddress };
        var line = new Line(client);
        var run = await line.End(runId);

        Assert.True(run.State == PipelineRunState.Succeeded, run.Steps[4].Problem?.Detail);
        Assert.Equal([1], await line.Versions());
        Assert.Equal("1", run.Steps[4].Outputs["version"].Facts!["version"]);
    }

    /// <summary>The step's context as the engine would make it after the other steps of a run.</summary>
    private static StepContext Context(PipelineRunView run, Caller caller, bool evaluated)
    {
        StepValue Value(int step, string output) => run.Steps[step].Outputs[output] is var value ? new StepValue(value.Type, value.Digest, value.Name, value.Facts) : null!;
        var inputs = new Dictionary<string, StepValue> { ["model"] = Value(2, "model"), ["data"] = Value(1, "train"), ["source"] = Value(0, "data") };
        if (evaluated) { inputs["evaluation"] = Value(3, "evaluation"); }

        var definition = new StepDefinition(
            "register", "register", new Dictionary<string, StepReference> { ["model"] = new("train", "model") }, System.Text.Json.JsonElement.Parse("""{"name":"late payers"}"""));
        return new StepContext(caller, run.Pipeline, run.Id, definition, inputs, new Dictionary<string, string>(), 1, _ => { }) { DefinitionDigest = run.DefinitionDigest };
    }

    private static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
