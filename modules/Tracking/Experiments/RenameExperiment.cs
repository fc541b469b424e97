using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Tracking.Experiments;

/// <summary>Gives an active experiment another name.</summary>
internal sealed class RenameExperiment(Db db, LiveHub live)
{
    public async Task<Result<Done>> Handle(Caller caller, long id, string name, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ExperimentsWrite) is { } denied) { return denied; }

        if (NameFault(name, "new_name") is { } fault) { return fault; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (ExperimentStore.Find(tx, caller, Permissions.ExperimentsWrite, id).Fails(out var missing, out var experiment)) { return missing; }

            if (experiment.Deleted) { return Problem.Conflict(MlflowFaults.InvalidState, "Cannot rename a non-active experiment."); }

            if (ExperimentStore.HolderOf(tx, caller.Workspace, name) is { } taken && taken.Id != id)
            {
                return Problem.Conflict(MlflowFaults.AlreadyExists, $"Experiment(name={name}) already exists. Choose another name.");
            }

            ExperimentStore.Rename(tx, id, name, tx.Clock.NowMs());
            tx.AfterCommit(() => live.Send(new LiveChange("experiment", caller.Workspace, experiment.IdText)));
            return Done.Value;
        }, ct);
    }

    public static Problem? NameFault(string name, string parameter) =>
        name.Length == 0 ? MlflowFaults.Missing(parameter)
        : name.Length > ValueLimits.ExperimentNameChars ? Problem.Invalid(parameter, KeyRules.TooLong(parameter, ValueLimits.ExperimentNameChars))
        : null;
}
