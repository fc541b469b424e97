using Slipway.Kernel;
using Slipway.Tracking.Artifacts;

namespace Slipway.Tracking.LoggedModels;

/// <summary>
/// Puts a model away, so that it is no longer found, or brings it back; its files stay. One whose files are a registered version's cannot be put away: the version is read through it.
/// </summary>
internal sealed class DeleteLoggedModel(Db db, IGate gate, ChangeFiles files, LiveHub live)
{
    /// <summary>Of one that was deleted there is none any more, as in MLflow.</summary>
    public Task<Result<Done>> Delete(Caller caller, string modelId, CancellationToken ct) => Mark(caller, modelId, Actions.LoggedModelDelete, deleted: true, ct);

    /// <summary>Again changes nothing.</summary>
    public Task<Result<Done>> Restore(Caller caller, string modelId, CancellationToken ct) => Mark(caller, modelId, Actions.LoggedModelRestore, deleted: false, ct);

    private async Task<Result<Done>> Mark(Caller caller, string modelId, AuditAction action, bool deleted, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsDelete) is { } denied) { return denied; }

        Result<LoggedModel> Find(ReadTx tx) => deleted
            ? LoggedModelStore.FindActive(tx, caller, Permissions.RunsDelete, modelId)
            : LoggedModelStore.Find(tx, caller, Permissions.RunsDelete, modelId);
        if ((await gate.Ask(db, caller, action, $"loggedModel/{modelId}", Find, ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (Find(tx).Fails(out var gone, out var model)) { return gone; }

            if (model.Deleted == deleted) { return Done.Value; }

            if (deleted && files.Refusal(tx, caller, ArtifactOwner.Of(model), "") is { } needed) { return needed; }

            var changed = model with { Deleted = deleted, UpdatedMs = tx.Clock.NowMs() };
            LoggedModelStore.Update(tx, changed);
            tx.Audit(caller, action, $"loggedModel/{modelId}", model, changed, policy: policy);
            tx.AfterCommit(() => live.Send(new LiveChange("loggedModel", caller.Workspace, modelId, model.ExperimentIdText)));
            return Done.Value;
        }, ct);
    }
}
