using System.Globalization;
using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Registry.Versions;

/// <summary>Finds out what is behind a source: the run and its files with their digests, or the version that it names. What lies elsewhere stays unknown.</summary>
internal sealed class ResolveSource(Db db, IRunRecords runs, ILoggedModels logged)
{
    private static readonly string[] EnvironmentFiles = ["requirements.txt", "conda.yaml", "python_env.yaml"];

    /// <param name="runId">The run that the client named; empty = none. One that is not of this workspace is of elsewhere, and nothing is known of it.</param>
    /// <param name="before">What is to be refused first, in the same view of the records; null = nothing.</param>
    public async Task<Result<Evidence>> Handle(Caller caller, SourceText source, string runId, CancellationToken ct, Func<ReadTx, Problem?>? before = null)
    {
        if (source.LoggedModel is null)
        {
            return await db.Read(tx => before?.Invoke(tx) is { } refused ? refused : source.Model is not null ? OfVersion(tx, caller, source) : OfRun(tx, caller, source, runId), ct);
        }

        return before is not null && await db.Read(before, ct) is { } problem ? problem : await OfLogged(caller, source, ct);
    }

    private Result<Evidence> OfRun(ReadTx tx, Caller caller, SourceText source, string runId)
    {
        if (source.RunId is null)
        {
            return Find(tx, caller, runId, "").Then(named => named is null ? new Evidence() : new Evidence { RunId = runId, CodeDigest = Commit(named) });
        }

        return Find(tx, caller, source.RunId, source.Path).Fails(out var problem, out var run) ? problem with { Field = "source" }
            : run is null ? new Evidence()
            : OfRun(run, source.Path.TrimEnd('/'));
    }

    private static Evidence OfRun(RunRecord run, string folder) =>
        // What this server keeps of a run whose artifacts are elsewhere is not what clients will fetch from there.
        OfFiles(run.KeptHere ? run.Files : [], folder, run.ArtifactUri) with { CodeDigest = Commit(run), RunId = run.RunId };

    private static Evidence OfFiles(IReadOnlyList<RunFile> files, string folder, string root)
    {
        string? File(string name) => files.FirstOrDefault(file => file.Path == (folder.Length == 0 ? name : $"{folder}/{name}"))?.Digest;
        return new Evidence
        {
            ModelDigest = FileSet.Digest(files, folder),
            EnvironmentDigest = EnvironmentFiles.Select(File).FirstOrDefault(digest => digest is not null),
            MlmodelDigest = File("MLmodel"),
            Location = folder.Length == 0 ? root : $"{root}/{folder}",
        };
    }

    private async Task<Result<Evidence>> OfLogged(Caller caller, SourceText source, CancellationToken ct)
    {
        if ((await logged.Find(caller, source.LoggedModel!, source.Path, ct)).Fails(out var missing, out var model)) { return missing with { Field = "source" }; }

        // Whoever may see the model registers it, whether or not they may see the run that logged it.
        if ((await db.Read(tx => Find(tx, caller, model.SourceRunId ?? "", ""), ct)).Fails(out var problem, out var run) && !problem.Hidden) { return problem; }

        var evidence = OfFiles(model.KeptHere ? model.Files : [], source.Path.TrimEnd('/'), model.ArtifactUri);
        return evidence with { LoggedModelId = model.ModelId, RunId = run?.RunId, CodeDigest = run is null ? null : Commit(run) };
    }

    /// <summary>Null when the workspace has no such run, whether it is another workspace's or another server's; a problem when the caller may not see it.</summary>
    private Result<RunRecord?> Find(ReadTx tx, Caller caller, string runId, string path)
    {
        if (runId.Length == 0) { return (RunRecord?)null; }

        return !runs.FindFiles(tx, caller, runId, path).Fails(out var problem, out var run) ? run
            : problem is { Status: 404, Hidden: false } ? (RunRecord?)null
            : problem;
    }

    // What the run's own log of its code says: MLflow's clients set this tag in a checkout.
    private static string? Commit(RunRecord run) => run.Tags.TryGetValue("mlflow.source.git.commit", out var commit) && commit.Length > 0 ? $"git:{commit}" : null;

    private static Result<Evidence> OfVersion(ReadTx tx, Caller caller, SourceText source)
    {
        var found = source.Version!.StartsWith('@')
            ? VersionStore.OfAlias(tx, caller, Permissions.ModelsRead, source.Model!, source.Version[1..])
            : VersionStore.Find(tx, caller, Permissions.ModelsRead, source.Model!, long.TryParse(source.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        if (found.Fails(out var missing, out var version))
        {
            return new Problem(404, "not_found", $"Model Version (name={source.Model}, version={source.Version}) not found") { Field = "source", Hidden = missing.Hidden };
        }

        var evidence = VersionStore.EvidenceOf(tx, version.ModelId, version.Number);
        return evidence with { Location = evidence.Location ?? version.Source };
    }
}
