using Slipway.Kernel.Contracts;
using Slipway.Webhooks.Contracts;

namespace Slipway.Cli.Tests;

public sealed class WebhookVerbsTests
{
    [Theory, EachDatabase]
    public async Task Webhooks_are_made_tested_and_deleted_on_the_command_line(string database)
    {
        var settings = new Dictionary<string, string?> { ["outbound:allow"] = "127.0.0.1", ["outbound:allowhttp"] = "true" };
        await using var server = await TestServer.Start(database, settings: settings);
        Task<int> Cli(params string[] words) => CommandLine.Run(["webhooks", .. words, "--server", server.BaseAddress.ToString()]);
        var secret = Path.Combine(server.Folder, "ci.secret");
        await File.WriteAllTextAsync(secret, "s3cr3t\n");
        // Any server answers: this one says 404 there, which is no arrival.
        var url = new Uri(server.BaseAddress, "/nothing-here").ToString();

        Assert.Equal(0, await Cli("list"));
        Assert.Equal(0, await Cli("events"));
        Assert.Equal(0, await Cli("create", "ci", url, "--event", "run.failed", "--event", "model_version.created", "--secret-file", secret, "--description", "For CI"));
        Assert.Equal(1, await Cli("create", "ci", "https://10.0.0.1/", "--event", "run.failed"));
        Assert.Equal(1, await Cli("create", "ci", url, "--event", "run.burst"));
        Assert.Equal(1, await Cli("create", "ci", url, "--event", "run.failed", "--secret-file", secret + ".gone"));
        Assert.Equal(2, await Cli("create", "ci", url));
        Assert.Equal(0, await Cli("list", "--json"));
        Assert.Equal(1, await Cli("test", "ci"));
        Assert.Equal(1, await Cli("test", "cd"));
        Assert.Equal(0, await Cli("deliveries", "ci"));
        var (hook, delivery) = await Only(server);
        Assert.Equal(0, await Cli("redeliver", hook.Id, delivery.Id));
        Assert.Equal(0, await Cli("deliveries", "ci", "--json"));
        Assert.Equal(0, await Cli("delete", "ci"));
        Assert.Equal(1, await Cli("delete", "ci"));
        Assert.True(hook.HasSecret);
    }

    private static async Task<(WebhookView Hook, WebhookDeliveryView Delivery)> Only(TestServer server)
    {
        using var client = new Client.SlipwayClient(server.BaseAddress, null);
        var hook = Assert.Single((await client.Get<Page<WebhookView>>("/api/v1/w/default/webhooks", default)).Items);
        return (hook, Assert.Single((await client.Get<Page<WebhookDeliveryView>>($"/api/v1/w/default/webhooks/{hook.Id}/deliveries", default)).Items));
    }
}
