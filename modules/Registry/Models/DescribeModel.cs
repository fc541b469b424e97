using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Models;

/// <summary>Changes what people wrote on a model: its description and its tags.</summary>
internal sealed class DescribeModel(Db db, LiveHub live)
{
    /// <param name="description">Null = none any more.</param>
    /// <param name="deploymentJobId">Null = as it was.</param>
    public async Task<Result<Model>> Describe(Caller caller, string name, string? description, string? deploymentJobId, CancellationToken ct)
    {
        if (CreateModel.TextFault(description, deploymentJobId) is { } fault) { return fault; }

        return await Change(caller, name, (tx, model) =>
        {
            var described = model with { Description = description, DeploymentJobId = deploymentJobId ?? model.DeploymentJobId, UpdatedMs = tx.Clock.NowMs() };
            ModelStore.Describe(tx, described);
            return described;
        }, ct);
    }

    public async Task<Result<Model>> SetTag(Caller caller, string name, string key, string value, CancellationToken ct)
    {
        if (Tags.Fault(key, value) is { } fault) { return fault; }

        return await Change(caller, name, (tx, model) =>
        {
            ModelStore.SetTags(tx, model.Id, [new(key, value)]);
            tx.Publish(caller, new ModelTagSet(caller.Workspace, name, key, TagFacts.Kept(value), ModelStore.IsPrompt(tx, model.Id)));
            return model;
        }, ct);
    }

    /// <summary>A tag that is not there may be deleted, as in MLflow.</summary>
    public Task<Result<Model>> DeleteTag(Caller caller, string name, string key, CancellationToken ct) => Change(caller, name, (tx, model) =>
    {
        if (ModelStore.DeleteTag(tx, model.Id, key)) { tx.Publish(caller, new ModelTagDeleted(caller.Workspace, name, key, Tags.MarkPrompt(model.Tags))); }

        return model;
    }, ct);

    private async Task<Result<Model>> Change(Caller caller, string name, Func<WriteTx, Model, Model> change, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsWrite) is { } denied) { return denied; }

        return await db.Write<Result<Model>>(tx =>
        {
            if (ModelStore.Find(tx, caller, Permissions.ModelsWrite, name).Fails(out var missing, out var model)) { return missing; }

            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, name)));
            return change(tx, model);
        }, ct);
    }
}
