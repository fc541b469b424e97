using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.LoggedModels;

/// <summary>What a client adds to a model that it logged: its end, tags, parameters.</summary>
internal sealed class ChangeLoggedModel(Db db, LiveHub live)
{
    /// <summary>Says whether the files are there; no order of states is asked for.</summary>
    public Task<Result<LoggedModelWithData>> Finalize(Caller caller, string modelId, LoggedModelStatus status, CancellationToken ct) => Change<LoggedModelWithData>(caller, modelId, (tx, model) =>
    {
        LoggedModelStore.Update(tx, model with { Status = status, UpdatedMs = tx.Clock.NowMs() });
        return LoggedModelStore.Load(tx, [model.Key])[0];
    }, ct);

    /// <summary>Sets tags, in place of those of the same keys.</summary>
    public async Task<Result<Done>> SetTags(Caller caller, string modelId, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken ct)
    {
        if (LoggedModelRules.CheckTags(tags).Fails(out var fault, out var kept)) { return fault; }

        return await Change<Done>(caller, modelId, (tx, model) =>
        {
            LoggedModelStore.SetTags(tx, model.Key, kept);
            return Done.Value;
        }, ct);
    }

    public Task<Result<Done>> DeleteTag(Caller caller, string modelId, string key, CancellationToken ct) => Change<Done>(
        caller, modelId,
        (tx, model) => LoggedModelStore.DeleteTag(tx, model.Key, key) ? Done.Value : new Problem(404, "not_found", $"No tag with key '{key}' found for model with ID '{modelId}'."), ct);

    /// <summary>Adds parameters, each once: the same value again changes nothing, another is refused.</summary>
    public async Task<Result<Done>> AddParams(Caller caller, string modelId, IReadOnlyList<KeyValuePair<string, string>> given, CancellationToken ct)
    {
        if (RunTags.CheckParams(given).Fails(out var fault, out var parameters)) { return fault; }

        return await Change<Done>(caller, modelId, (tx, model) =>
        {
            LoggedModelStore.AddParams(tx, model.Key, parameters);
            var stored = LoggedModelStore.Params(tx, model.Key, [.. parameters.Select(param => param.Key)]);
            var changed = parameters.FirstOrDefault(param => stored[param.Key] != param.Value);
            return changed.Key is null ? Done.Value : Problem.Invalid(
                "params", $"Changing param values is not allowed. Param with key='{changed.Key}' was already logged with value='{stored[changed.Key]}' for model ID='{modelId}'. Attempted logging new value '{changed.Value}'.");
        }, ct);
    }

    private async Task<Result<T>> Change<T>(Caller caller, string modelId, Func<WriteTx, LoggedModel, Result<T>> change, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        return await db.Write<Result<T>>(tx =>
        {
            if (LoggedModelStore.FindActive(tx, caller, Permissions.RunsWrite, modelId).Fails(out var gone, out var model)) { return gone; }

            tx.AfterCommit(() => live.Send(new LiveChange("loggedModel", caller.Workspace, modelId, model.ExperimentIdText)));
            return change(tx, model);
        }, ct);
    }
}
