using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Webhooks.Contracts;

namespace Slipway.Webhooks.Tests;

/// <summary>A server that may call receivers on this machine, with few words for what these tests do over and over.</summary>
internal sealed class Harbour : IAsyncDisposable
{
    public const string Hooks = "/api/v1/w/default/webhooks";

    private Harbour(TestServer server) => Server = server;

    public TestServer Server { get; }

    public static async Task<Harbour> Open(string database, TimeProvider? clock = null, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["outbound:allow"] = "127.0.0.1", ["outbound:allowhttp"] = "true", ["webhooks:retryseconds"] = "1" };
        foreach (var (name, value) in settings) { all[name] = value; }

        return new Harbour(await TestServer.Start(database, settings: all, clock: clock));
    }

    public T Get<T>()
        where T : class => Server.Services.GetRequiredService<T>();

    public Task<WebhookView> Hook(string url, params string[] events) => Signed(null, url, events);

    public Task<WebhookView> Signed(string? secret, string url, params string[] events) =>
        Done<WebhookView>(HttpMethod.Post, Hooks, new CreateWebhookRequest("hook", url, events, Secret: secret));

    public Task<WebhookView> Look(string id) => Done<WebhookView>(HttpMethod.Get, $"{Hooks}/{id}");

    public async Task<IReadOnlyList<WebhookDeliveryView>> Log(string id) => (await Done<Page<WebhookDeliveryView>>(HttpMethod.Get, $"{Hooks}/{id}/deliveries")).Items;

    /// <summary>A call of the MLflow protocol that must succeed.</summary>
    public async Task<JsonNode> Mlf(string method, string verb, object? body = null)
    {
        var (status, text) = await Send(new HttpMethod(method), "/api/2.0/mlflow/" + verb, body);
        Assert.True(status == 200, $"{verb}: {status} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<T> Done<T>(HttpMethod method, string path, object? body = null)
    {
        var (status, text) = await Send(method, path, body);
        Assert.True(status is 200 or 201, $"{path}: {status} {text}");
        return JsonSerializer.Deserialize<T>(text, WireJson.Options)!;
    }

    public async Task<(int Status, string Body)> Send(HttpMethod method, string path, object? body = null, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null
                : body.GetType().Namespace?.StartsWith("Slipway", StringComparison.Ordinal) == true ? JsonContent.Create(body, body.GetType(), options: WireJson.Options)
                : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var answer = await (by ?? Server.Http).SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Looks until it is so, for at most a minute.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> so)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            var seen = await look();
            if (so(seen)) { return seen; }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"It did not come about; last seen: {JsonSerializer.Serialize(seen, WireJson.Options)}");
        }
    }

    public static Task<IReadOnlyList<Heard>> Until(Receiver receiver, int count) => Until(() => Task.FromResult(receiver.All), heard => heard.Count >= count);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
