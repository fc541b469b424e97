using Slipway.Registry.Contracts;

namespace Slipway.Registry.Versions;

/// <summary>A row of <c>registry_versions</c>; deleted ones are never read.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Source">As it was given.</param>
/// <param name="RunId">As it was given; may be empty.</param>
internal sealed record ModelVersion(
    string ModelId, string Model, long Number, ModelStage Stage, string Description, string Source, string RunId, string RunLink, long CreatedMs, long UpdatedMs, string By)
{
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>The aliases that stand for it, sorted.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The logged model that the client named, or that the source is; null = none.</summary>
    public string? LoggedModelId { get; init; }

    public string Subject => SubjectOf(Model, Number);

    public static string SubjectOf(string model, long version) => $"modelVersion/{model}/{version}";

    public ModelVersionRow ToRow(Evidence evidence) => new(
        Number, CreatedMs, By, Stage, Aliases, Source, Description.Length == 0 ? null : Description, evidence.ModelDigest, evidence.RunId, evidence.PipelineRunId);
}
