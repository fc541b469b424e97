using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;
using Slipway.Serving.Check;
using Slipway.Serving.Live;

namespace Slipway.Serving.Predict;

/// <summary>
/// Lets shadows predict what was answered already, one request after the other; when they fall behind, requests are dropped and counted, never waited for. What was stopped or taken out since then predicts
/// nothing.
/// </summary>
internal sealed partial class ShadowRunner(LiveEndpoints live, InputCheck check, TimeProvider clock, ILogger<ShadowRunner> log) : BackgroundService
{
    private const int Waiting = 4_096;
    private readonly Channel<(LiveEndpoint Endpoint, PredictionRequest Request, string RequestId, long Bytes)> _queue =
        Channel.CreateBounded<(LiveEndpoint, PredictionRequest, string, long)>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    private long _waitingBytes;

    /// <summary>Takes over the request's memory; false when too many wait, and then it stays the caller's.</summary>
    public bool Take(LiveEndpoint endpoint, PredictionRequest request, string requestId)
    {
        var bytes = request.Bytes;
        if (Interlocked.Add(ref _waitingBytes, bytes) <= Limits.ShadowQueueBytes && _queue.Writer.TryWrite((endpoint, request, requestId, bytes))) { return true; }

        Interlocked.Add(ref _waitingBytes, -bytes);
        endpoint.Counts.DropShadow();
        return false;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (endpoint, request, requestId, bytes) in _queue.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            foreach (var shadow in endpoint.Shadows)
            {
                if (!AtWork(endpoint, shadow)) { continue; }

                try { await Predict(endpoint, shadow, request, requestId); }
#pragma warning disable CA1031 // one shadow's fault must not end the others' work, nor the server
                catch (Exception error)
#pragma warning restore CA1031
                {
                    NotScored(endpoint.Name, shadow.Row.Version, error.Message);
                }
            }

            Interlocked.Add(ref _waitingBytes, -bytes);
            request.Set.Return(request);
        }
    }

    private bool AtWork(LiveEndpoint endpoint, LiveDeployment shadow) =>
        live.Find(endpoint.Workspace, endpoint.Name) is { Stopped: false } now && now.Id == endpoint.Id && now.Shadows.Any(one => one.Row.Id == shadow.Row.Id);

    private async Task Predict(LiveEndpoint endpoint, LiveDeployment shadow, PredictionRequest request, string requestId)
    {
        if (shadow.Model is not { } model || shadow.Log is null || check.Fault(model, request, null) is not null) { return; }

        if (ModelRun.Run(model, request, null).Fails(out var problem, out var scored))
        {
            NotScored(endpoint.Name, shadow.Row.Version, problem.Detail);
            return;
        }

        await Predictor.Log(new ScoredPart(shadow, null, scored.Outputs, scored.Scores), request, requestId, clock.NowMs());
        shadow.Count(scored.Scores.Length);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shadow version {Version} under {Endpoint} gave no score: {Reason}")]
    private partial void NotScored(string endpoint, long version, string reason);
}
