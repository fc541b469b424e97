using System.Diagnostics.Metrics;

namespace Slipway.Tracking.Trash;

/// <summary>What <c>/metrics</c> shows of the trash.</summary>
internal sealed class TrashMetrics : IDisposable
{
    private readonly Meter _meter = new("Slipway");
    private readonly Counter<long> _failed;

    public TrashMetrics() => _failed = _meter.CreateCounter<long>("slipway.tracking.trash.failed");

    /// <param name="kind"><c>run</c>, <c>experiment</c>, <c>loggedModel</c>, or <c>points</c> of a run that is gone.</param>
    public void Failed(string kind) => _failed.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Dispose() => _meter.Dispose();
}
