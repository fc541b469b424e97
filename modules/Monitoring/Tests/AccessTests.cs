using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests;

public sealed class AccessTests
{
    [Theory, EachDatabase]
    public async Task A_reader_is_refused_by_every_route_that_changes_something(string database)
    {
        await using var watch = await Watch.Open(database);

        await Walk(watch).RefusesReaders();
    }

    [Theory, EachDatabase]
    public async Task A_member_of_another_workspace_is_refused_by_every_route(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));

        await Walk(watch).RefusesStrangers();
    }

    private static AccessWalk Walk(Watch watch) => new(watch.Server, "monitoring", ("{endpoint}", Watch.Endpoint), ("{windowId}", "1"), ("{alertId}", "1"), ("{requestId}", "1"));
}
