using Slipway.Kernel;

namespace Slipway.Training.Ports;

/// <summary>A model was fitted.</summary>
/// <param name="RunId">The run of Tracking that has its figures and files.</param>
/// <param name="ModelDigest">SHA-256 of the ONNX file.</param>
/// <param name="DataDigest">SHA-256 of the Parquet file that it was fitted to.</param>
/// <param name="TrainingDigest">SHA-256 of the training record (JSON).</param>
public sealed record ModelTrained(string Workspace, string RunId, string PipelineRunId, string ModelDigest, string DataDigest, string TrainingDigest) : IFact
{
    public static string Kind => "model.trained";

    public string Subject => $"model/{ModelDigest}";
}

/// <summary>A model was tried on rows with known outcomes.</summary>
/// <param name="RunId">The run that the model came from; null when it came without one.</param>
/// <param name="EvaluationDigest">SHA-256 of the evaluation (JSON).</param>
/// <param name="Findings">How many findings it lists.</param>
public sealed record ModelEvaluated(string Workspace, string? RunId, string PipelineRunId, string ModelDigest, string DataDigest, string EvaluationDigest, int Findings) : IFact
{
    public static string Kind => "model.evaluated";

    public string Subject => $"model/{ModelDigest}";
}
