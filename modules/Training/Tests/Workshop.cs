using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Server;
using Slipway.Tracking.Contracts;

namespace Slipway.Training.Tests;

/// <summary>A server as the local owner sees it, with few words for running pipelines of the samples and of tests.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private const string Api = "/api/v1/w/default/";

    private readonly TestDatabase _data;
    private WebApplication _app;
    private HttpClient _http;

    private Workshop(TestDatabase data, WebApplication app) => (_data, _app, _http) = (data, app, ClientOf(app));

    public IServiceProvider Services => _app.Services;

    /// <param name="services">Further services, such as a port that is held.</param>
    public static async Task<Workshop> Open(string database, Action<IServiceCollection>? services = null)
    {
        var data = await TestDatabase.Create(database);
        return new Workshop(data, await Serve(data, services));
    }

    /// <summary>Ends the server, whatever it is doing, and starts another one on the same data, without further services.</summary>
    public async Task Restart()
    {
        await Stop();
        _app = await Serve(_data, null);
        _http = ClientOf(_app);
    }

    /// <summary>A sample's definition down to the evaluation; what it is for afterwards is tested by the rooms that come after.</summary>
    public static string Sample(string name)
    {
        var text = File.ReadAllText(Path.Combine(SampleFolder(name), "pipeline.yaml"));
        return text[..text.IndexOf("\n  register:", StringComparison.Ordinal)];
    }

    /// <summary>Starts a definition with the files that it names, of a sample.</summary>
    /// <param name="own">Files that are not the sample's, by name.</param>
    public async Task<PipelineRunView> Start(string definition, string sample, IReadOnlyDictionary<string, byte[]>? own = null)
    {
        var check = await Check(definition);
        Assert.True(check.Graph is not null, string.Join('\n', check.Faults.Select(fault => $"{fault.Path}: {fault.Detail}")));
        var files = new Dictionary<string, string>();
        foreach (var name in check.Graph.Files) { files[name] = await Upload(own?.GetValueOrDefault(name) ?? await File.ReadAllBytesAsync(Path.Combine(SampleFolder(sample), name))); }

        return await Post<PipelineRunView>("pipeline-runs", new StartPipelineRunRequest(definition, files), 201);
    }

    /// <summary>Runs a sample to its end, which must be a good one.</summary>
    public async Task<PipelineRunView> Run(string definition, string sample)
    {
        var run = await End((await Start(definition, sample)).Id);
        Assert.True(run.State == PipelineRunState.Succeeded, string.Join('\n', run.Steps.Select(step => $"{step.Name} {step.State} {step.Problem?.Detail}")));
        return run;
    }

    public Task<PipelineRunView> End(string runId) => Until(() => Get<PipelineRunView>($"pipeline-runs/{runId}"), run => run.EndedMs is not null);

    public Task<PipelineCheckView> Check(string definition) => Post<PipelineCheckView>("pipelines/check", new CheckPipelineRequest(definition), 200);

    public Task Cancel(string runId) => Post<PipelineRunView>($"pipeline-runs/{runId}/cancel", new { }, 200);

    /// <summary>An output of a step, which is JSON.</summary>
    public async Task<T> Output<T>(PipelineRunView run, string step, string output) => await Get<T>($"files/{Value(run, step, output).Digest}");

    public static StepValueView Value(PipelineRunView run, string step, string output) => run.Steps.Single(row => row.Name == step).Outputs[output];

    public Task<RunDetail> TrackedRun(string runId) => Get<RunDetail>($"runs/{runId}");

    /// <summary>The files of a run, down to one folder.</summary>
    public async Task<IReadOnlyList<ArtifactView>> Files(string runId)
    {
        var top = (await Get<ArtifactList>($"runs/{runId}/artifacts")).Items;
        var files = top.Where(item => !item.IsDirectory).ToList();
        foreach (var folder in top.Where(item => item.IsDirectory)) { files.AddRange((await Get<ArtifactList>($"runs/{runId}/artifacts?path={folder.Path}")).Items); }

        return files;
    }

    /// <summary>The runs of the only experiment of this name; none when there is none.</summary>
    public async Task<IReadOnlyList<RunView>> RunsOf(string experiment)
    {
        using var found = await _http.GetAsync($"/api/2.0/mlflow/experiments/get-by-name?experiment_name={experiment}");
        if (!found.IsSuccessStatusCode) { return []; }

        var id = JsonDocument.Parse(await found.Content.ReadAsStringAsync()).RootElement.GetProperty("experiment").GetProperty("experiment_id").GetString();
        return (await Get<RunPage>($"runs?experiment={id}")).Items;
    }

    /// <summary>Asks until the answer is as wanted, at most 60 s.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> ask, Func<T, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var answer = await ask();
            if (wanted(answer)) { return answer; }

            Assert.False(limit.IsCancellationRequested, $"Not within 60 s: {JsonSerializer.Serialize(answer, WireJson.Options)}");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await _data.DisposeAsync();
    }

    private async Task Stop()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<WebApplication> Serve(TestDatabase data, Action<IServiceCollection>? services)
    {
        var options = new ServerOptions { Urls = "http://127.0.0.1:0", Data = data.Folder, Database = data.Database };
        var app = ServerApp.Build(options, new Dictionary<string, string?>(), null, services);
        await app.StartAsync();
        return app;
    }

    private static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.First()) };

    private static string SampleFolder(string name) => Path.Combine(AppContext.BaseDirectory, "samples", name);

    private async Task<string> Upload(byte[] content)
    {
        using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        return (await Read<PipelineFileView>(await _http.PostAsync(Api + "pipelines/files", body), 200)).Digest;
    }

    private async Task<T> Get<T>(string path) => await Read<T>(await _http.GetAsync(Api + path), 200);

    private async Task<T> Post<T>(string path, object body, int status) =>
        await Read<T>(await _http.PostAsync(Api + path, JsonContent.Create(body, body.GetType(), options: WireJson.Options)), status);

    private static async Task<T> Read<T>(HttpResponseMessage answer, int status)
    {
        using (answer)
        {
            Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            return (await answer.Content.ReadFromJsonAsync<T>(WireJson.Options))!;
        }
    }
}
