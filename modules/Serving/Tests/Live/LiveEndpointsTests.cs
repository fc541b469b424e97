using Microsoft.Extensions.Logging.Abstractions;
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

        using var models = new LoadedModels(quay.Get<IBlobStore>(), quay.Get<Datasets.Ports.IContracts>(), TimeProvider.System);
        using var other = new LiveEndpoints(quay.Server.Db, models, quay.Get<PredictionLog>(), NullLogger<LiveEndpoints>.Instance);
        await other.Refresh(default);

        var champion = other.Find("default", "late")!.Champion!;
        Assert.Equal((true, 503), (champion.Model is null, champion.Fault!.Status));
        await new Replicas(quay.Server.Db, other, TimeProvider.System).Attest(default);
        var health = (await quay.Endpoint()).Health;
        Assert.Equal("no", health.Verdict);
        Assert.Contains("A process cannot load version 1", health.Detail, StringComparison.Ordinal);
    }

    private static LiveEndpoints Process(Quay quay) =>
        new(quay.Server.Db, quay.Get<LoadedModels>(), quay.Get<PredictionLog>(), NullLogger<LiveEndpoints>.Instance);
}
