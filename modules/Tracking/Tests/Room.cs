using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;
using Slipway.Server;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Tests;

/// <summary>A server as the local owner sees it, with few words for what tests of tracking do over and over.</summary>
internal sealed class Room : IAsyncDisposable
{
    public const string Mlflow = "/api/2.0/mlflow/";

    private Room(TestServer server) => Server = server;

    public TestServer Server { get; }

    public HttpClient Http => Server.Http;

    public static async Task<Room> Open(
        string database, TimeProvider? clock = null, Dictionary<string, string?>? settings = null, Func<ServerOptions, ServerOptions>? change = null,
        Action<IServiceCollection>? services = null) =>
        new(await TestServer.Start(database, change, settings, clock, services));

    public Task<(int Status, string Body)> Post(string verb, object body, HttpClient? by = null) =>
        Send(HttpMethod.Post, Mlflow + verb, new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"), by);

    public Task<(int Status, string Body)> Get(string path, HttpClient? by = null) => Send(HttpMethod.Get, path.StartsWith('/') ? path : Mlflow + path, null, by);

    public async Task<(int Status, string Body)> Send(HttpMethod method, string path, HttpContent? content, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await (by ?? Http).SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<string> CreateExperiment(string name) => (string)(await Done("experiments/create", new { name }))["experiment_id"]!;

    public async Task<string> CreateRun(string experiment = "0", string name = "r", long start = 1) =>
        (string)(await Done("runs/create", new { experiment_id = experiment, run_name = name, start_time = start }))["run"]!["info"]!["run_id"]!;

    public Task<JsonNode> Log(string runId, string key, double value, long step = 0, long time = 0) =>
        Done("runs/log-metric", new { run_id = runId, key, value, timestamp = time, step });

    public async Task<JsonNode> Done(string verb, object body)
    {
        var (status, text) = await Post(verb, body);
        Assert.True(status == 200, $"{verb}: {status} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<string[]> Search(object search) =>
        [.. ((await Done("runs/search", search))["runs"] as JsonArray ?? []).Select(run => (string)run!["info"]!["run_name"]!)];

    public async Task<List<(long Time, long Step, double Value)>> History(string runId, string key)
    {
        var (_, body) = await Get($"metrics/get-history?run_id={runId}&metric_key={key}");
        return [.. (JsonNode.Parse(body)!["metrics"] as JsonArray ?? []).Select(point => ((long)point!["timestamp"]!, (long)point["step"]!, (double)point["value"]!))];
    }

    public async Task<T> Native<T>(string path) => (await Http.GetFromJsonAsync<T>($"/api/v1/w/default/{path}", WireJson.Options))!;

    public Task<RunPage> Runs(string query) => Native<RunPage>("runs?" + query);

    /// <inheritdoc cref="Programs.Program"/>
    public Task<HttpClient> Program(Role role, string workspace) => Server.Program(role, workspace);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
