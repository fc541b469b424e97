using System.Globalization;
using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Registry.Versions;

/// <summary>Finds out what is behind a source: the run and its files with their digests, or the version that it names. What lies elsewhere stays unknown.</summary>
internal sealed class ResolveSource(Db db, IRunRecords runs)
{
    private static readonly string[] EnvironmentFiles = ["requirements.txt", "conda.yaml", "python_env.yaml"];

    /// <param name="runId">The run that the client named; empty = none. It must be there.</param>
    public async Task<Result<Evidence>> Handle(Caller caller, SourceText source, string runId, CancellationToken ct)
    {
        if (source.Model is not null) { return await OfVersion(caller, source, ct); }

        if (runId.Length > 0 && runId != source.RunId)
        {
            if ((await runs.Find(caller, runId, "", ct)).Fails(out var missing, out var named)) { return missing; }

            if (source.RunId is null) { return new Evidence { RunId = runId, CodeDigest = Commit(named) }; }
        }

        if (source.RunId is null) { return new Evidence(); }

        if ((await runs.Find(caller, source.RunId, source.Path, ct)).Fails(out var problem, out var run)) { return problem with { Field = "source" }; }

        var folder = source.Path.TrimEnd('/');
        string? File(string name) => run.Files.FirstOrDefault(file => file.Path == (folder.Length == 0 ? name : $"{folder}/{name}"))?.Digest;
        return new Evidence
        {
            ModelDigest = FileSet.Digest(run.Files, folder),
            CodeDigest = Commit(run),
            EnvironmentDigest = EnvironmentFiles.Select(File).FirstOrDefault(digest => digest is not null),
            MlmodelDigest = File("MLmodel"),
            RunId = run.RunId,
            Location = folder.Length == 0 ? run.ArtifactUri : $"{run.ArtifactUri}/{folder}",
        };
    }

    // What the run's own log of its code says: MLflow's clients set this tag in a checkout.
    private static string? Commit(RunRecord run) => run.Tags.TryGetValue("mlflow.source.git.commit", out var commit) && commit.Length > 0 ? $"git:{commit}" : null;

    private async Task<Result<Evidence>> OfVersion(Caller caller, SourceText source, CancellationToken ct) => await db.Read<Result<Evidence>>(tx =>
    {
        var found = source.Version!.StartsWith('@')
            ? VersionStore.OfAlias(tx, caller.Workspace, source.Model!, source.Version[1..])
            : VersionStore.Find(tx, caller.Workspace, source.Model!, long.TryParse(source.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        if (found is null) { return new Problem(404, "not_found", $"Model Version (name={source.Model}, version={source.Version}) not found") { Field = "source" }; }

        var evidence = VersionStore.EvidenceOf(tx, found.ModelId, found.Number);
        return evidence with { Location = evidence.Location ?? found.Source };
    }, ct);
}
