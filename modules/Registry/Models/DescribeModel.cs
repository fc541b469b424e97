using Slipway.Kernel;

namespace Slipway.Registry.Models;

/// <summary>Changes what people wrote on a model: its description and its tags.</summary>
internal sealed class DescribeModel(Db db, LiveHub live)
{
    /// <param name="description">Null = none any more.</param>
    public async Task<Result<Model>> Describe(Caller caller, string name, string? description, CancellationToken ct)
    {
        if (description?.Length > TextLimits.DescriptionChars) { return Faults.TooLong("description", TextLimits.DescriptionChars); }

        return await Change(caller, name, (tx, model) =>
        {
            var now = tx.Clock.NowMs();
            ModelStore.Describe(tx, model.Id, description, now);
            return model with { Description = description, UpdatedMs = now };
        }, ct);
    }

    public async Task<Result<Model>> SetTag(Caller caller, string name, string key, string value, CancellationToken ct)
    {
        if (Tags.Fault(key, value) is { } fault) { return fault; }

        return await Change(caller, name, (tx, model) =>
        {
            ModelStore.SetTags(tx, model.Id, [new(key, value)]);
            return model;
        }, ct);
    }

    /// <summary>A tag that is not there may be deleted, as in MLflow.</summary>
    public Task<Result<Model>> DeleteTag(Caller caller, string name, string key, CancellationToken ct) => Change(caller, name, (tx, model) =>
    {
        ModelStore.DeleteTag(tx, model.Id, key);
        return model;
    }, ct);

    private async Task<Result<Model>> Change(Caller caller, string name, Func<WriteTx, Model, Model> change, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsWrite) is { } denied) { return denied; }

        return await db.Write<Result<Model>>(tx =>
        {
            if (ModelStore.Find(tx, caller.Workspace, name) is not { } model) { return Faults.NoModel(name); }

            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, name)));
            return change(tx, model);
        }, ct);
    }
}
