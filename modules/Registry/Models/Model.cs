using Slipway.Kernel;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Models;

/// <summary>A row of <c>registry_models</c> with its tags and aliases.</summary>
/// <param name="Id">Stays when the name changes; not shown outside.</param>
/// <param name="LastVersion">The greatest number ever given.</param>
internal sealed record Model(string Id, string Name, string? Description, long LastVersion, long CreatedMs, long UpdatedMs, string By)
{
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Alias and version, by alias.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Aliases { get; init; } = [];

    /// <summary>Of a platform that MLflow's clients name; kept as given. Null = none.</summary>
    public string? DeploymentJobId { get; init; }

    public string Subject => SubjectOf(Name);

    public static ObjectRef RefOf(string workspace, string name) => new(workspace, ObjectRef.Model, name);

    public static string SubjectOf(string name) => $"model/{name}";

    public ModelView ToView(VersionCount versions) => new(
        Name, CreatedMs, UpdatedMs, By, versions.Count, Aliases.ToDictionary(alias => alias.Key, alias => alias.Value, StringComparer.Ordinal),
        Tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal), string.IsNullOrEmpty(Description) ? null : Description, versions.Latest);
}

/// <summary>How many versions a model has, and the greatest that is there.</summary>
internal readonly record struct VersionCount(long Count, long? Latest);

/// <summary>A number that was taken for a version.</summary>
/// <param name="Prompt">The model is a prompt.</param>
internal sealed record NextVersion(string ModelId, long Number, bool Prompt);
