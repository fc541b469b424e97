namespace Slipway.Pipelines.Ports;

/// <summary>The two ends of a step, for checking references before anything runs.</summary>
/// <param name="Inputs">What <c>in:</c> may and must name.</param>
/// <param name="Outputs">What it gives: type by name. Both names match <c>[a-zA-Z][a-zA-Z0-9_-]*</c>.</param>
/// <param name="Files">Names of the files beside the definition that the step reads, as written there; they are uploaded before the run.</param>
public sealed record StepShape(IReadOnlyList<StepInput> Inputs, IReadOnlyDictionary<string, string> Outputs, IReadOnlyList<string> Files)
{
    /// <summary>Inputs of any name and type are taken besides those listed.</summary>
    public bool AnyInputs { get; init; }
}

/// <param name="Types">Types that fit, see <see cref="StepTypes"/>.</param>
/// <param name="Required">False: the step works without it.</param>
public sealed record StepInput(string Name, IReadOnlyList<string> Types, bool Required = true);

/// <summary>What flows between steps. A type says what the blob is.</summary>
public static class StepTypes
{
    /// <summary>A Parquet file.</summary>
    public const string Dataset = "dataset";

    /// <summary>Any bytes.</summary>
    public const string File = "file";

    /// <summary>An ONNX file.</summary>
    public const string Model = "model";

    /// <summary>JSON: how a model did on held-out data.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>JSON: a version in the registry.</summary>
    public const string ModelVersion = "modelVersion";

    public static readonly IReadOnlyList<string> All = [Dataset, File, Model, Evaluation, ModelVersion];
}
