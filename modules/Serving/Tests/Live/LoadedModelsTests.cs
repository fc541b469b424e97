using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Live;

namespace Slipway.Serving.Tests.Live;

public sealed class LoadedModelsTests
{
    [Theory, EachDatabase]
    public async Task A_model_is_let_go_a_minute_after_its_last_use_ended_however_long_it_was_at_work(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        var deployment = (await quay.Server.Db.Read(tx => EndpointStore.FindForServer(tx, "default", "late"), default))!.Champion!;
        var clock = new ManualClock();
        using var models = new LoadedModels(quay.Get<IBlobStore>(), quay.Get<IContracts>(), clock);
        var model = (await models.Load(deployment, default)).Value;
        models.Keep([deployment]);
        clock.Advance(TimeSpan.FromHours(1));

        models.Keep([]);
        clock.Advance(TimeSpan.FromSeconds(59));
        models.Keep([]);
        Assert.Same(model, (await models.Load(deployment, default)).Value);

        // Loaded, and never brought to work.
        models.Keep([]);
        clock.Advance(TimeSpan.FromSeconds(61));
        models.Keep([]);
        Assert.NotSame(model, (await models.Load(deployment, default)).Value);
    }
}
