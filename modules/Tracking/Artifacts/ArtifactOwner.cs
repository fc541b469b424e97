using Slipway.Kernel;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.LoggedModels;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Artifacts;

/// <summary>What artifacts belong to: a run or a logged model. Their keys are of one sequence, so one table names the files of both.</summary>
/// <param name="LiveKind">What open pages are told of a change of the files.</param>
internal sealed record ArtifactOwner(string LiveKind, long Key, string Id, string ExperimentId, bool Deleted, string ArtifactUri)
{
    /// <summary>The run, or the model when the id begins as those of models do; null when the workspace has none of this id.</summary>
    public static ArtifactOwner? Find(ReadTx tx, string workspace, string id)
    {
        if (!IsModel(id)) { return RunStore.Find(tx, workspace, id) is { } run ? new("artifact", run.Key, run.RunId, run.ExperimentIdText, run.Deleted, run.ArtifactUri) : null; }

        return LoggedModelStore.Find(tx, workspace, id) is { } model
            ? new("loggedModel", model.Key, model.ModelId, model.ExperimentIdText, model.Deleted, model.ArtifactUri)
            : null;
    }

    public static Problem NotFound(string id) => IsModel(id) ? LoggedModel.NotFound(id) : Faults.NoRun(id);

    /// <summary>Why nothing can be stored or removed; null when it can.</summary>
    public static Problem? Refusal(ArtifactOwner? owner, string id) =>
        owner is null ? NotFound(id) : !owner.Deleted ? null : IsModel(id) ? LoggedModel.NotFound(id) : Faults.NotActive("run", id);

    /// <summary>The problem of artifacts at an address elsewhere: what is there is not known here, and never fetched. Null when they are kept here.</summary>
    public Problem? Elsewhere => ArtifactLocation.IsOwn(ArtifactUri) ? null : new Problem(
        400, "artifacts_elsewhere", $"The artifacts of {(IsModel(Id) ? "model" : "run")} {Id} are at {ArtifactUri}, outside this server, which never opens that address; read them there.");

    private static bool IsModel(string id) => id.StartsWith(LoggedModel.IdPrefix, StringComparison.Ordinal);
}
