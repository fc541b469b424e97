using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Training.Tests.Steps;

/// <summary>The port to Tracking, stopped or broken after a run was started and before anything is logged: where a half run would be left.</summary>
internal sealed class HeldRuns(IRuns runs) : IRuns
{
    public bool Held { get; set; }

    public bool Broken { get; set; }

    /// <summary>Puts it before the server's own.</summary>
    public static void Add(IServiceCollection services, Action<HeldRuns> set)
    {
        var own = services.Last(service => service.ServiceType == typeof(IRuns)).ImplementationType!;
        services.AddSingleton<IRuns>(provider =>
        {
            var held = new HeldRuns((IRuns)ActivatorUtilities.CreateInstance(provider, own));
            set(held);
            return held;
        });
    }

    public Task<Result<StartedRun>> Start(Caller caller, NewRun run, CancellationToken ct) => runs.Start(caller, run, ct);

    public async Task<Result<Done>> Log(Caller caller, string runId, RunEntries entries, CancellationToken ct)
    {
        if (Held) { await Task.Delay(Timeout.Infinite, ct); }

        return Broken ? throw new InvalidOperationException("The port is broken for a test.") : await runs.Log(caller, runId, entries, ct);
    }

    public Task<Result<string>> Put(Caller caller, string runId, string path, Stream content, CancellationToken ct) => runs.Put(caller, runId, path, content, ct);

    public Task<Result<Done>> Finish(Caller caller, string runId, CancellationToken ct) => runs.Finish(caller, runId, ct);

    public Task<Result<int>> Abandon(Caller caller, string origin, bool failed, CancellationToken ct) => runs.Abandon(caller, origin, failed, ct);
}
