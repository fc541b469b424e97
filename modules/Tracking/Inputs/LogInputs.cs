using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Inputs;

/// <summary>Notes what an active run used, datasets and models, and which models it made. The same again changes nothing but the step of an output.</summary>
internal sealed class LogInputs(Db db, Numbers numbers, LiveHub live)
{
    /// <summary>Most datasets, or models, of one request.</summary>
    private const int MaxItems = 1_000;

    public async Task<Result<Done>> Use(Caller caller, string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<string> models, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        if (Fault(datasets.Count, models) is { } fault) { return fault; }

        foreach (var input in datasets)
        {
            if (DatasetRules.Fault(input) is { } wrong) { return wrong; }
        }

        var numbered = new List<(long Number, DatasetInput Input)>(datasets.Count);
        foreach (var input in datasets.DistinctBy(input => (input.Dataset.Name, input.Dataset.Digest))) { numbered.Add((await numbers.Next("input", ct), input)); }

        var named = await Number(models.Distinct(StringComparer.Ordinal).Select(id => new ModelOutput(id, 0)), ct);
        return await Change(caller, runId, (tx, run) =>
        {
            InputStore.AddDatasets(tx, run, numbered);
            InputStore.AddModels(tx, run.Key, output: false, named);
        }, ct);
    }

    public async Task<Result<Done>> Make(Caller caller, string runId, IReadOnlyList<ModelOutput> models, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        if (Fault(0, [.. models.Select(model => model.ModelId)]) is { } fault) { return fault; }

        var numbered = await Number(models.GroupBy(model => model.ModelId, StringComparer.Ordinal).Select(group => group.Last()), ct);
        return await Change(caller, runId, (tx, run) => InputStore.AddModels(tx, run.Key, output: true, numbered), ct);
    }

    private static Problem? Fault(int datasets, IReadOnlyList<string> models)
    {
        if (datasets > MaxItems) { return Problem.Invalid("datasets", $"A request names at most {MaxItems} datasets; this one names {datasets}."); }

        if (models.Count > MaxItems) { return Problem.Invalid("models", $"A request names at most {MaxItems} models; this one names {models.Count}."); }

        for (var i = 0; i < models.Count; i++)
        {
            if (models[i].Length > DatasetRules.ModelIdChars) { return Problem.Invalid($"models[{i}].model_id", KeyRules.TooLong($"models[{i}].model_id", DatasetRules.ModelIdChars)); }
        }

        return null;
    }

    private async Task<List<(long Number, string ModelId, long Step)>> Number(IEnumerable<ModelOutput> models, CancellationToken ct)
    {
        var numbered = new List<(long Number, string ModelId, long Step)>();
        foreach (var model in models) { numbered.Add((await numbers.Next("input", ct), model.ModelId, model.Step)); }

        return numbered;
    }

    private async Task<Result<Done>> Change(Caller caller, string runId, Action<WriteTx, Run> change, CancellationToken ct) => await db.Append<Result<Done>>(tx =>
    {
        if (RunStore.FindAndHold(tx, caller, Permissions.RunsWrite, runId).Fails(out var missing, out var run)) { return missing; }

        if (run.Deleted) { return Faults.NotActive("run", runId); }

        change(tx, run);
        tx.AfterCommit(() => live.Send(new LiveChange("run", caller.Workspace, runId, run.ExperimentIdText)));
        return Done.Value;
    }, ct);
}
