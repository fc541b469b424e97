using Slipway.Registry.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Import;

/// <summary>An experiment of a source.</summary>
/// <param name="ArtifactLocation">As the source has it.</param>
internal sealed record SourceExperiment(
    string Id, string Name, string ArtifactLocation, Lifecycle Lifecycle, long CreatedMs, long UpdatedMs, IReadOnlyDictionary<string, string> Tags);

/// <summary>A run of a source, without its points.</summary>
/// <param name="ArtifactUri">As the source has it.</param>
internal sealed record SourceRun(
    string RunId, string ExperimentId, string Name, string User, RunStatus Status, Lifecycle Lifecycle, long StartedMs, long? EndedMs, string ArtifactUri,
    IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Datasets that it read.</summary>
    public IReadOnlyList<ImportedInput> Datasets { get; init; } = [];

    /// <summary>Ids of logged models that it used.</summary>
    public IReadOnlyList<string> ModelInputs { get; init; } = [];

    /// <summary>Logged models that it made.</summary>
    public IReadOnlyList<ImportedOutput> ModelOutputs { get; init; } = [];
}

/// <summary>A logged model of a source.</summary>
/// <param name="Model">As it is sent; its address is the source's.</param>
internal sealed record SourceLoggedModel(ImportedLoggedModel Model)
{
    public string ArtifactUri => Model.ArtifactUri ?? "";
}

/// <summary>Points of one metric, in columns.</summary>
internal sealed record SourceSeries(string Key, List<long> Steps, List<long> TimesMs, List<double?> Values)
{
    public static SourceSeries Of(string key) => new(key, [], [], []);

    /// <param name="value">NaN is kept as null, which JSON can hold.</param>
    public void Add(long step, long timeMs, double value)
    {
        Steps.Add(step);
        TimesMs.Add(timeMs);
        Values.Add(double.IsNaN(value) ? null : double.IsInfinity(value) ? Math.CopySign(double.MaxValue, value) : value);
    }
}

/// <summary>A registered model of a source with its versions.</summary>
/// <param name="LastVersion">The greatest number ever given, deleted ones included.</param>
internal sealed record SourceModel(
    string Name, string? Description, long CreatedMs, long UpdatedMs, long LastVersion, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, long> Aliases,
    IReadOnlyList<SourceVersion> Versions);

internal sealed record SourceVersion(
    long Version, string Source, string? RunId, string? RunLink, string? Description, ModelStage Stage, long CreatedMs, long UpdatedMs, string? User,
    IReadOnlyDictionary<string, string> Tags);

/// <summary>One file of a run, opened when it is wanted.</summary>
/// <param name="Path">From the run's root, with slashes.</param>
internal sealed record SourceFile(string Path, Func<CancellationToken, Task<Stream>> Open);
