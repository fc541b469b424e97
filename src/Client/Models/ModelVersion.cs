using System.Globalization;
using Slipway.Registry.Contracts;

namespace Slipway.Client;

/// <summary>A registered version, as much of it as its registration says.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">From 1, never given twice under one model.</param>
/// <param name="Source">Where its files are, as it was registered.</param>
/// <param name="RunId">The run that made it; null = not said.</param>
/// <param name="Stage">MLflow's legacy stage.</param>
/// <param name="Aliases">Names that stand for it now.</param>
/// <param name="Tags">Its tags.</param>
public sealed record ModelVersion(
    string Model, long Version, string Source, string? RunId, string Description, ModelStage Stage, IReadOnlyList<string> Aliases, IReadOnlyDictionary<string, string> Tags);

// Shapes of the MLflow protocol.

internal sealed record VersionAnswer(VersionBody ModelVersion);

internal sealed record VersionBody(
    string Name, string Version, string? Source = null, string? RunId = null, string? Description = null, string? CurrentStage = null, IReadOnlyList<string>? Aliases = null,
    IReadOnlyList<Pair>? Tags = null)
{
    public ModelVersion ToVersion() => new(
        Name, long.Parse(Version, CultureInfo.InvariantCulture), Source ?? "", string.IsNullOrEmpty(RunId) ? null : RunId, Description ?? "",
        Enum.TryParse<ModelStage>(CurrentStage, out var stage) ? stage : ModelStage.None, Aliases ?? [],
        (Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal));
}

internal sealed record ModelBody(string Name, string? Description = null, IReadOnlyList<Pair>? Tags = null);

internal sealed record NewVersionBody(string Name, string Source, string? RunId, string? Description, IReadOnlyList<Pair> Tags);

internal sealed record ModelTagBody(string Name, string Key, string? Value = null, string? Version = null);

internal sealed record StageBody(string Name, string Version, string Stage, bool ArchiveExistingVersions);

internal sealed record DescribeBody(string Name, string Description, string? Version = null);

internal sealed record RenameModelBody(string Name, string NewName);

internal sealed record VersionKeyBody(string Name, string? Version = null);
