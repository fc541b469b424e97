using System.Diagnostics.Metrics;
using Slipway.Serving.Live;

namespace Slipway.Serving.Predict;

/// <summary>What /metrics says of endpoints: sums that are kept anyway, read when they are asked for.</summary>
internal sealed class ServingMetrics : IDisposable
{
    private readonly Meter _meter = new("Slipway");

    public ServingMetrics(LiveEndpoints live)
    {
        _meter.CreateObservableCounter("slipway.serving.requests", () => live.All.SelectMany(Requests), description: "Requests to endpoints by outcome");
        _meter.CreateObservableCounter("slipway.serving.predictions", () => live.All.SelectMany(Predictions), description: "Rows scored, by version and role");
        _meter.CreateObservableCounter("slipway.serving.phase.duration", () => live.All.SelectMany(Durations), "s", "Time that answered requests spent in each phase");
        _meter.CreateObservableCounter("slipway.serving.shadows.dropped", () => live.All.Select(endpoint => Of(endpoint, endpoint.Counts.ShadowsDropped)), description: "Requests that shadows did not get because they were behind");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Requests(LiveEndpoint endpoint) =>
    [
        Of(endpoint, endpoint.Counts.Requests, ("outcome", "answered")), Of(endpoint, endpoint.Counts.Refused, ("outcome", "refused")), Of(endpoint, endpoint.Counts.Failed, ("outcome", "failed")),
    ];

    private static IEnumerable<Measurement<long>> Predictions(LiveEndpoint endpoint) => endpoint.Deployments.Select(deployment => Of(
        endpoint, deployment.Predictions, ("version", deployment.Row.Version), ("role", deployment.Row.Role.ToString().ToLowerInvariant())));

    private static IEnumerable<Measurement<double>> Durations(LiveEndpoint endpoint) => ServingCounts.Phases.Select(phase => Of(
        endpoint, endpoint.Counts.Seconds(phase), ("phase", phase.ToString().ToLowerInvariant())));

    private static Measurement<T> Of<T>(LiveEndpoint endpoint, T value, params (string Name, object Value)[] labels)
        where T : struct => new(value, [new("workspace", endpoint.Workspace), new("endpoint", endpoint.Name), .. labels.Select(label => new KeyValuePair<string, object?>(label.Name, label.Value))]);
}
