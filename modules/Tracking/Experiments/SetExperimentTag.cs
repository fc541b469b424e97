using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Tracking.Experiments;

/// <summary>Sets or removes one tag of an active experiment.</summary>
internal sealed class SetExperimentTag(Db db)
{
    public async Task<Result<Done>> Set(Caller caller, long id, string key, string value, CancellationToken ct)
    {
        if (Fault(key, value) is { } fault) { return fault; }

        return await Change(caller, id, tx =>
        {
            ExperimentStore.SetTags(tx, id, [new(key, value)]);
            return Done.Value;
        }, ct);
    }

    public Task<Result<Done>> Delete(Caller caller, long id, string key, CancellationToken ct) => Change(
        caller, id, tx => ExperimentStore.DeleteTag(tx, id, key) ? Done.Value : new Problem(404, "not_found", $"No tag with name: {key} in experiment with id {id}"), ct);

    public static Problem? Fault(string key, string value) =>
        key.Length == 0 ? MlflowFaults.Missing("key")
        : key.Length > KeyRules.KeyChars ? Problem.Invalid("key", KeyRules.TooLong("key", KeyRules.KeyChars))
        : value.Length > ValueLimits.ExperimentTagValueChars ? Problem.Invalid("value", KeyRules.TooLong("value", ValueLimits.ExperimentTagValueChars))
        : KeyRules.Fault(key, "key") is { } fault ? Problem.Invalid("key", fault)
        : null;

    private async Task<Result<Done>> Change(Caller caller, long id, Func<WriteTx, Result<Done>> change, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ExperimentsWrite) is { } denied) { return denied; }

        return await db.Write<Result<Done>>(
            tx => ExperimentStore.Find(tx, caller, Permissions.ExperimentsWrite, id).Fails(out var missing, out var experiment) ? missing
                : experiment.Deleted ? Faults.NotActive("experiment", $"{id}")
                : change(tx), ct);
    }
}
