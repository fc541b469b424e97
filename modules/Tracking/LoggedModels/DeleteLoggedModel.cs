using Slipway.Kernel;

namespace Slipway.Tracking.LoggedModels;

/// <summary>Puts a model away: it is no longer found, and its files stay.</summary>
internal sealed class DeleteLoggedModel(Db db, IGate gate, LiveHub live)
{
    public async Task<Result<Done>> Handle(Caller caller, string modelId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsDelete) is { } denied) { return denied; }

        var answer = await gate.Ask(caller, Actions.LoggedModelDelete.Name, $"loggedModel/{modelId}", new Dictionary<string, string>(), ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (LoggedModelStore.FindActive(tx, caller, Permissions.RunsDelete, modelId).Fails(out var gone, out var model)) { return gone; }

            var deleted = model with { Deleted = true, UpdatedMs = tx.Clock.NowMs() };
            LoggedModelStore.Update(tx, deleted);
            tx.Audit(caller, Actions.LoggedModelDelete, $"loggedModel/{modelId}", model, deleted, policy: answer.Policy);
            tx.AfterCommit(() => live.Send(new LiveChange("loggedModel", caller.Workspace, modelId, model.ExperimentIdText)));
            return Done.Value;
        }, ct);
    }
}
