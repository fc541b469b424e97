using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Tests;

/// <summary>A server with a scripted kind of step, and few words for what tests of pipelines do over and over.</summary>
internal sealed class Yard : IAsyncDisposable
{
    public const string Api = "/api/v1/w/default/";

    private Yard(TestServer server) => Server = server;

    public TestServer Server { get; }

    public ScriptedStep Scripted => Server.Services.GetRequiredService<ScriptedStep>();

    public static async Task<Yard> Open(string database, IReadOnlyDictionary<string, string?>? settings = null, bool required = false) => new(await TestServer.Start(
        database, options => required ? options with { Auth = "required" } : options, settings, services: AddScripted));

    public static void AddScripted(IServiceCollection services) =>
        services.AddSingleton<ScriptedStep>().AddSingleton<IStepKind>(provider => provider.GetRequiredService<ScriptedStep>());

    public async Task<PipelineRunView> Start(string definition, IReadOnlyDictionary<string, string>? files = null, IReadOnlyList<string>? force = null) =>
        await Read<PipelineRunView>(await Post("pipeline-runs", new StartPipelineRunRequest(definition, files, force)), 201);

    /// <summary>Starts a run and waits for its end.</summary>
    public async Task<PipelineRunView> Run(string definition, IReadOnlyDictionary<string, string>? files = null, IReadOnlyList<string>? force = null) =>
        await End((await Start(definition, files, force)).Id);

    public Task<PipelineRunView> End(string runId) => Until(runId, run => run.EndedMs is not null);

    /// <summary>Waits for a run to be as wanted, woken by time alone: at most 60 s.</summary>
    public async Task<PipelineRunView> Until(string runId, Func<PipelineRunView, bool> wanted, HttpClient? by = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var run = await Read<PipelineRunView>(await (by ?? Server.Http).GetAsync(Api + "pipeline-runs/" + runId), 200);
            if (wanted(run)) { return run; }

            Assert.False(limit.IsCancellationRequested, $"Not within 60 s: {System.Text.Json.JsonSerializer.Serialize(run, WireJson.Options)}");
            await Task.Delay(10);
        }
    }

    public async Task<string> Upload(string content)
    {
        var bytes = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return (await Read<PipelineFileView>(await Server.Http.PostAsync(Api + "pipelines/files", bytes), 200)).Digest;
    }

    public async Task<IReadOnlyList<string>> Log(string runId, string step) => [.. (await Get<StepLogView>($"pipeline-runs/{runId}/steps/{step}/log")).Lines.Select(line => line.Text)];

    public Task<string> Text(string digest) => Server.Http.GetStringAsync(Api + "files/" + digest);

    public async Task<T> Get<T>(string path) => await Read<T>(await Server.Http.GetAsync(Api + path), 200);

    public Task<HttpResponseMessage> Post(string path, object? body, HttpClient? by = null) =>
        (by ?? Server.Http).PostAsync(Api + path, body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Options));

    public async Task<ProblemView> Refused(int status, string path, object? body, HttpClient? by = null) => await Read<ProblemView>(await Post(path, body, by), status);

    public static async Task<T> Read<T>(HttpResponseMessage answer, int status)
    {
        using (answer)
        {
            Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            return (await answer.Content.ReadFromJsonAsync<T>(WireJson.Options))!;
        }
    }

    /// <inheritdoc cref="Programs.Program"/>
    public Task<HttpClient> Program(Role role, string workspace) => Server.Program(role, workspace);

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
