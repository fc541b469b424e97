namespace Slipway.Client;

// Shapes of the MLflow protocol that the client sends and reads (docs/mlflow.md).

internal sealed record Pair(string Key, string Value);

internal sealed record WireMetric(string Key, double Value, long Timestamp, long Step);

internal sealed record CreateRunBody(string ExperimentId, string? RunName, string UserId, long StartTime, IReadOnlyList<Pair> Tags);

internal sealed record RunAnswer(RunBody Run);

internal sealed record RunBody(RunInfo Info);

internal sealed record RunInfo(string RunId, string ExperimentId, string RunName, string ArtifactUri);

internal sealed record UpdateRunBody(string RunId, string Status, long? EndTime = null);

internal sealed record LogBatchBody(string RunId, IReadOnlyList<WireMetric>? Metrics = null, IReadOnlyList<Pair>? Params = null, IReadOnlyList<Pair>? Tags = null);

internal sealed record RunKeyBody(string RunId, string? Key = null);

internal sealed record HistoryAnswer(IReadOnlyList<WireMetric>? Metrics = null, string? NextPageToken = null);

internal sealed record LogInputsBody(string RunId, IReadOnlyList<WireDatasetInput>? Datasets = null, IReadOnlyList<WireModelInput>? Models = null);

internal sealed record WireDatasetInput(WireDataset Dataset, IReadOnlyList<Pair> Tags);

internal sealed record WireDataset(string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile);

internal sealed record WireModelInput(string ModelId);

internal sealed record LogOutputsBody(string RunId, IReadOnlyList<WireModelOutput> Models);

internal sealed record WireModelOutput(string ModelId, long Step);
