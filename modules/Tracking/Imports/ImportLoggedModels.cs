using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.LoggedModels;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Imports;

/// <summary>Takes logged models over under their own ids, with parameters, tags and what was measured of them. One that is here stays as it is, and gets what it lacks.</summary>
internal sealed partial class ImportLoggedModels(Db db, Numbers numbers, MetricKeys keys)
{
    public static void Map(RouteGroupBuilder imports) => imports
        .MapPost("/{importId}/logged-models", async (string importId, ImportLoggedModelsRequest body, Caller caller, ImportLoggedModels handler, CancellationToken ct) =>
            (await handler.Handle(caller, importId, body.Models, ct)).ToHttp())
        .WithName(nameof(ImportLoggedModels)).Needs(Permissions.Import)
        .Produces<List<ImportedLoggedModelView>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private async Task<Result<List<ImportedLoggedModelView>>> Handle(Caller caller, string importId, IReadOnlyList<ImportedLoggedModel> models, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Import) is { } denied) { return denied; }

        if (models.Count > Limits.ImportRuns) { return Problem.Invalid("models", $"{models.Count} models were sent; at most {Limits.ImportRuns} go together."); }

        var ready = new List<(ImportedLoggedModel Given, long Key, string? Fault, IReadOnlyList<(long KeyId, LoggedModelMeasureView Measure)> Measures)>();
        foreach (var model in models)
        {
            var measures = model.Measures.Where(one => MetricRules.Fault(one.Key, [new MetricPoint(one.TimeMs, one.Step, 0)]) is null).ToList();
            var ids = await keys.Resolve([.. measures.Select(one => one.Key)], ct);
            ready.Add((model, await numbers.Next("run", ct), Fault(model), [.. ids.Zip(measures)]));
        }

        return await db.Write<Result<List<ImportedLoggedModelView>>>(tx =>
        {
            if (ImportStore.Open(tx, caller.Workspace, importId).Fails(out var problem, out var import)) { return problem; }

            var experiments = ImportStore.Experiments(tx, caller.Workspace, import.Source, [.. models.Select(model => model.SourceExperimentId).Distinct()]);
            return ready.Select(one => One(tx, caller, one.Given, one.Key, one.Fault, one.Measures, experiments)).ToList();
        }, ct);
    }

    private static ImportedLoggedModelView One(
        WriteTx tx, Caller caller, ImportedLoggedModel given, long key, string? fault, IReadOnlyList<(long KeyId, LoggedModelMeasureView Measure)> measures, Dictionary<string, long> experiments)
    {
        ImportedLoggedModelView Skip(string reason) => new(given.ModelId, ImportOutcome.Skipped, reason);
        if (fault is not null) { return Skip(fault); }

        var there = LoggedModelStore.FindForServer(tx, caller.Workspace, given.ModelId);
        if (there is null && tx.Exists($"SELECT 1 FROM tracking_models WHERE model_id = {given.ModelId}")) { return Skip("A model of this id is in another workspace."); }

        if (!experiments.TryGetValue(given.SourceExperimentId, out var experiment)) { return Skip($"Its experiment '{given.SourceExperimentId}' was not taken over."); }

        var own = ArtifactLocation.OfModel(ArtifactLocation.OfExperiment(experiment), given.ModelId);
        var deleted = given.Lifecycle == Lifecycle.Deleted;
        // Nothing changes a deleted model, so this is the time from which on it lies in the trash here.
        var model = there ?? new LoggedModel(
            key, given.ModelId, experiment, given.Name, given.ModelType, given.SourceRunId ?? "", given.Status, string.IsNullOrEmpty(given.ArtifactUri) ? own : KeyRules.Cut(given.ArtifactUri, ValueLimits.RunTagValueChars),
            given.CreatedMs, deleted ? tx.Clock.NowMs() : given.UpdatedMs, deleted);
        if (there is null)
        {
            LoggedModelStore.Insert(tx, caller.Workspace, model);
            LoggedModelStore.SetTags(tx, model.Key, [.. given.Tags]);
        }

        LoggedModelStore.AddParams(tx, model.Key, [.. given.Params.Select(param => new KeyValuePair<string, string>(param.Key, KeyRules.Cut(param.Value, ValueLimits.ParamValueChars)))]);
        // Of a deleted model nothing is shown that was measured.
        if (!model.Deleted)
        {
            foreach (var run in measures.GroupBy(one => one.Measure.RunId, StringComparer.Ordinal)) { ModelMetricStore.Raise(tx, caller, run.Key, [.. run.Select(one => (one.KeyId, Point(given.ModelId, one.Measure)))]); }
        }

        return new ImportedLoggedModelView(given.ModelId, there is null ? ImportOutcome.Added : ImportOutcome.Present);
    }

    private static MeasuredPoint Point(string modelId, LoggedModelMeasureView measure) => new(
        measure.Key, new MetricPoint(measure.TimeMs, measure.Step, MetricPoint.Clamp(measure.Value ?? double.NaN)), modelId, measure.DatasetName ?? "", measure.DatasetDigest ?? "");

    private static string? Fault(ImportedLoggedModel model) =>
        !ModelIdForm().IsMatch(model.ModelId) ? $"'{KeyRules.Cut(model.ModelId, 100)}' is no id of a model: 1 to 250 letters, digits, '_' and '-'."
        : LoggedModelRules.Fault(new NewLoggedModel(model.SourceExperimentId, model.Name, model.ModelType, model.SourceRunId, [], [])) is { } fault ? fault.Detail
        : LoggedModelRules.CheckTags([.. model.Tags]).Problem is { } tag ? tag.Detail
        : Runs.RunTags.CheckParams([.. model.Params]).Problem is { } param ? param.Detail
        : model.Measures.Any(one => one.DatasetName?.Length > Inputs.DatasetRules.NameChars || one.DatasetDigest?.Length > Inputs.DatasetRules.DigestChars) ? "A dataset that it was measured on has too long a name or digest."
        : null;

    [GeneratedRegex(@"\A[A-Za-z0-9][\w-]{0,249}\z")]
    private static partial Regex ModelIdForm();
}
