using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Imports;

/// <summary>
/// Takes experiments over, with their ids where these are numbers that nothing here has or had, with their times, tags and whether they are deleted. One whose name is here already becomes that one.
/// </summary>
internal sealed class ImportExperiments(Db db, DefaultExperiment defaults, LiveHub live)
{
    private const int MaxSourceIdChars = 100;

    public static void Map(RouteGroupBuilder imports) => imports
        .MapPost("/{importId}/experiments", async (string importId, ImportExperimentsRequest body, Caller caller, ImportExperiments handler, CancellationToken ct) =>
            (await handler.Handle(caller, importId, body.Experiments, ct)).ToHttp())
        .WithName(nameof(ImportExperiments)).Needs(Permissions.Import)
        .Produces<List<ImportedExperimentView>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private async Task<Result<List<ImportedExperimentView>>> Handle(Caller caller, string importId, IReadOnlyList<ImportedExperiment> experiments, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Import) is { } denied) { return denied; }

        if (experiments.Count > Limits.ImportRuns) { return Problem.Invalid("experiments", $"{experiments.Count} experiments were sent; at most {Limits.ImportRuns} go together."); }

        await defaults.Ensure(caller.Workspace, ct);
        return await db.Write<Result<List<ImportedExperimentView>>>(tx =>
        {
            if (ImportStore.Open(tx, caller.Workspace, importId).Fails(out var problem, out var import)) { return problem; }

            var known = ImportStore.Experiments(tx, caller.Workspace, import.Source, [.. experiments.Select(one => one.SourceId)]);
            return experiments.Select(one => known.TryGetValue(one.SourceId, out var id)
                ? new ImportedExperimentView(one.SourceId, ImportOutcome.Present, id.ToString(CultureInfo.InvariantCulture))
                : Add(tx, caller, import.Source, one)).ToList();
        }, ct);
    }

    private ImportedExperimentView Add(WriteTx tx, Caller caller, string source, ImportedExperiment given)
    {
        ImportedExperimentView Skip(string reason) => new(given.SourceId, ImportOutcome.Skipped, Reason: reason);
        if (given.SourceId.Length is 0 or > MaxSourceIdChars) { return Skip($"Its id has {given.SourceId.Length} characters; 1 to {MaxSourceIdChars} are taken."); }

        if (RenameExperiment.NameFault(given.Name, "name") is { } fault) { return Skip(fault.Detail); }

        if (ExperimentStore.HolderOf(tx, caller.Workspace, given.Name) is { } there)
        {
            if (there.Deleted && given.Lifecycle == Lifecycle.Active) { return Skip($"An experiment of the name '{given.Name}' is deleted here; restore it or give it another name."); }

            ImportStore.Map(tx, caller.Workspace, source, given.SourceId, there.Id);
            return new ImportedExperimentView(given.SourceId, ImportOutcome.Present, there.IdText);
        }

        var id = Free(tx, given.SourceId);
        var experiment = new Experiment(
            id, given.Name, string.IsNullOrEmpty(given.ArtifactLocation) ? ArtifactLocation.OfExperiment(id) : KeyRules.Cut(given.ArtifactLocation, ValueLimits.RunTagValueChars),
            given.Lifecycle == Lifecycle.Deleted, given.CreatedMs, given.UpdatedMs)
        {
            Tags = given.Tags.Where(tag => SetExperimentTag.Fault(tag.Key, KeyRules.Cut(tag.Value, ValueLimits.ExperimentTagValueChars)) is null)
                .ToDictionary(tag => tag.Key, tag => KeyRules.Cut(tag.Value, ValueLimits.ExperimentTagValueChars), StringComparer.Ordinal),
        };
        ExperimentStore.Insert(tx, caller.Workspace, experiment);
        ImportStore.Map(tx, caller.Workspace, source, given.SourceId, id);
        tx.Publish(caller, new ExperimentCreated(caller.Workspace, experiment.IdText, experiment.Name));
        tx.AfterCommit(() => live.Send(new LiveChange("experiment", caller.Workspace, experiment.IdText)));
        var left = given.Tags.Count - experiment.Tags.Count;
        return new ImportedExperimentView(given.SourceId, ImportOutcome.Added, experiment.IdText, left == 0 ? null : $"{left} tags with keys that cannot be kept were left out.");
    }

    private static long Free(WriteTx tx, string sourceId) =>
        long.TryParse(sourceId, NumberStyles.None, CultureInfo.InvariantCulture, out var own) && own > 0 && own < long.MaxValue / 2
        && ExperimentStore.IsFree(tx, own)
            ? own
            : ExperimentStore.NextId(tx);
}
