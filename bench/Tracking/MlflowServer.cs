using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Slipway.Testing;

namespace Slipway.Bench.Tracking;

/// <summary>A server that speaks MLflow's protocol: one of ours, started here, or any by its address.</summary>
internal sealed class MlflowServer : IAsyncDisposable
{
    public const string Api = "/api/2.0/mlflow/";

    private readonly ServerProcess? _own;
    private readonly string _data;

    private MlflowServer(Uri address, string folder, ServerProcess? own)
    {
        (BaseAddress, Folder, _own, _data) = (address, folder, own, Path.Combine(folder, "data"));
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public Uri BaseAddress { get; }

    public HttpClient Http { get; }

    /// <summary>For files of the measurement itself.</summary>
    public string Folder { get; }

    /// <summary>True when it was started here, so that its memory and its files can be measured and its own routes be called.</summary>
    public bool IsOurs => _own is not null;

    public static async Task<MlflowServer> Start(TrackingArguments arguments, string folder)
    {
        if (arguments.Url is { } url) { return new MlflowServer(url, folder, null); }

        var own = await ServerProcess.Start(Path.Combine(folder, "data"), arguments.Database is { } database ? ["--database", database] : []);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start to the first 200: {own.StartTook.TotalMilliseconds:0} ms (target 2,000)   resident memory: {own.ResidentBytes() / 1e6:0} MB (target 150)"));
        return new MlflowServer(own.BaseAddress, folder, own);
    }

    public async Task<JsonElement> Post(string verb, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(Api + verb, content);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> Get(string path) => JsonElement.Parse(await Http.GetByteArrayAsync(path));

    public async Task<string> CreateExperiment(string name) =>
        (await Post("experiments/create", new { name = $"{name}-{Guid.NewGuid():N}" })).GetProperty("experiment_id").GetString()!;

    /// <returns>The id and the artifact address.</returns>
    public async Task<(string Id, string Artifacts)> CreateRun(string experiment, string name, long start = 1)
    {
        var info = (await Post("runs/create", new { experiment_id = experiment, run_name = name, start_time = 1_700_000_000_000 + start })).GetProperty("run").GetProperty("info");
        return (info.GetProperty("run_id").GetString()!, info.GetProperty("artifact_uri").GetString()!);
    }

    /// <summary>Bytes of the database's files; null for a server elsewhere or another database than SQLite.</summary>
    public long? DatabaseBytes() => _own is not null && Directory.EnumerateFiles(_data, "slipway.db*").Select(file => new FileInfo(file).Length).ToList() is { Count: > 0 } files ? files.Sum() : null;

    public void PrintMemory(string when)
    {
        if (_own is not null) { Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident memory {when}: {_own.ResidentBytes() / 1e6:#,0} MB (target 500)")); }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_own is not null) { await _own.DisposeAsync(); }
    }
}
