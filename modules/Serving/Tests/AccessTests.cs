using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;
using Slipway.Serving.Contracts;

namespace Slipway.Serving.Tests;

public sealed class AccessTests
{
    [Theory, EachDatabase]
    public async Task A_reader_is_refused_by_every_route_that_changes_something_and_a_stranger_by_all(string database)
    {
        await using var quay = await Quay.Open(database);
        await quay.Done<EndpointView>("POST", "endpoints", new CreateEndpointRequest("x", "some model"));
        var walk = new AccessWalk(quay.Server, "serving", ("{name}", "x"), ("{version}", "1"));

        await walk.RefusesReaders();
        await walk.RefusesStrangers();
    }

    [Theory, EachDatabase]
    public async Task Endpoints_of_another_workspace_are_not_there_and_their_versions_cannot_be_deployed(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        using var stranger = await quay.Server.Program(Role.Admin, "risk");

        Assert.Empty((await Read<Page<EndpointView>>(stranger, "/api/v1/w/risk/endpoints")).Items);
        Assert.Equal(404, (await quay.Infer(by: stranger)).Status);
        Assert.Equal(404, (await quay.Infer(path: "/w/default/v2/models/late/infer", by: stranger)).Status);
        await Send(stranger, "/api/v1/w/risk/endpoints", new CreateEndpointRequest("late", Line.Model));
        Assert.Equal(404, (await Send(stranger, "/api/v1/w/risk/endpoints/late/deployments", new DeployRequest(1, TrafficRole.Champion))).Status);
        Assert.Equal(503, (await quay.Infer(by: stranger)).Status);
        Assert.Equal(200, (await quay.Infer()).Status);
    }

    [Theory, EachDatabase]
    public async Task A_viewer_may_ask_and_sees_no_inputs_of_others_and_an_auditor_may_not_ask(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5);
        using var viewer = await quay.Server.Program(Role.Viewer, "default");
        using var auditor = await quay.Server.Program(Role.Auditor, "default");

        Assert.Equal(200, (await quay.Infer(by: viewer)).Status);
        Assert.Equal(403, (await quay.Native("GET", "endpoints/late/predictions", by: viewer)).Status);
        Assert.Equal(403, (await quay.Native("GET", "endpoints/late/refusals", by: viewer)).Status);
        var (status, body) = await quay.Infer(by: auditor);
        Assert.Equal((403, true), (status, ((string)body["error"]!).Contains("serving.predictions.make", StringComparison.Ordinal)));
        Assert.Equal(200, (await quay.Native("GET", "endpoints/late/predictions", by: auditor)).Status);
    }

    private static async Task<T> Read<T>(HttpClient by, string path) => System.Text.Json.JsonSerializer.Deserialize<T>(await by.GetStringAsync(path), WireJson.Options)!;

    private static async Task<(int Status, string Body)> Send<T>(HttpClient by, string path, T body)
    {
        using var answer = await by.PostAsync(path, System.Net.Http.Json.JsonContent.Create(body, options: WireJson.Options));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
