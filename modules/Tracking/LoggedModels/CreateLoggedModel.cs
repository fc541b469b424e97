using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.LoggedModels;

/// <summary>What a client says of a model that it begins to log.</summary>
/// <param name="Name">Null or empty = a made-up one.</param>
/// <param name="SourceRunId">The run that logs it; null or empty = none.</param>
internal sealed record NewLoggedModel(
    string ExperimentId, string? Name, string ModelType, string? SourceRunId, IReadOnlyList<KeyValuePair<string, string>> Params, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>Begins a model in an active experiment: it gets its id and the place of its files, and is pending until its client says that they are there.</summary>
internal sealed class CreateLoggedModel(Db db, Numbers numbers, TimeProvider clock, DefaultExperiment defaults, LiveHub live)
{
    public async Task<Result<LoggedModelWithData>> Handle(Caller caller, NewLoggedModel asked, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        if (Faults.ExperimentId(asked.ExperimentId).Fails(out var invalid, out var experimentNumber)) { return invalid; }

        if (LoggedModelRules.Fault(asked) is { } fault) { return fault; }

        if (RunTags.CheckParams(asked.Params).Fails(out invalid, out var parameters)) { return invalid; }

        if (LoggedModelRules.CheckTags(asked.Tags).Fails(out invalid, out var tags)) { return invalid; }

        await defaults.Ensure(caller.Workspace, ct);
        var id = Ids.New(clock);
        var name = string.IsNullOrEmpty(asked.Name) ? RunNames.FromSeed(RunNames.Seed(id)) : asked.Name;
        // The sequence of the runs: their artifacts and those of models stand in one table.
        var key = await numbers.Next("run", ct);
        return await db.Append<Result<LoggedModelWithData>>(tx =>
        {
            if (ExperimentStore.FindWithoutTags(tx, caller, Permissions.RunsWrite, experimentNumber).Fails(out var missing, out var experiment)) { return missing; }

            if (experiment.Deleted) { return Faults.NotActive("experiment", asked.ExperimentId); }

            if (!string.IsNullOrEmpty(asked.SourceRunId) && RunStore.Find(tx, caller, Permissions.RunsRead, asked.SourceRunId).Problem is { } noRun) { return noRun; }

            var now = tx.Clock.NowMs();
            var modelId = LoggedModel.IdPrefix + id;
            var model = new LoggedModel(
                key, modelId, experimentNumber, name, asked.ModelType, asked.SourceRunId ?? "", LoggedModelStatus.Pending,
                ArtifactLocation.OfModel(experiment.ArtifactLocation, modelId), now, now, false);
            LoggedModelStore.Insert(tx, caller.Workspace, model);
            LoggedModelStore.AddParams(tx, key, parameters);
            LoggedModelStore.SetTags(tx, key, tags);
            tx.AfterCommit(() =>
            {
                live.Send(new LiveChange("loggedModel", caller.Workspace, modelId, model.ExperimentIdText));
                if (model.SourceRunId.Length > 0) { live.Send(new LiveChange("run", caller.Workspace, model.SourceRunId, model.ExperimentIdText)); }
            });
            return LoggedModelStore.Load(tx, [key])[0];
        }, ct);
    }
}
