using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Inputs;

namespace Slipway.Tracking.LoggedModels;

/// <summary>The logged models of a run, for its page: what went in, what came out, and what names the run as its source.</summary>
internal static class RunModels
{
    public static IReadOnlyList<RunModelView> Of(ReadTx tx, Caller caller, string runId, RunInputs inputs)
    {
        var known = LoggedModelStore.OfRun(tx, caller, runId, [.. inputs.Models, .. inputs.Outputs.Select(output => output.ModelId)])
            .ToDictionary(model => model.ModelId, StringComparer.Ordinal);
        RunModelView View(string id, bool made, long? step) => known.TryGetValue(id, out var model) ? new(id, made, step, model.Name, model.Status) : new(id, made, step);

        var outputs = inputs.Outputs.Select(output => output.ModelId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. inputs.Models.Select(id => View(id, made: false, null)),
            .. inputs.Outputs.Select(output => View(output.ModelId, made: true, output.Step)),
            .. known.Values.Where(model => model.SourceRunId == runId && !outputs.Contains(model.ModelId)).Select(model => View(model.ModelId, made: true, null)),
        ];
    }
}
