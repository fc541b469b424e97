using Slipway.Registry.Contracts;

namespace Slipway.Cli.Import;

/// <summary>Sends registered models with their versions; large ones in pieces.</summary>
/// <param name="moved">Runs whose files are here now, with the address that they had.</param>
internal sealed class ModelImport(IMlflowSource source, ImportTarget? target, Tally tally, IReadOnlyDictionary<string, string> moved)
{
    private const int Together = 100;

    public async Task Run(CancellationToken ct)
    {
        await foreach (var model in source.Models(ct))
        {
            tally.Found("models");
            tally.Found("model versions", model.Versions.Count);
            tally.Found("aliases", model.Aliases.Count);
            if (target is null) { continue; }

            var pieces = model.Versions.OrderBy(version => version.Version).Chunk(Together).DefaultIfEmpty([]).ToList();
            for (var i = 0; i < pieces.Count; i++)
            {
                // Aliases last, when every version that they stand for is there.
                var last = i == pieces.Count - 1;
                var sent = new ImportedModel(
                    model.Name, model.CreatedMs, model.UpdatedMs, model.LastVersion, model.Tags, last ? model.Aliases : new Dictionary<string, long>(), [.. pieces[i].Select(Sent)], model.Description);
                Count(model, (await target.Models([sent], ct))[0], i == 0, last);
            }
        }
    }

    private void Count(SourceModel model, ImportedModelView answer, bool first, bool last)
    {
        if (answer.Skipped.TryGetValue("model", out var whole))
        {
            if (first) { tally.Skipped("models", model.Name, whole); }

            return;
        }

        if (first && answer.Created) { tally.Added("models"); }
        else if (first) { tally.Present("models"); }

        tally.Added("model versions", answer.Added.Count);
        tally.Present("model versions", answer.Present.Count);
        foreach (var (what, reason) in answer.Skipped)
        {
            // The version itself came over.
            if (what.EndsWith("/stage", StringComparison.Ordinal)) { tally.Say("model versions", $"{model.Name}/{what}", reason); }
            else { tally.Skipped(model.Aliases.ContainsKey(what) ? "aliases" : "model versions", $"{model.Name}/{what}", reason); }
        }

        if (last)
        {
            tally.Added("aliases", answer.AliasesSet.Count);
            tally.Present("aliases", model.Aliases.Keys.Count(alias => !answer.Skipped.ContainsKey(alias) && !answer.AliasesSet.Contains(alias)));
        }

        foreach (var version in answer.Unverified) { tally.Say("model versions", $"{model.Name}/{version}", "Its files are not here, so that no digest is known of them: its source is kept as given."); }
    }

    private ImportedVersion Sent(SourceVersion version) => new(
        version.Version, Here(version), version.Stage, version.CreatedMs, version.UpdatedMs, version.Tags, version.RunId, version.RunLink, version.Description, version.User);

    /// <summary>The source; one that names a file of a run whose files have moved here names it here.</summary>
    private string Here(SourceVersion version)
    {
        // The server reads the addresses of its own protocol itself.
        if (version.Source.StartsWith(ArtifactPlaces.Proxied, StringComparison.Ordinal)) { return version.Source; }

        if (version.RunId is not { } runId || !moved.TryGetValue(runId, out var uri) || uri.Length == 0) { return version.Source; }

        var (from, was) = (version.Source, uri.TrimEnd('/'));
        return from == was ? $"runs:/{runId}" : from.StartsWith(was + "/", StringComparison.Ordinal) ? $"runs:/{runId}/{from[(was.Length + 1)..]}" : from;
    }
}
