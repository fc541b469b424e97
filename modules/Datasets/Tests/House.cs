using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Server;

namespace Slipway.Datasets.Tests;

/// <summary>A server as the local owner sees it, with few words for what tests of datasets do over and over.</summary>
internal sealed class House : IAsyncDisposable
{
    private House(TestServer server) => Server = server;

    public TestServer Server { get; }

    public IDatasets Port => Server.Services.GetRequiredService<IDatasets>();

    public IBlobStore Blobs => Server.Services.GetRequiredService<IBlobStore>();

    /// <summary>What later rooms call the port with.</summary>
    public static Caller Caller => Caller.ForJob("test", "default");

    public static async Task<House> Open(
        string database, IReadOnlyDictionary<string, string?>? settings = null, ScriptedGate? gate = null, Func<ServerOptions, ServerOptions>? change = null) =>
        new(await TestServer.Start(database, change, settings, services: services => { if (gate is not null) { services.AddSingleton<IGate>(gate); } }));

    public static string Sample(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", file));

    /// <summary>A contract for a table of these properties, each a YAML flow mapping.</summary>
    public static string Contract(string properties, string more = "") =>
        $"apiVersion: v3.1.0\nkind: DataContract\nid: test\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n{more}    properties: [{properties}]\n";

    public async Task<(int Status, string Body)> Send(HttpMethod method, string path, HttpContent? content = null, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/api/v1/w/default/datasets" + (path.Length == 0 ? "" : "/" + path)) { Content = content };
        using var answer = await (by ?? Server.Http).SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<(int Status, string Body)> Get(string path, HttpClient? by = null) => Send(HttpMethod.Get, path, null, by);

    public async Task<T> Get<T>(string path)
    {
        var (status, body) = await Get(path);
        Assert.True(status == 200, $"{path}: {status} {body}");
        return Json<T>(body);
    }

    public Task<(int Status, string Body)> Post(string path, string file, HttpClient? by = null) => Send(HttpMethod.Post, path, new ByteArrayContent(Encoding.UTF8.GetBytes(file)), by);

    public async Task<string> AddContract(string yaml) => Json<DataContractView>((await Expect(200, Post("contracts", yaml))).Body).Digest;

    public async Task SetContract(string name, string yaml) => await Expect(200, Send(HttpMethod.Put, $"{name}/contract", new StringContent(yaml)));

    public async Task<DatasetVersionView> Add(string name, string file, string format = "csv") => Json<DatasetVersionView>((await Expect(201, Post($"{name}/versions?format={format}", file))).Body);

    public async Task<DatasetVersionView> Add(string name, byte[] file, string format) =>
        Json<DatasetVersionView>((await Expect(201, Send(HttpMethod.Post, $"{name}/versions?format={format}", new ByteArrayContent(file)))).Body);

    /// <summary>The refusal of a file, and the report that it carries.</summary>
    public async Task<(ProblemView Problem, CheckReport Report)> Refused(string name, string file)
    {
        var problem = Json<ProblemView>((await Expect(422, Post($"{name}/versions?format=csv", file))).Body);
        Assert.Equal("contract_violated", problem.Code);
        return (problem, Json<CheckReport>(problem.Evidence!.Value.GetRawText()));
    }

    public Task<DatasetVersionDetail> Version(string name, long version) => Get<DatasetVersionDetail>($"{name}/versions/{version}");

    /// <summary>Values of the first column of a query.</summary>
    public Task<List<string>> Texts(Sql query) => Server.Db.Read(tx => tx.Query(query, row => row.GetString(0)), default);

    /// <summary>Everything that a refusal must leave as it was.</summary>
    public async Task<(string Rows, int Blobs, int Scratch)> State()
    {
        var rows = await Server.Db.Read(
            tx => tx.QueryOne(
                $"""
                SELECT (SELECT COUNT(*) FROM datasets_datasets), (SELECT COUNT(*) FROM datasets_versions), (SELECT COUNT(*) FROM datasets_tables), (SELECT COUNT(*) FROM datasets_contracts),
                    (SELECT COUNT(*) FROM kernel_audit_entries WHERE action LIKE 'dataset.%'), (SELECT COUNT(*) FROM kernel_facts)
                """,
                row => string.Join(' ', Enumerable.Range(0, 6).Select(row.GetInt64))), default);
        return (rows!, Files("blobs"), Files("datasets-work"));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public static T Json<T>(string body) => System.Text.Json.JsonSerializer.Deserialize<T>(body, WireJson.Options)!;

    private static async Task<(int Status, string Body)> Expect(int status, Task<(int Status, string Body)> sending)
    {
        var answer = await sending;
        Assert.True(answer.Status == status, $"{answer.Status} instead of {status}: {answer.Body}");
        return answer;
    }

    private int Files(string folder) =>
        Directory.Exists(Path.Combine(Server.Folder, folder)) ? Directory.EnumerateFiles(Path.Combine(Server.Folder, folder), "*", SearchOption.AllDirectories).Count() : 0;
}
