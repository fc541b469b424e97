using System.Globalization;
using System.Text.Json;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.OnnxRuntime;
using Slipway.Pipelines.Ports;
using Slipway.Tracking.Ports;
using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Onnx;
using Slipway.Training.Ports;

namespace Slipway.Training.Steps;

/// <summary><c>evaluate</c>: scores held-out rows with the model file itself and says how it does.</summary>
internal sealed class EvaluateStep(Db db, IDatasets datasets, IRuns runs, IBlobStore blobs) : IStepKind
{
    public string Name => "evaluate";

    // The data are read, and scored, by code of other modules.
    public string Version { get; } = StepVersion.Of(typeof(IDatasets)) + StepVersion.Of(typeof(OnnxSession)) + StepVersion.Of(typeof(EvaluateStep));

    public StepShape Shape(StepDefinition step) => new(
        [new StepInput("model", [StepTypes.Model]), new StepInput("data", [StepTypes.Dataset])], new Dictionary<string, string> { ["evaluation"] = StepTypes.Evaluation }, []);

    public IReadOnlyList<Fault> Check(StepDefinition step) => EvaluateSettings.Read(step).Faults;

    public async Task<Result<StepOutcome>> Run(StepContext context, CancellationToken ct)
    {
        var (settings, faults) = EvaluateSettings.Read(context.Step);
        if (settings is null) { return Problem.Invalid(faults); }

        var (model, data) = (context.Inputs["model"], context.Inputs["data"]);
        if ((await Input(context, settings, model, data, ct)).Fails(out var problem, out var input)) { return problem.InStep(); }

        context.Log($"Scored {input.Scores.Length} rows with the model file {model.Digest[..12]}.");
        if (Evaluator.Run(settings, input, ct).Fails(out problem, out var report)) { return problem.InStep(); }

        foreach (var finding in report.Findings) { context.Log($"Finding: {finding.Detail}"); }

        var json = JsonSerializer.SerializeToUtf8Bytes(report, WireJson.Options);
        var stored = await blobs.Put(new MemoryStream(json), ct);
        var runId = model.Facts?.GetValueOrDefault("runId");
        if (runId is not null && await Track(context.Caller, runId, report, json, ct) is { } refused) { return refused; }

        await db.Write(tx => tx.Publish(context.Caller, new ModelEvaluated(
            context.Caller.Workspace, runId, context.PipelineRunId, model.Digest, data.Digest, stored.Digest, report.Findings.Count)), ct);
        var known = new Dictionary<string, string> { ["model"] = model.Digest, ["data"] = data.Digest };
        if (runId is not null) { known["runId"] = runId; }

        return new StepOutcome(
            new Dictionary<string, StepValue> { ["evaluation"] = new(StepTypes.Evaluation, stored.Digest, "evaluation.json", known) }, Summary(report));
    }

    private async Task<Result<EvaluationInput>> Input(StepContext context, EvaluateSettings settings, StepValue model, StepValue data, CancellationToken ct)
    {
        var training = model.Facts?.GetValueOrDefault("training") is { } digest ? JsonSerializer.Deserialize<TrainingReport>(await Bytes(digest, ct), WireJson.Options) : null;
        var label = settings.Label ?? (training is null ? null : new LabelRule(training.Label.Column, training.Label.Positive, training.Label.Transform == "log"));
        if (label is null) { return Problem.Invalid("with.label", "The model came without a training record; 'with.label' says what it predicts, such as { column: paid, positive: \"yes\" }."); }

        var binary = settings.Label is null ? training!.Model == "logistic" : label.Positive is not null;
        if (TooLarge((await blobs.Find(model.Digest, ct))?.SizeBytes ?? 0) is { } refused) { return refused; }

        var file = await Bytes(model.Digest, ct);
        if (ModelScorer.Columns(file).Fails(out var problem, out var inputs)) { return problem; }

        string[] names = [.. inputs.Append(label.Column).Concat(settings.Groups.Select(group => group.Column)).Distinct(StringComparer.Ordinal)];
        if ((await datasets.Read(context.Caller, data.Digest, names, ct)).Fails(out problem, out var table)) { return problem; }

        var columns = TableColumns.Of(table);
        return ModelScorer.Score(file, columns, table.Rows, ct).Then(scores => new EvaluationInput(model.Digest, data.Digest, label, binary, columns, inputs, scores, training?.Findings ?? []));
    }

    /// <summary>Said before a byte is read: the file is held in memory.</summary>
    internal static Problem? TooLarge(long sizeBytes) => sizeBytes <= Limits.ModelFileBytes ? null
        : Problem.Invalid("model", $"The model file has {sizeBytes} bytes; at most {Limits.ModelFileBytes} are loaded.");

    private async Task<Problem?> Track(Caller caller, string runId, EvaluationReport report, byte[] json, CancellationToken ct)
    {
        var metrics = report.Metrics.Where(metric => metric.Value is not null).ToDictionary(metric => metric.Key, metric => metric.Value!.Value, StringComparer.Ordinal);
        var none = new Dictionary<string, string>();
        return (await runs.Log(caller, runId, new RunEntries(none, metrics, none), ct)).Problem ?? (await runs.Put(caller, runId, "evaluation.json", new MemoryStream(json), ct)).Problem;
    }

    private async Task<byte[]> Bytes(string digest, CancellationToken ct)
    {
        var bytes = new MemoryStream();
        await blobs.CopyTo(digest, null, bytes, ct);
        return bytes.ToArray();
    }

    private static Dictionary<string, string> Summary(EvaluationReport report)
    {
        var summary = new Dictionary<string, string> { ["rows"] = report.Rows.ToString("N0", CultureInfo.InvariantCulture) };
        var (label, name) = report.Kind == "binary" ? ("AUC", "roc_auc") : ("RMSE", "rmse");
        if (report.Metrics[name] is { } value) { summary[label] = value.ToString("0.0000", CultureInfo.InvariantCulture); }

        foreach (var comparison in report.Groups)
        {
            foreach (var contrast in comparison.Contrasts.Where(contrast => contrast.Decisions.Ratio is not null).Take(3))
            {
                summary[$"ratio {comparison.Column} {contrast.Group}/{contrast.Reference}"] = contrast.Decisions.Ratio!.Value.ToString("0.000", CultureInfo.InvariantCulture);
            }
        }

        summary["findings"] = report.Findings.Count.ToString(CultureInfo.InvariantCulture);
        return summary;
    }
}
