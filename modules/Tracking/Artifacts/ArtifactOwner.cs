using Slipway.Kernel;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.LoggedModels;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Artifacts;

/// <summary>What artifacts belong to: a run or a logged model. Their keys are of one sequence, so one table names the files of both.</summary>
/// <param name="LiveKind">What open pages are told of a change of the files.</param>
internal sealed record ArtifactOwner(string LiveKind, long Key, string Id, string ExperimentId, bool Deleted, string ArtifactUri)
{
    /// <summary>The run, or the model when the id begins as those of models do; a problem when the workspace has none of this id, or the caller lacks the permission on its experiment.</summary>
    public static Result<ArtifactOwner> Find(ReadTx tx, Caller caller, Permission permission, string id) =>
        IsModel(id) ? LoggedModelStore.Find(tx, caller, permission, id).Then(Of) : RunStore.Find(tx, caller, permission, id).Then(Of);

    /// <summary>As <see cref="Find"/>, for what stores or removes files: not of a deleted one.</summary>
    public static Result<ArtifactOwner> FindActive(ReadTx tx, Caller caller, Permission permission, string id) =>
        Find(tx, caller, permission, id).Fails(out var missing, out var owner) ? missing : Active(owner);

    /// <summary>As <see cref="FindActive"/>, whatever anybody may do with it: for work that goes on after its caller was asked.</summary>
    public static Result<ArtifactOwner> ActiveForServer(ReadTx tx, string workspace, string id) =>
        ForServer(tx, workspace, id) is { } owner ? Active(owner) : IsModel(id) ? LoggedModel.NotFound(id) : Faults.NoRun(id);

    /// <summary>The run or model, deleted or not, whatever anybody may do with it; null when the workspace has none of this id.</summary>
    public static ArtifactOwner? ForServer(ReadTx tx, string workspace, string id) =>
        IsModel(id) ? LoggedModelStore.FindForServer(tx, workspace, id) is { } model ? Of(model) : null
        : RunStore.FindForServer(tx, workspace, id) is { } run ? Of(run) : null;

    public static ArtifactOwner Of(LoggedModel model) => new("loggedModel", model.Key, model.ModelId, model.ExperimentIdText, model.Deleted, model.ArtifactUri);

    private static ArtifactOwner Of(Run run) => new("artifact", run.Key, run.RunId, run.ExperimentIdText, run.Deleted, run.ArtifactUri);

    private static Result<ArtifactOwner> Active(ArtifactOwner owner) =>
        !owner.Deleted ? owner : IsModel(owner.Id) ? LoggedModel.NotFound(owner.Id) : Faults.NotActive("run", owner.Id);

    /// <summary>The problem of artifacts at an address elsewhere: what is there is not known here, and never fetched. Null when they are kept here.</summary>
    public Problem? Elsewhere => ArtifactLocation.IsOwn(ArtifactUri) ? null : new Problem(
        400, "artifacts_elsewhere", $"The artifacts of {Name} are at {ArtifactUri}, outside this server, which never opens that address; read them there.");

    /// <summary>The path of an address below this one's; null when it is not below, or the artifacts are kept elsewhere.</summary>
    public string? PathOf(string address) =>
        !ArtifactLocation.IsOwn(ArtifactUri) || !(address + "/").StartsWith(ArtifactUri + "/", StringComparison.Ordinal) ? null : address[ArtifactUri.Length..].Trim('/');

    /// <summary>True for a deleted model, of which nothing is read any more; a deleted run still tells what it was.</summary>
    public bool Unread => Deleted && IsModel(Id);

    public string Name => IsModel(Id) ? $"model {Id}" : $"run {Id}";

    private static bool IsModel(string id) => id.StartsWith(LoggedModel.IdPrefix, StringComparison.Ordinal);
}
