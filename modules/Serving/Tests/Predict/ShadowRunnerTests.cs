using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Kernel;
using Slipway.Serving.Check;
using Slipway.Serving.Contracts;
using Slipway.Serving.Live;
using Slipway.Serving.Predict;

namespace Slipway.Serving.Tests.Predict;

public sealed class ShadowRunnerTests
{
    [Theory, EachDatabase]
    public async Task What_waited_when_the_endpoint_was_stopped_or_the_shadow_taken_out_is_not_predicted(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4);

        Assert.Equal(1, await Predicted(quay, () => Task.CompletedTask));
        Assert.Equal(0, await Predicted(quay, () => quay.Done<EndpointView>("POST", "endpoints/late/rollback", new RollBackRequest("No more.", 2))));
        Assert.Equal(0, await Predicted(quay, () => quay.Done<EndpointView>("POST", "endpoints/late/stop", new EndpointReasonRequest("A drill."))));
    }

    [Theory, EachDatabase]
    public async Task Requests_past_the_bytes_that_may_wait_are_dropped_and_counted(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4);
        var endpoint = await Shadowed(quay);
        using var runner = Runner(quay);
        var text = new string('a', 1 << 20);
        var share = (int)(Limits.ShadowQueueBytes / 2 / text.Length / 3) + 1;

        Assert.True(runner.Take(endpoint, Request(endpoint, text, share), Ids.New(TimeProvider.System)));
        Assert.True(runner.Take(endpoint, Request(endpoint, text, share), Ids.New(TimeProvider.System)));
        Assert.False(runner.Take(endpoint, Request(endpoint, text, share), Ids.New(TimeProvider.System)));
        Assert.True(runner.Take(endpoint, Request(endpoint, "no", 1), Ids.New(TimeProvider.System)));
        Assert.Equal(1, endpoint.Counts.ShadowsDropped);
    }

    /// <summary>Rows that the shadow has predicted of one request, when something happens while it waits.</summary>
    private static async Task<long> Predicted(Quay quay, Func<Task> meanwhile)
    {
        var endpoint = await Shadowed(quay);
        var before = endpoint.Shadows[0].Predictions;
        using var runner = Runner(quay);
        var request = Request(endpoint, "no", 1);
        Assert.True(runner.Take(endpoint, request, Ids.New(TimeProvider.System)));
        await meanwhile();

        await runner.StartAsync(default);
        // Its memory comes back when everybody is done with it.
        await Quay.Until(() => Task.FromResult(ReferenceEquals(endpoint.Inputs.Rent(), request)));
        await runner.StopAsync(default);
        return endpoint.Shadows[0].Predictions - before;
    }

    private static async Task<LiveEndpoint> Shadowed(Quay quay)
    {
        if ((await quay.Endpoint()).Deployments.Count == 1) { await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(2, TrafficRole.Shadow)); }

        return quay.Get<LiveEndpoints>().Find("default", "late")!;
    }

    private static ShadowRunner Runner(Quay quay) => new(quay.Get<LiveEndpoints>(), quay.Get<InputCheck>(), TimeProvider.System, NullLogger<ShadowRunner>.Instance);

    private static PredictionRequest Request(LiveEndpoint endpoint, string text, int rows)
    {
        var request = endpoint.Inputs.Rent();
        request.Rows = rows;
        foreach (var column in request.Columns)
        {
            column.Given = true;
            for (var row = 0; row < rows; row++)
            {
                if (column.Slot.IsNumber) { column.Add(1); }
                else { column.Add(text); }
            }
        }

        return request;
    }
}
