using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Import;

/// <summary>
/// Takes over what a source holds: experiments, then runs page by page with their points and files, then models. Everything may be done again: runs that are complete are not read
/// a second time, what is half there is filled up.
/// </summary>
/// <param name="target">Null = a dry run: everything is read and counted, nothing is sent.</param>
/// <param name="files">Whether files are taken over.</param>
/// <param name="progress">Hears of each experiment.</param>
internal sealed class MlflowImport(IMlflowSource source, ImportTarget? target, ArtifactPlaces places, bool files, Action<string> progress)
{
    private const int TogetherRuns = 200;
    private const int TogetherChars = 1_000_000;
    private const string OwnLocation = "mlflow-artifacts:/";
    private readonly Tally _tally = new();

    // Runs whose files are here, by the address that they had.
    private readonly Dictionary<string, string> _moved = new(StringComparer.Ordinal);

    public async Task<ImportReport> Run(CancellationToken ct)
    {
        // A source that cannot be read leaves no import behind.
        var experiments = new List<SourceExperiment>();
        await foreach (var experiment in source.Experiments(ct)) { experiments.Add(experiment); }

        if (target is not null && await target.Start(source.Name, ct) is var import) { progress($"import {import.ImportId} from {source.Name}"); }

        var taken = await Experiments(experiments, ct);
        foreach (var experiment in experiments.Where(one => taken.Contains(one.Id))) { await Runs(experiment, ct); }

        await new ModelImport(source, target, _tally, _moved).Run(ct);
        foreach (var note in source.Notes) { _tally.Say("source", source.Name, note); }

        var report = _tally.Report();
        if (target is not null) { await target.Finish(report, ct); }

        return report;
    }

    /// <returns>The ids of those that have a place here.</returns>
    private async Task<HashSet<string>> Experiments(List<SourceExperiment> experiments, CancellationToken ct)
    {
        const string Kind = "experiments";
        _tally.Found(Kind, experiments.Count);
        if (target is null) { return [.. experiments.Select(one => one.Id)]; }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in experiments.Chunk(100))
        {
            var sent = some.Select(one => new ImportedExperiment(one.Id, one.Name, one.Lifecycle, one.CreatedMs, one.UpdatedMs, one.Tags, Foreign(one.ArtifactLocation))).ToList();
            foreach (var answer in await target.Experiments(sent, ct))
            {
                if (answer.ExperimentId is { } id)
                {
                    taken.Add(answer.SourceId);
                    _tally.Became(answer.SourceId, id);
                    if (answer.Outcome == ImportOutcome.Added) { _tally.Added(Kind); }
                    else { _tally.Present(Kind); }

                    if (answer.Reason is { } left) { _tally.Say(Kind, answer.SourceId, left); }
                }
                else { _tally.Skipped(Kind, answer.SourceId, answer.Reason ?? "The server did not take it."); }
            }
        }

        return taken;
    }

    private async Task Runs(SourceExperiment experiment, CancellationToken ct)
    {
        var count = 0;
        await foreach (var page in source.Runs(experiment, ct))
        {
            count += page.Count;
            foreach (var some in Together(page)) { await Page(some, ct); }
        }

        await LoggedModels(experiment, ct);
        progress($"experiment {experiment.Id} ({experiment.Name}): {Show.Plural(count, "run")}");
    }

    /// <summary>After the runs, since these are what measured them.</summary>
    private async Task LoggedModels(SourceExperiment experiment, CancellationToken ct)
    {
        const string Kind = "logged models";
        await foreach (var model in source.LoggedModels(experiment, ct))
        {
            _tally.Found(Kind);
            var found = !files ? null : source.Files(model, ct) ?? (places.Find(model.ArtifactUri) is { } folder ? LocalFiles.Below(folder) : null);
            if (target is not null)
            {
                var answer = (await target.LoggedModels([model.Model with { ArtifactUri = found is not null ? null : Foreign(model.ArtifactUri) }], ct))[0];
                if (answer.Outcome == ImportOutcome.Skipped)
                {
                    _tally.Skipped(Kind, answer.ModelId, answer.Reason ?? "The server did not take it.");
                    continue;
                }

                Count(Kind, 1, answer.Outcome == ImportOutcome.Added);
            }

            await Files(model.Model.ModelId, model.ArtifactUri, found, ct);
        }
    }

    private async Task Page(List<SourceRun> runs, CancellationToken ct)
    {
        const string Kind = "runs";
        _tally.Found(Kind, runs.Count);
        foreach (var run in runs)
        {
            _tally.Found("parameters", run.Params.Count);
            _tally.Found("tags", run.Tags.Count);
            _tally.Found("inputs and outputs", run.Datasets.Count + run.ModelInputs.Count + run.ModelOutputs.Count);
        }

        var placed = runs.ToDictionary(run => run.RunId, run => FilesOf(run, ct), StringComparer.Ordinal);
        var open = runs;
        if (target is not null)
        {
            var answers = await target.Runs([.. runs.Select(run => Sent(run, placed[run.RunId] is not null))], ct);
            foreach (var answer in answers.Where(answer => answer.Outcome is ImportOutcome.Added or ImportOutcome.Present && answer.Reason is not null)) { _tally.Say(Kind, answer.RunId, answer.Reason!); }

            foreach (var answer in answers.Where(answer => answer.Outcome == ImportOutcome.Skipped)) { _tally.Skipped(Kind, answer.RunId, answer.Reason ?? "The server did not take it."); }

            _tally.Added(Kind, answers.Count(answer => answer.Outcome == ImportOutcome.Added));
            _tally.Present(Kind, answers.Count(answer => answer.Outcome is ImportOutcome.Present or ImportOutcome.Complete));
            var added = answers.Where(answer => answer.Outcome == ImportOutcome.Added).Select(answer => answer.RunId).ToHashSet(StringComparer.Ordinal);
            foreach (var run in runs)
            {
                Count("parameters", run.Params.Count, added.Contains(run.RunId));
                Count("tags", run.Tags.Count, added.Contains(run.RunId));
                Count("inputs and outputs", run.Datasets.Count + run.ModelInputs.Count + run.ModelOutputs.Count, added.Contains(run.RunId));
            }

            var toDo = answers.Where(answer => answer.Outcome is ImportOutcome.Added or ImportOutcome.Present).Select(answer => answer.RunId).ToHashSet(StringComparer.Ordinal);
            open = [.. runs.Where(run => toDo.Contains(run.RunId))];
        }

        await new PointImport(source, target, _tally).Run(open, ct);
        foreach (var run in open) { await Files(run.RunId, run.ArtifactUri, placed[run.RunId], ct); }

        foreach (var run in runs.Where(run => placed[run.RunId] is not null)) { _moved[run.RunId] = run.ArtifactUri; }

        if (target is not null && open.Count > 0) { await target.Complete([.. open.Select(run => run.RunId)], ct); }
    }

    private void Count(string kind, int count, bool added)
    {
        if (added) { _tally.Added(kind, count); }
        else { _tally.Present(kind, count); }
    }

    private async Task Files(string owner, string uri, IAsyncEnumerable<SourceFile>? found, CancellationToken ct)
    {
        const string Kind = "artifacts";
        if (!files) { return; }

        if (found is null)
        {
            if (uri.Length > 0) { _tally.Say(Kind, owner, Unreached(uri)); }

            return;
        }

        try
        {
            await foreach (var file in found)
            {
                _tally.Found(Kind);
                if (target is null) { continue; }

                await using var content = await file.Open(ct);
                await target.Artifact(owner, file.Path, content, ct);
                _tally.Added(Kind);
            }
        }
        catch (Client.SlipwayException refused) when (refused.Status is >= 400 and < 500 and not (401 or 403 or 409))
        {
            _tally.Skipped(Kind, owner, refused.Message);
        }
    }

    /// <summary>The files of a run where they can be had; null when only their address is known.</summary>
    private IAsyncEnumerable<SourceFile>? FilesOf(SourceRun run, CancellationToken ct) =>
        !files ? null : source.Files(run, ct) ?? (places.Find(run.ArtifactUri) is { } folder ? LocalFiles.Below(folder) : null);

    private static string Unreached(string uri) => uri.StartsWith(OwnLocation, StringComparison.Ordinal)
        ? $"Its files are on the old server ({uri}): name their folder by --artifacts FOLDER, or import from the server's address."
        : ArtifactPlaces.IsPath(uri) ? $"Its folder ({uri}) is not on this machine, or outside of the folders that were named: name one above it by --artifacts FOLDER."
        : $"Its files stay where they are ({uri}), kept as given: nothing here can verify them.";

    private static ImportedRun Sent(SourceRun run, bool filesHere) => new(
        run.RunId, run.ExperimentId, run.Name, run.User, run.Status, run.Lifecycle, run.StartedMs, run.Params, run.Tags, run.EndedMs, filesHere ? null : Foreign(run.ArtifactUri),
        run.Datasets, run.ModelInputs, run.ModelOutputs);

    /// <summary>An address that is kept as given; null when it means the server's own store or nothing.</summary>
    private static string? Foreign(string uri) => uri.Length == 0 || uri.StartsWith(OwnLocation, StringComparison.Ordinal) || ArtifactPlaces.IsPath(uri) ? null : uri;

    /// <summary>Runs in groups of bounded size.</summary>
    private static IEnumerable<List<SourceRun>> Together(IReadOnlyList<SourceRun> runs)
    {
        var (some, chars) = (new List<SourceRun>(), 0L);
        foreach (var run in runs)
        {
            var weight = 500L + run.Params.Concat(run.Tags).Sum(pair => pair.Key.Length + pair.Value.Length + 10);
            if (some.Count > 0 && (some.Count == TogetherRuns || chars + weight > TogetherChars))
            {
                yield return some;
                (some, chars) = ([], 0);
            }

            some.Add(run);
            chars += weight;
        }

        if (some.Count > 0) { yield return some; }
    }
}
