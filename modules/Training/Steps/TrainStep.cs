using System.Globalization;
using System.Text.Json;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.OnnxRuntime;
using Slipway.Pipelines.Ports;
using Slipway.Tracking.Ports;
using Slipway.Training.Ports;

namespace Slipway.Training.Steps;

/// <summary><c>train</c>: fits a model to a table and leaves it, with its figures and files, in a run.</summary>
internal sealed class TrainStep(Db db, IDatasets datasets, IRuns runs, IBlobStore blobs) : IStepKind
{
    private const int OriginChars = 100;

    public string Name => "train";

    // The data are read, and scored, by code of other modules.
    public string Version { get; } = StepVersion.Of(typeof(IDatasets)) + StepVersion.Of(typeof(OnnxSession)) + StepVersion.Of(typeof(TrainStep));

    public StepShape Shape(StepDefinition step) => new(
        [new StepInput("data", [StepTypes.Dataset])],
        new Dictionary<string, string> { ["model"] = StepTypes.Model, ["training"] = StepTypes.File }, []);

    public IReadOnlyList<Fault> Check(StepDefinition step) => TrainSettings.Read(step).Faults;

    public async Task<Result<StepOutcome>> Run(StepContext context, CancellationToken ct)
    {
        var (settings, faults) = TrainSettings.Read(context.Step);
        if (settings is null) { return Problem.Invalid(faults); }

        var (caller, data) = (context.Caller, context.Inputs["data"]);
        if ((await datasets.Read(caller, data.Digest, settings.Columns, ct)).Fails(out var problem, out var table)) { return problem; }

        context.Log($"Fitting a {(settings.Logistic ? "logistic" : "linear")} model of '{settings.Label.Column}' to {table.Rows} rows.");
        if (Trainer.Train(settings, TableColumns.Of(table), table.Rows, ct).Fails(out problem, out var trained)) { return problem.InStep(); }

        foreach (var row in trained.Model.Fit.Coefficients(trained.Model.Design.Terms))
        {
            context.Log(string.Create(CultureInfo.InvariantCulture, $"{row.Term}: {row.Estimate:0.000000} (standard error {row.StandardError:0.000000}, p {(row.PValue < 0.0001 ? "< 0.0001" : FormattableString.Invariant($"= {row.PValue:0.0000}"))})"));
        }

        foreach (var finding in trained.Findings) { context.Log($"Finding: {finding.Detail}"); }

        var model = await blobs.Put(new MemoryStream(trained.File), ct);
        var report = JsonSerializer.SerializeToUtf8Bytes(Trainer.Report(trained, data.Digest, model.Digest), WireJson.Options);
        var training = await blobs.Put(new MemoryStream(report), ct);
        if ((await Track(context, settings, trained, report, ct)).Fails(out problem, out var run)) { return problem; }

        await db.Write(
            tx =>
            {
                datasets.NoteUse(tx, caller, data.Digest, "run", run.RunId, run.Name);
                tx.Publish(caller, new ModelTrained(caller.Workspace, run.RunId, context.PipelineRunId, model.Digest, data.Digest, training.Digest));
            }, ct);
        var known = new Dictionary<string, string> { ["runId"] = run.RunId, ["experimentId"] = run.ExperimentId, ["training"] = training.Digest };
        return new StepOutcome(
            new Dictionary<string, StepValue>
            {
                ["model"] = new(StepTypes.Model, model.Digest, "model.onnx", known), ["training"] = new(StepTypes.File, training.Digest, "training.json", known),
            },
            Summary(trained, table.Rows));
    }

    /// <summary>The run is made once it has something to hold; a further attempt finds it and writes the same again.</summary>
    private async Task<Result<StartedRun>> Track(StepContext context, TrainSettings settings, Trained trained, byte[] report, CancellationToken ct)
    {
        var (caller, step) = (context.Caller, context.Step.Name);
        var origin = $"{context.PipelineRunId}/{step}";
        var tags = new Dictionary<string, string> { ["slipway.pipeline"] = context.Pipeline, ["slipway.pipelineRun"] = context.PipelineRunId, ["slipway.step"] = step };
        var started = await runs.Start(caller, new NewRun(settings.Experiment, settings.Run ?? $"{context.Pipeline} {step}", origin[..Math.Min(origin.Length, OriginChars)], tags), ct);
        if (started.Fails(out var problem, out var run)) { return problem; }

        if ((await runs.Log(caller, run.RunId, TrainEntries.Of(settings, trained, context.Inputs["data"].Digest), ct)).Problem is { } refused) { return refused; }

        if ((await runs.Put(caller, run.RunId, "model/model.onnx", new MemoryStream(trained.File), ct)).Problem is { } noModel) { return noModel; }

        if ((await runs.Put(caller, run.RunId, "training.json", new MemoryStream(report), ct)).Problem is { } noReport) { return noReport; }

        return (await runs.Finish(caller, run.RunId, ct)).Then(_ => run);
    }

    private static Dictionary<string, string> Summary(Trained trained, int rows)
    {
        var (model, measures) = (trained.Model, trained.Model.Fit.Measures);
        var summary = new Dictionary<string, string>
        {
            ["rows"] = rows.ToString("N0", CultureInfo.InvariantCulture), ["terms"] = model.Design.Terms.Count.ToString(CultureInfo.InvariantCulture),
        };
        var (label, value) = model.Logistic ? ("deviance", measures["deviance"]) : ("R²", measures["r2"]);
        summary[label] = value.ToString("0.####", CultureInfo.InvariantCulture);
        if (trained.Findings.Count > 0) { summary["findings"] = string.Join(", ", trained.Findings.Select(finding => finding.Subject)); }

        return summary;
    }
}
