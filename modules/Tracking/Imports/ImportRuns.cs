using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Imports;

/// <summary>Takes runs over under their own ids, with times, state, parameters and tags. One that is here gets what it lacks; nothing of it changes.</summary>
internal sealed partial class ImportRuns(Db db, Numbers numbers)
{
    public static void Map(RouteGroupBuilder imports) => imports
        .MapPost("/{importId}/runs", async (string importId, ImportRunsRequest body, Caller caller, ImportRuns handler, CancellationToken ct) =>
            (await handler.Handle(caller, importId, body.Runs, ct)).ToHttp())
        .WithName(nameof(ImportRuns)).Needs(Permissions.Import)
        .Produces<List<ImportedRunView>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private async Task<Result<List<ImportedRunView>>> Handle(Caller caller, string importId, IReadOnlyList<ImportedRun> runs, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Import) is { } denied) { return denied; }

        if (runs.Count > Limits.ImportRuns) { return Problem.Invalid("runs", $"{runs.Count} runs were sent; at most {Limits.ImportRuns} go together."); }

        if (runs.FirstOrDefault(run => !RunIdForm().IsMatch(run.RunId)) is { } odd) { return Problem.Invalid("runId", $"'{odd.RunId}' is no id of a run: 1 to 256 letters, digits, '_' and '-'."); }

        if (runs.DistinctBy(run => run.RunId).Count() < runs.Count) { return Problem.Invalid("runs", "A run was sent twice in one request."); }

        var keys = new List<long>(runs.Count);
        foreach (var _ in runs) { keys.Add(await numbers.Next("run", ct)); }

        var inputs = new Dictionary<string, ImportedInputs>(StringComparer.Ordinal);
        foreach (var run in runs) { inputs[run.RunId] = await ImportedInputs.Of(run, numbers, ct); }

        return await db.Write<Result<List<ImportedRunView>>>(tx => ImportStore.Open(tx, caller.Workspace, importId).Fails(out var problem, out var import)
            ? problem
            : Add(tx, caller.Workspace, import, runs, keys, inputs), ct);
    }

    private static List<ImportedRunView> Add(WriteTx tx, string workspace, ImportView import, IReadOnlyList<ImportedRun> runs, List<long> keys, Dictionary<string, ImportedInputs> inputs)
    {
        string[] ids = [.. runs.Select(run => run.RunId)];
        var (complete, there) = (ImportStore.Complete(tx, import.ImportId, ids), ImportedRuns.FindAndHold(tx, ids));
        var experiments = ImportStore.Experiments(tx, workspace, import.Source, [.. runs.Select(run => run.SourceExperimentId).Distinct()]);
        var locations = ExperimentLocations(tx, workspace, experiments.Values);
        var (answers, fresh, written) = (new List<ImportedRunView>(runs.Count), new List<Run>(), new List<(Run Run, ImportedRun Given)>());
        for (var i = 0; i < runs.Count; i++)
        {
            var given = runs[i];
            if (complete.Contains(given.RunId))
            {
                answers.Add(new ImportedRunView(given.RunId, ImportOutcome.Complete));
                continue;
            }

            var isThere = there.TryGetValue(given.RunId, out var found);
            if (isThere && found.Workspace != workspace)
            {
                answers.Add(new ImportedRunView(given.RunId, ImportOutcome.Skipped, "A run of this id is in another workspace."));
                continue;
            }

            if (!isThere && !experiments.ContainsKey(given.SourceExperimentId))
            {
                answers.Add(new ImportedRunView(given.RunId, ImportOutcome.Skipped, $"Its experiment '{given.SourceExperimentId}' was not taken over."));
                continue;
            }

            var run = isThere ? found.Run : Made(given, keys[i], experiments[given.SourceExperimentId], locations);
            if (!isThere) { fresh.Add(run); }

            written.Add((run, given));
            answers.Add(new ImportedRunView(given.RunId, isThere ? ImportOutcome.Present : ImportOutcome.Added, Both(ImportedRuns.Left(given), inputs[given.RunId].Left)));
        }

        ImportedRuns.Insert(tx, workspace, fresh, written);
        foreach (var (run, _) in written) { inputs[run.RunId].Add(tx, run); }

        return answers;
    }

    private static Run Made(ImportedRun given, long key, long experiment, Dictionary<long, string> locations)
    {
        var name = First(given.Name, given.Tags.GetValueOrDefault(RunTags.Name), $"run {given.RunId[..Math.Min(8, given.RunId.Length)]}");
        var uri = First(given.ArtifactUri, ArtifactLocation.OfRun(locations[experiment].StartsWith(ArtifactLocation.Own, StringComparison.Ordinal) ? locations[experiment] : ArtifactLocation.OfExperiment(experiment), given.RunId));
        return new Run(
            key, given.RunId, experiment, KeyRules.Cut(name, ValueLimits.RunTagValueChars), KeyRules.Cut(given.User, KeyRules.KeyChars), given.Status, given.StartedMs, given.EndedMs,
            given.Lifecycle == Lifecycle.Deleted, KeyRules.Cut(uri, ValueLimits.RunTagValueChars));
    }

    private static string? Both(string? one, string? other) => one is null ? other : other is null ? one : $"{one} {other}";

    private static string First(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrEmpty(text)) { return text; }
        }

        return "";
    }

    private static Dictionary<long, string> ExperimentLocations(ReadTx tx, string workspace, IReadOnlyCollection<long> ids) => tx.Query(
        $"""
        SELECT experiment_id, artifact_location FROM tracking_experiments
        WHERE workspace = {workspace} AND experiment_id IN (SELECT value FROM {tx.Dialect.IntegerList(ids)})
        """, row => (row.GetInt64(0), row.GetString(1))).ToDictionary(row => row.Item1, row => row.Item2);

    [GeneratedRegex(@"\A[A-Za-z0-9][\w-]{0,255}\z")]
    private static partial Regex RunIdForm();
}
