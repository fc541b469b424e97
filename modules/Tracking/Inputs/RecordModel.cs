using System.Text.Json;
using Slipway.Kernel;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Inputs;

/// <summary>Models as clients before MLflow 3 log them: their description is appended to the run's tag <c>mlflow.log-model.history</c>, a JSON list.</summary>
internal sealed class RecordModel(Db db, LiveHub live)
{
    private const string HistoryTag = "mlflow.log-model.history";

    /// <summary>Most characters of the history: more than a few hundred models of one run.</summary>
    private const int MaxChars = 1_000_000;

    private static readonly string[] Mandatory = ["run_id", "artifact_path", "utc_time_created", "flavors"];

    /// <param name="modelJson">A JSON object with artifact_path, flavors, utc_time_created and run_id.</param>
    public async Task<Result<Done>> Handle(Caller caller, string runId, string modelJson, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        if (Model(modelJson).Fails(out var fault, out var model)) { return fault; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (RunStore.FindAndHold(tx, caller, Permissions.RunsWrite, runId).Fails(out var missing, out var run)) { return missing; }

            if (run.Deleted) { return Faults.NotActive("run", runId); }

            var history = $"[{string.Join(", ", [.. Entries(RunStore.Tag(tx, run.Key, HistoryTag)), model])}]";
            if (history.Length > MaxChars) { return Problem.Invalid("model_json", $"The tag {HistoryTag} of run '{runId}' would have {history.Length} characters; at most {MaxChars} are kept."); }

            RunStore.SetTags(tx, run, [new(HistoryTag, history)]);
            tx.AfterCommit(() => live.Send(new LiveChange("run", caller.Workspace, runId, run.ExperimentIdText)));
            return Done.Value;
        }, ct);
    }

    private static Result<string> Model(string modelJson)
    {
        if (Parse(modelJson) is not { ValueKind: JsonValueKind.Object } model) { return Problem.Invalid("model_json", $"Malformed model info. \n {modelJson} \n is not a valid JSON."); }

        string[] missing = [.. Mandatory.Where(name => !model.TryGetProperty(name, out _)).Select(name => $"'{name}'")];
        return missing.Length == 0 ? model.GetRawText() : Problem.Invalid("model_json", $"Model json is missing mandatory fields: {{{string.Join(", ", missing)}}}");
    }

    private static IEnumerable<string> Entries(string? history) =>
        history is not null && Parse(history) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(entry => entry.GetRawText()) : [];

    private static JsonElement? Parse(string json)
    {
        try { return JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth }); }
        catch (JsonException) { return null; }
    }
}
