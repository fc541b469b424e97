using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Datasets.Ports;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Statistics;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Folding;

/// <summary>What is open under an endpoint, as it is stored beside the position up to which it was read.</summary>
/// <param name="Logs">Position up to which each log was read, by the log's id: every data folder has a log of its own. Null = written by an earlier release.</param>
internal sealed record FoldState(IReadOnlyList<FoldedDeployment> Deployments, IReadOnlyDictionary<string, long>? Logs = null)
{
    public static readonly FoldState Empty = new([]);

    // Moments and evidence that overflow are the strings NaN, Infinity and -Infinity.
    private static readonly JsonSerializerOptions Json = new(WireJson.Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    public static FoldState Parse(byte[] bytes) => JsonSerializer.Deserialize<FoldState>(bytes, Json)!;
}

/// <param name="Role">Of its newest prediction.</param>
/// <param name="NextNumber">Of the next window that opens.</param>
/// <param name="LastMs">Of its newest prediction.</param>
/// <param name="Envelopes">By decision.</param>
/// <param name="Open">Null = no prediction since the last window closed.</param>
internal sealed record FoldedDeployment(
    string DeploymentId, long Version, DeploymentRole Role, long NextNumber, long LastMs, IReadOnlyDictionary<string, EnvelopeTest> Envelopes, WindowState? Open = null);

/// <summary>A window: predictions of one deployment in the order of the log.</summary>
/// <param name="Decisions">Predictions by decision; those without one are left out.</param>
/// <param name="ScoreCounts">By bin of the reference; empty when it has none.</param>
/// <param name="ScoreSum">Of the scores that are in the counts.</param>
/// <param name="Fields">Names of the model's inputs.</param>
/// <param name="Sketch">Of the features that the reference knows; null when it knows none.</param>
internal sealed record WindowState(
    long Number, long FirstPosition, long LastPosition, long FromMs, long ToMs, long Predictions, IReadOnlyDictionary<string, long> Decisions, long[] ScoreCounts, double ScoreSum,
    IReadOnlyList<string> Fields, TableSketch? Sketch = null);
