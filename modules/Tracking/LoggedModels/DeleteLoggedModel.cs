using Slipway.Kernel;
using Slipway.Tracking.Artifacts;

namespace Slipway.Tracking.LoggedModels;

/// <summary>Puts a model away: it is no longer found, and its files stay. One whose files are a registered version's is refused: the version is read through it.</summary>
internal sealed class DeleteLoggedModel(Db db, IGate gate, ChangeFiles files, LiveHub live)
{
    public async Task<Result<Done>> Handle(Caller caller, string modelId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsDelete) is { } denied) { return denied; }

        if ((await gate.Ask(
            db, caller, Actions.LoggedModelDelete, $"loggedModel/{modelId}", tx => LoggedModelStore.FindActive(tx, caller, Permissions.RunsDelete, modelId), ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (LoggedModelStore.FindActive(tx, caller, Permissions.RunsDelete, modelId).Fails(out var gone, out var model)) { return gone; }

            if (files.Refusal(tx, caller.Workspace, ArtifactOwner.Of(model), "") is { } needed) { return needed; }

            var deleted = model with { Deleted = true, UpdatedMs = tx.Clock.NowMs() };
            LoggedModelStore.Update(tx, deleted);
            tx.Audit(caller, Actions.LoggedModelDelete, $"loggedModel/{modelId}", model, deleted, policy: policy);
            tx.AfterCommit(() => live.Send(new LiveChange("loggedModel", caller.Workspace, modelId, model.ExperimentIdText)));
            return Done.Value;
        }, ct);
    }
}
