using Slipway.Kernel;

namespace Slipway.Serving.Log;

/// <summary>Where one deployment's predictions go. Thread safe.</summary>
internal sealed class DeploymentLog
{
    private readonly EndpointLog _endpoint;

    internal DeploymentLog(EndpointLog endpoint, LoggedDeployment described, int number)
    {
        (_endpoint, Described, Number) = (endpoint, described, number);
        (Numbers, Texts) = (described.Numbers, described.Texts);
    }

    public LoggedDeployment Described { get; }

    /// <summary>Its name within the segments of this process.</summary>
    public int Number { get; }

    public int Numbers { get; }

    public int Texts { get; }

    /// <summary>Why nothing may be predicted now (503); null = it may. To be asked before scoring.</summary>
    public Problem? Closed => _endpoint.Closed;

    /// <summary>
    /// Logs what was predicted. Completes at once as a rule; when the disk is behind, once the rows are durable: await it before answering. A problem (503) means: do not answer.
    /// </summary>
    /// <exception cref="ArgumentException">A shape is wrong, or the request's id is no id.</exception>
    public ValueTask<Problem?> Append(in LoggedRows rows)
    {
        rows.Check(Numbers, Texts);
        return PredictionId.TryParseRequest(rows.RequestId, out var request)
            ? _endpoint.Append(this, request, rows) : throw new ArgumentException($"'{rows.RequestId}' is no id of 32 hex digits");
    }
}
