using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Registry.Tests;

/// <summary>A server as the local owner sees it, with few words for what tests of the registry do over and over.</summary>
internal sealed class Shelf : IAsyncDisposable
{
    public const string Mlflow = "/api/2.0/mlflow/";

    private Shelf(TestServer server) => Server = server;

    public TestServer Server { get; }

    /// <summary>Somebody who may do everything in the default workspace, for calling handlers directly.</summary>
    public static Caller Owner { get; } = new("0192aa", "ada", PrincipalKind.Person, [new Grant("workspace/default", Level.Admin)]);

    /// <param name="gate">In place of the policy; null = the policy.</param>
    public static async Task<Shelf> Open(string database, Func<Server.ServerOptions, Server.ServerOptions>? change = null, IGate? gate = null) =>
        new(await TestServer.Start(database, change, services: services => { if (gate is not null) { services.AddSingleton(gate); } }));

    public T Get<T>()
        where T : class => Server.Services.GetRequiredService<T>();

    public Task<(int Status, string Body)> Mlf(string method, string verb, object? body = null, HttpClient? by = null) => Send(
        new HttpMethod(method), Mlflow + verb, body is null ? null : new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"), by);

    public Task<(int Status, string Body)> Native(string method, string path, object? body = null, HttpClient? by = null) => Send(
        new HttpMethod(method), "/api/v1/w/default/" + path, body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Options), by);

    public async Task<(int Status, string Body)> Send(HttpMethod method, string path, HttpContent? content, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await (by ?? Server.Http).SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A call that must succeed.</summary>
    public async Task<JsonNode> Done(string method, string verb, object? body = null)
    {
        var (status, text) = await Mlf(method, verb, body);
        Assert.True(status == 200, $"{verb}: {status} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<T> Read<T>(string path) => (await Server.Http.GetFromJsonAsync<T>($"/api/v1/w/default/{path}", WireJson.Options))!;

    public Task CreateModel(string name) => Done("POST", "registered-models/create", new { name });

    /// <returns>The number of the new version.</returns>
    public async Task<long> Register(string name, string source = "s3://bucket/model", string run = "") =>
        long.Parse((string)(await Done("POST", "model-versions/create", new { name, source, run_id = run }))["model_version"]!["version"]!, System.Globalization.CultureInfo.InvariantCulture);

    public async Task<string> CreateRun(string name = "r") => (string)(await Done("POST", "runs/create", new { experiment_id = "0", run_name = name, start_time = 1 }))["run"]!["info"]!["run_id"]!;

    public async Task Upload(string run, string path, string content, string experiment = "0")
    {
        var (status, text) = await Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/{path}", new StringContent(content));
        Assert.True(status == 200, $"{path}: {status} {text}");
    }

    /// <returns>The digest of the stored JSON.</returns>
    public async Task<string> Store(object record) =>
        (await Get<IBlobStore>().Put(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(record, record.GetType(), WireJson.Options)), default)).Digest;

    /// <summary>The first column of each row.</summary>
    public Task<List<string>> Texts(string sql) => Server.Db.Read(tx => tx.Query(Kernel.Search.Comparisons.Literal(sql), row => row.GetString(0)), default);

    /// <inheritdoc cref="Programs.Program"/>
    public Task<HttpClient> Program(Role role, string workspace) => Server.Program(role, workspace);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>Refuses everything, or the actions that are named, and says so.</summary>
internal sealed class RefusingGate(params string[] actions) : IGate
{
    public List<(string Action, string Subject)> Asked { get; } = [];

    public Task<GateAnswer> Ask(Caller caller, string action, string subject, IReadOnlyDictionary<string, string> evidence, CancellationToken ct)
    {
        Asked.Add((action, subject));
        return Task.FromResult(new GateAnswer(actions.Length > 0 && !actions.Contains(action), "no-changes v1", ["Nothing changes today."]));
    }
}
