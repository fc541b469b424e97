using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Experiments;

/// <summary>Makes an experiment; its name must be new in the workspace, deleted ones included.</summary>
internal sealed class CreateExperiment(Db db, DefaultExperiment defaults, IObjectGrants grants, LiveHub live)
{
    public static void Map(RouteGroupBuilder experiments) => experiments
        .MapPost("", async (CreateExperimentRequest body, Caller caller, CreateExperiment handler, CancellationToken ct) =>
            (await handler.Handle(caller, body.Name, body.ArtifactLocation, [.. body.Tags ?? new Dictionary<string, string>()], ct))
            .Then(experiment => experiment.ToView())
            .ToCreated(view => $"{Routes.Native}/w/{caller.Workspace}/experiments/{view.ExperimentId}"))
        .WithName(nameof(CreateExperiment)).Needs(Permissions.ExperimentsCreate)
        .Produces<ExperimentView>(201).ProducesProblem(400).ProducesProblem(409);

    /// <param name="location">Null or empty = this server.</param>
    public async Task<Result<Experiment>> Handle(Caller caller, string name, string? location, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ExperimentsCreate) is { } denied) { return denied; }

        if (Fault(name, location, tags) is { } fault) { return fault; }

        await defaults.Ensure(caller.Workspace, ct);
        return await db.Write<Result<Experiment>>(tx =>
        {
            if (ExperimentStore.HolderOf(tx, caller.Workspace, name) is { } taken)
            {
                return Problem.Conflict(MlflowFaults.AlreadyExists, $"Experiment(name={name}) already exists. {(taken.Deleted ? "It is deleted; restore it, purge it from the trash, or choose another name." : "Choose another name.")}");
            }

            var id = ExperimentStore.NextId(tx);
            var now = tx.Clock.NowMs();
            var experiment = new Experiment(id, name, string.IsNullOrEmpty(location) ? ArtifactLocation.OfExperiment(id) : location, false, now, now)
            {
                Tags = tags.GroupBy(tag => tag.Key, StringComparer.Ordinal).ToDictionary(tag => tag.Key, tag => tag.Last().Value, StringComparer.Ordinal),
            };
            ExperimentStore.Insert(tx, caller.Workspace, experiment);
            if (grants.Made(tx, caller, experiment.Ref(caller.Workspace)) is { } refused) { return refused; }

            tx.Publish(caller, new ExperimentCreated(caller.Workspace, experiment.IdText, name));
            tx.AfterCommit(() => live.Send(new LiveChange("experiment", caller.Workspace, experiment.IdText)));
            return experiment;
        }, ct);
    }

    private static Problem? Fault(string name, string? location, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (RenameExperiment.NameFault(name, "name") is { } fault) { return fault; }

        foreach (var tag in tags)
        {
            if (SetExperimentTag.Fault(tag.Key, tag.Value) is { } tagFault) { return tagFault; }
        }

        return string.IsNullOrEmpty(location) ? null : ArtifactLocation.Fault(location);
    }
}
