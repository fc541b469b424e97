using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Models;

/// <summary>Makes a name for versions; it must be new in the workspace.</summary>
internal sealed class CreateModel(Db db, IGate gate, IObjectGrants grants, LiveHub live)
{
    public async Task<Result<Model>> Handle(
        Caller caller, string name, string? description, string? deploymentJobId, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsCreate) is { } denied) { return denied; }

        if ((Fault(name, description) ?? TextFault(null, deploymentJobId)) is { } fault) { return fault; }

        if (Tags.Check(tags).Fails(out var tagFault, out var kept)) { return tagFault; }

        var answer = await gate.Ask(caller, Actions.ModelCreate.Name, Model.SubjectOf(name), new Dictionary<string, string>(), ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        return await db.Write<Result<Model>>(
            tx => ModelStore.HolderOf(tx, caller.Workspace, name) is { } taken ? Taken(ModelStore.Complete(tx, [taken])[0], kept) : Insert(tx, caller, name, description, kept, answer.Policy, deploymentJobId), ct);
    }

    /// <summary>What is wrong with a name and a description; null = nothing.</summary>
    public static Problem? Fault(string name, string? description) => ModelNames.Fault(name) ?? TextFault(description, null);

    public static Problem? TextFault(string? description, string? deploymentJobId) =>
        description?.Length > TextLimits.DescriptionChars ? Faults.TooLong("description", TextLimits.DescriptionChars)
        : deploymentJobId?.Length > TextLimits.DeploymentJobIdChars ? Faults.TooLong("deployment_job_id", TextLimits.DeploymentJobIdChars)
        : null;

    /// <summary>In a transaction that has made sure that the name is free.</summary>
    public Result<Model> Insert(
        WriteTx tx, Caller caller, string name, string? description, IReadOnlyList<KeyValuePair<string, string>> tags, string policy, string? deploymentJobId = null)
    {
        var now = tx.Clock.NowMs();
        var model = new Model(Ids.New(tx.Clock), name, description, 0, now, now, caller.Name) { Tags = tags, DeploymentJobId = deploymentJobId };
        ModelStore.Insert(tx, caller, model);
        if (grants.Made(tx, caller, Model.RefOf(caller.Workspace, name)) is { } refused) { return refused; }

        tx.Audit(caller, Actions.ModelCreate, model.Subject, after: model.ToView(default), policy: policy);
        tx.Publish(caller, new ModelRegistered(caller.Workspace, name, Tags.MarkPrompt(tags)));
        tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, name)));
        return model;
    }

    // Prompts are registered models with a tag; both kinds share the names (specification: MLflow, prompts).
    private static Problem Taken(Model taken, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        var (isPrompt, wantsPrompt) = (Tags.MarkPrompt(taken.Tags), Tags.MarkPrompt(tags));
        var (kind, other) = wantsPrompt ? ("prompt", "registered model") : ("registered model", "prompt");
        return Problem.Conflict(MlflowFaults.AlreadyExists, isPrompt == wantsPrompt
            ? $"{(isPrompt ? "Prompt" : "Registered Model")} (name={taken.Name}) already exists."
            : $"Tried to create a {kind} with name '{taken.Name}', but the name is already taken by a {other}. MLflow does not allow creating a model and a prompt with the same name.");
    }
}
