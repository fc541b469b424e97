using System.Net.Http.Json;
using Slipway.Kernel.Contracts;
using Slipway.Serving.Contracts;

namespace Slipway.Cli.Tests;

public sealed class MonitorVerbsTests
{
    [Theory, EachDatabase]
    public async Task Monitors_are_shown_and_set_and_outcomes_reported(string database)
    {
        await using var server = await TestServer.Start(database);
        Task<int> Cli(params string[] words) => CommandLine.Run([.. words, "--server", server.BaseAddress.ToString()]);
        Assert.Equal(0, await Cli("monitor", "status"));

        (await server.Http.PostAsJsonAsync("/api/2.0/mlflow/registered-models/create", new { name = "payers" })).EnsureSuccessStatusCode();
        (await server.Http.PostAsJsonAsync("/api/v1/w/default/endpoints", new CreateEndpointRequest("late", "payers"), WireJson.Options)).EnsureSuccessStatusCode();
        Assert.Equal(0, await Cli("monitor", "status"));
        Assert.Equal(0, await Cli("monitor", "status", "late", "--json"));
        Assert.Equal(0, await Cli("monitor", "show", "late"));

        var (yaml, labels) = (Path.Combine(server.Folder, "monitor.yaml"), Path.Combine(server.Folder, "labels.jsonl"));
        await File.WriteAllTextAsync(yaml, "window: { predictions: 200 }\n");
        await File.WriteAllTextAsync(labels, "{\"predictionId\":\"nobody-0\",\"label\":\"yes\"}\n");
        Assert.Equal(0, await Cli("monitor", "set", "late", yaml));
        Assert.Equal(0, await Cli("label", "late", labels));

        Assert.Equal(1, await Cli("monitor", "status", "early"));
        Assert.Equal(1, await Cli("monitor", "show", "early"));
        Assert.Equal(1, await Cli("monitor", "set", "late", labels));
        Assert.Equal(1, await Cli("monitor", "set", "late", yaml + ".none"));
        Assert.Equal(1, await Cli("label", "late", yaml));
        Assert.Equal(2, await Cli("monitor", "set", "late"));
    }
}
