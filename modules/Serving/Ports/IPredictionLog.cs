using Slipway.Kernel;

namespace Slipway.Serving.Ports;

/// <summary>Every prediction in the order in which it was logged, endpoint by endpoint. Thread safe.</summary>
public interface IPredictionLog
{
    /// <summary>The next predictions after a position, durable ones only; empty when there are none yet. Asks for no permission.</summary>
    /// <param name="after">0 = from the first that is kept.</param>
    /// <param name="limit">1 to 10,000 predictions.</param>
    Task<PredictionBatch> Read(string workspace, string endpoint, long after, int limit, CancellationToken ct);

    /// <summary>Which log it is and how far it goes; null when there is none here. What was read up to a position says nothing about another log.</summary>
    LogPlace? Place(string workspace, string endpoint);

    /// <summary>One prediction by its id; null when it is not there (any more).</summary>
    Task<Prediction?> Find(string workspace, string endpoint, string predictionId, CancellationToken ct);
}

/// <param name="LogId">The same as long as the data folder is: another one means a new folder, or that of another process; empty for logs of earlier releases.</param>
/// <param name="End">Position of the last durable prediction; 0 = none yet.</param>
public sealed record LogPlace(string LogId, long End);

/// <param name="Next">Position to read after next: of the last prediction, or the one that was given.</param>
public sealed record PredictionBatch(long Next, IReadOnlyList<Prediction> Predictions);

/// <summary>The fields of a prediction's inputs, the same object for all predictions of one deployment.</summary>
public sealed record PredictionSchema(IReadOnlyList<PredictionField> Fields);

/// <param name="IsNumber">True: its value is in <see cref="Prediction.Numbers"/>; false: in <see cref="Prediction.Texts"/> (truth values as <c>true</c>, <c>false</c>).</param>
/// <param name="Index">Place in that array.</param>
public sealed record PredictionField(string Name, bool IsNumber, int Index);

/// <summary>One row that was scored.</summary>
/// <param name="Position">Rises within the endpoint.</param>
/// <param name="PredictionId">UUIDv7 with the row's number in its request: the key by which the outcome is reported later.</param>
/// <param name="Unit">By which the traffic is split, such as an applicant; null when the client named none.</param>
/// <param name="Numbers">NaN where missing.</param>
/// <param name="Texts">Null where missing.</param>
/// <param name="Score">Null when the model gave none.</param>
/// <param name="Decision">What the score means under the deployment's threshold; null when it has none.</param>
public sealed record Prediction(
    long Position, string PredictionId, long AtMs, string DeploymentId, long Version, DeploymentRole Role, string? Unit,
    PredictionSchema Schema, double[] Numbers, string?[] Texts, double? Score, string? Decision);
