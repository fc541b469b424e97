namespace Slipway.Tracking.Inputs;

/// <summary>A dataset as its client describes it. Experiment, name and digest say which one it is; any of the texts may be empty.</summary>
/// <param name="Source">Where it came from, usually JSON; kept as given, never opened.</param>
/// <param name="Schema">Usually JSON; null = not said.</param>
/// <param name="Profile">Usually JSON; null = not said.</param>
internal sealed record UsedDataset(string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile);

/// <summary>A run's use of a dataset.</summary>
internal sealed record DatasetInput(UsedDataset Dataset, IReadOnlyList<(string Key, string Value)> Tags)
{
    private const string ContextTag = "mlflow.data.context";

    /// <summary>What the dataset was used as, such as <c>training</c>; null = not said.</summary>
    public string? Context => Tags.FirstOrDefault(tag => tag.Key == ContextTag).Value;
}

/// <summary>A logged model that a run made.</summary>
internal sealed record ModelOutput(string ModelId, long Step);

/// <summary>What went into a run and which models came out, in the order of logging.</summary>
internal sealed class RunInputs
{
    public static readonly RunInputs None = new();

    public List<DatasetInput> Datasets { get; } = [];

    /// <summary>Ids of models that were used, as the client named them.</summary>
    public List<string> Models { get; } = [];

    public List<ModelOutput> Outputs { get; } = [];
}
