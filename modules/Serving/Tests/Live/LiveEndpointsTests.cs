using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Serving.Contracts;
using Slipway.Serving.Live;
using Slipway.Serving.Log;

namespace Slipway.Serving.Tests.Live;

public sealed class LiveEndpointsTests
{
    [Theory, EachDatabase]
    public async Task Another_process_follows_every_change_and_a_new_one_begins_with_what_was_stopped(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4);
        using var other = Process(quay);
        Assert.False(other.IsReady);
        await other.Refresh(default);
        Assert.Equal((false, 1L), (other.Find("default", "late")!.Stopped, other.Find("default", "late")!.Champion!.Row.Version));
        Assert.False(await other.RefreshIfChanged(retryFaults: true, default));

        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(2, TrafficRole.Canary, 0.3));
        Assert.True(await other.RefreshIfChanged(retryFaults: false, default));
        Assert.Equal(2, other.Find("default", "late")!.Canary!.Row.Version);
        await quay.Done<EndpointView>("POST", "endpoints/late/stop", new EndpointReasonRequest("Enough."));
        Assert.True(await other.RefreshIfChanged(retryFaults: false, default));
        Assert.Equal((true, "Enough."), (other.Find("default", "late")!.Stopped, other.Find("default", "late")!.Reason));

        using var restarted = Process(quay);
        await restarted.Refresh(default);
        Assert.True(restarted.Find("default", "late")!.Stopped);
        Assert.Null(restarted.Find("risk", "late"));
    }

    [Theory, EachDatabase]
    public async Task A_model_whose_bytes_are_not_what_was_approved_is_not_loaded_and_the_health_says_so(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        var digest = (await quay.Endpoint()).Deployments[0].ModelDigest;
        var blob = Directory.EnumerateFiles(quay.Server.Folder, digest + "*", SearchOption.AllDirectories).Single(file => Path.GetFileName(file) == digest);
        var bytes = await File.ReadAllBytesAsync(blob);
        bytes[^10] ^= 1;
        File.Delete(blob);
        await File.WriteAllBytesAsync(blob, bytes);

        using var models = new LoadedModels(quay.Get<IBlobStore>(), quay.Get<IContracts>(), TimeProvider.System);
        using var other = new LiveEndpoints(quay.Server.Db, models, quay.Get<PredictionLog>(), NullLogger<LiveEndpoints>.Instance);
        await other.Refresh(default);

        var champion = other.Find("default", "late")!.Champion!;
        Assert.Equal((true, 503), (champion.Model is null, champion.Fault!.Status));
        await new Replicas(quay.Server.Db, other, TimeProvider.System).Attest(default);
        var health = (await quay.Endpoint()).Health;
        Assert.Equal("no", health.Verdict);
        Assert.Contains("A process cannot load version 1", health.Detail, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_stop_is_followed_while_a_model_is_loaded_and_is_in_force_afterwards(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4);
        var contracts = new HeldContracts(quay.Get<IContracts>());
        var clock = new ManualClock();
        using var models = new LoadedModels(quay.Get<IBlobStore>(), contracts, clock);
        using var other = new LiveEndpoints(quay.Server.Db, models, quay.Get<PredictionLog>(), NullLogger<LiveEndpoints>.Instance);
        contracts.Release();
        await other.Refresh(default);
        contracts.Hold();
        Forget(models, clock);
        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(2, TrafficRole.Canary, 0.3));
        var refreshed = other.Refresh(default);
        await Task.WhenAny(contracts.Asked, refreshed).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(refreshed.IsCompleted);

        await quay.Done<EndpointView>("POST", "endpoints/late/stop", new EndpointReasonRequest("Enough."));
        await Quay.Until(() => Task.FromResult(other.Find("default", "late")!.Stopped));
        Assert.Null(other.Find("default", "late")!.Canary);
        contracts.Release();
        await refreshed;

        Assert.Equal((true, "Enough."), (other.Find("default", "late")!.Stopped, other.Find("default", "late")!.Reason));
        Assert.NotNull(other.Find("default", "late")!.Canary!.Model);
    }

    [Theory, EachDatabase]
    public async Task A_log_that_cannot_be_opened_is_a_fault_of_its_endpoint_alone(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        var folder = Directory.CreateTempSubdirectory("slipway-log-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "prediction-log"), "no folder");
        await using var log = new PredictionLog(new ServerFolders(folder.FullName), Options.Create(new ServingOptions()), TimeProvider.System, NullLogger<PredictionLog>.Instance);
        using var other = new LiveEndpoints(quay.Server.Db, quay.Get<LoadedModels>(), log, NullLogger<LiveEndpoints>.Instance);

        await other.Refresh(default);

        var champion = other.Find("default", "late")!.Champion!;
        Assert.Equal((true, 503, "log_unavailable"), (champion.Model is null, champion.Fault!.Status, champion.Fault.Code));
        folder.Delete(recursive: true);
    }

    /// <summary>The next deployment is loaded anew, even from files that were loaded before.</summary>
    private static void Forget(LoadedModels models, ManualClock clock)
    {
        models.Keep([]);
        clock.Advance(TimeSpan.FromSeconds(61));
        models.Keep([]);
    }

    private static LiveEndpoints Process(Quay quay) =>
        new(quay.Server.Db, quay.Get<LoadedModels>(), quay.Get<PredictionLog>(), NullLogger<LiveEndpoints>.Instance);

    /// <summary>Contracts that are read only when the test says so.</summary>
    private sealed class HeldContracts(IContracts contracts) : IContracts
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _free = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _held;

        public Task Asked => _asked.Task;

        public void Hold() => (_free, _held) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), true);

        public void Release() => _free.TrySetResult();

        public async Task<Result<IReadOnlyList<ContractField>>> Fields(string digest, CancellationToken ct)
        {
            if (_held) { _asked.TrySetResult(); }

            await _free.Task.WaitAsync(ct);
            return await contracts.Fields(digest, ct);
        }

        public string? UnitFault(string given, string? expected) => contracts.UnitFault(given, expected);
    }
}
