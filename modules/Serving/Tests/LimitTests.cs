using System.Globalization;
using Slipway.Kernel;
using Slipway.Serving.Contracts;

namespace Slipway.Serving.Tests;

public sealed class LimitTests
{
    [Theory, EachDatabase]
    public async Task More_rows_shadows_or_endpoints_than_the_limits_are_refused(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4, 0.3, 0.2, 0.1);
        var rows = Limits.PredictionRows + 1;
        var (status, body) = await quay.Infer(
            $$"""{"inputs":[{"name":"amount","datatype":"FP64","shape":[{{rows}}],"data":[{{string.Join(',', Enumerable.Repeat(1, rows))}}]}]}""");
        Assert.Equal((413, "Input 'amount' has more than 10000 rows; send them in several requests."), (status, (string)body["error"]!));
        Assert.Equal(400, (await quay.Infer("{\"inputs\":" + new string('[', 200) + new string(']', 200) + "}")).Status);

        for (var version = 2; version <= 1 + Limits.ShadowsPerEndpoint; version++) { await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(version, TrafficRole.Shadow)); }

        Assert.Equal(409, (await quay.Native("POST", "endpoints/late/deployments", new DeployRequest(2 + Limits.ShadowsPerEndpoint, TrafficRole.Shadow))).Status);

        await quay.Server.Db.Write(
            tx =>
            {
                for (var i = 1; i < Limits.EndpointsPerWorkspace; i++)
                {
                    var id = i.ToString(CultureInfo.InvariantCulture);
                    tx.Execute(
                        $"""
                        INSERT INTO serving_endpoints (endpoint_id, workspace, name, model, halted, stopped, rolled_back, created_ms, changed_ms, created_by, created_by_name)
                        VALUES ({id}, {"default"}, {id}, {Line.Model}, 0, 0, 0, 1, 1, {"x"}, {"x"})
                        """);
                }
            }, default);
        var (full, text) = await quay.Native("POST", "endpoints", new CreateEndpointRequest("one-more", Line.Model));
        Assert.Equal((409, true), (full, text.Contains("500 endpoints", StringComparison.Ordinal)));
    }
}
