using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Governance.Ports;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Serving.Contracts;

namespace Slipway.Serving.Tests;

/// <summary>A server with registered versions, as the local owner sees it, with few words for what tests of serving do over and over.</summary>
internal sealed class Quay : IAsyncDisposable
{
    public const string Api = "/api/v1/w/default/";
    public const string Row = """{"inputs":[{"name":"amount","shape":[1],"datatype":"FP64","data":[40.5]},{"name":"days","shape":[1],"datatype":"INT64","data":[45]},{"name":"known","shape":[1],"datatype":"BYTES","data":["no"]}]}""";

    private Quay(TestServer server, ScriptedApprovals approvals) => (Server, Approvals) = (server, approvals);

    public TestServer Server { get; }

    public ScriptedApprovals Approvals { get; }

    /// <summary>Versions 1, 2, … with these thresholds, none of them approved.</summary>
    public static async Task<Quay> Open(string database, params double[] thresholds)
    {
        var approvals = new ScriptedApprovals();
        var quay = new Quay(await TestServer.Start(database, services: services => services.AddSingleton<IApprovals>(approvals).AddSingleton<IGate, NoPolicyGate>()), approvals);
        await Line.Run(quay.Server.Http, thresholds);
        return quay;
    }

    /// <summary>As <see cref="Open"/>, with version 1 approved and the champion of endpoint <c>late</c>.</summary>
    public static async Task<Quay> Serving(string database, params double[] thresholds)
    {
        var quay = await Open(database, thresholds);
        for (var version = 1; version <= thresholds.Length; version++) { quay.Approvals.Approve(Line.Model, version); }

        await quay.Done<EndpointView>("POST", "endpoints", new CreateEndpointRequest("late", Line.Model));
        await quay.Done<EndpointView>("POST", "endpoints/late/deployments", new DeployRequest(1, TrafficRole.Champion));
        return quay;
    }

    public T Get<T>()
        where T : class => Server.Services.GetRequiredService<T>();

    public async Task<(int Status, string Body)> Native(string method, string path, object? body = null, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Api + path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Options) };
        using var answer = await (by ?? Server.Http).SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A call that must succeed.</summary>
    public async Task<T> Done<T>(string method, string path, object? body = null, HttpClient? by = null)
    {
        var (status, text) = await Native(method, path, body, by);
        Assert.True(status is 200 or 201, $"{method} {path}: {status} {text}");
        return System.Text.Json.JsonSerializer.Deserialize<T>(text, WireJson.Options)!;
    }

    public Task<EndpointView> Endpoint() => Done<EndpointView>("GET", "endpoints/late");

    /// <summary>Posts to the protocol edge.</summary>
    public async Task<(int Status, JsonNode Body)> Infer(string json = Row, string path = "/v2/models/late/infer", HttpClient? by = null)
    {
        using var answer = await (by ?? Server.Http).PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        try { return ((int)answer.StatusCode, JsonNode.Parse(text)!); }
        catch (System.Text.Json.JsonException) { return ((int)answer.StatusCode, JsonValue.Create(text)); }
    }

    /// <summary>The newest predictions, once the log has so many.</summary>
    public async Task<IReadOnlyList<PredictionView>> Kept(int count)
    {
        IReadOnlyList<PredictionView> kept = [];
        await Until(async () => (kept = (await Done<Page<PredictionView>>("GET", "endpoints/late/predictions")).Items).Count >= count);
        return kept;
    }

    /// <summary>A prediction for one unit; the version that answered.</summary>
    public async Task<string> VersionFor(string unit)
    {
        var (status, body) = await Infer($"{Row[..^1]},\"parameters\":{{\"unit_id\":\"{unit}\"}}}}");
        Assert.True(status == 200, body.ToJsonString());
        return (string)body["model_version"]!;
    }

    /// <summary>The first column of each row.</summary>
    public Task<List<string>> Texts(string sql) => Server.Db.Read(tx => tx.Query(Kernel.Search.Comparisons.Literal(sql), row => row.GetString(0)), default);

    public Task<HttpClient> Person(string name, Role role) => Server.Person(name, ("workspace/default", role));

    /// <summary>Waits until something is so; a minute at most.</summary>
    public static async Task Until(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds()) { await Task.Delay(20, limit.Token); }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
