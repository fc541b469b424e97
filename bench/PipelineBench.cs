using System.Globalization;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Ports;
using Slipway.Server;

namespace Slipway.Bench;

/// <summary>What a pipeline run costs besides its steps: 40 steps that do nothing, one after another and side by side, run and reused, through HTTP.</summary>
internal static class PipelineBench
{
    private const string Api = "/api/v1/w/default/";
    private const int Steps = 40;
    private const int Rounds = 7;

    /// <summary><c>pipelines [DATABASE]</c>: SQLite unless said otherwise.</summary>
    public static async Task Run(string[] args)
    {
        var folder = Machine.Folder();
        try
        {
            var options = new ServerOptions { Urls = "http://127.0.0.1:0", Data = folder.FullName };
            if (args.Length > 0) { options = options with { Database = args[0] }; }

            await using var app = ServerApp.Build(options, new Dictionary<string, string?>(), null, services => services.AddSingleton<IStepKind, EmptyStep>());
            await SchemaUpgrade.Run(app.Services.GetRequiredService<Db>(), [typeof(Db).Assembly, .. ServerApp.Modules.Select(module => module.GetType().Assembly)], CancellationToken.None);
            await app.StartAsync();
            using (var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) })
            {
                var empty = (await (await http.PostAsync(Api + "pipelines/files", new ByteArrayContent([]))).Content.ReadFromJsonAsync<PipelineFileView>(WireJson.Options))!;
                foreach (var chain in (bool[])[true, false]) { await Measure(http, empty.Digest, chain); }
            }

            await app.StopAsync();
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Measure(HttpClient http, string empty, bool chain)
    {
        var how = chain ? "one after another" : "side by side";
        var definition = $"pipeline: {(chain ? "chain" : "fan")}\nsteps:\n" + string.Concat(Enumerable.Range(0, Steps).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"  s{i}: {{ uses: empty, {(chain && i > 0 ? $"in: {{ x: s{i - 1}.out }}, " : "")}with: {{ digest: {empty}, i: {i} }} }}\n")));
        var run = new Figures($"{Steps} empty steps {how}", "ms", "1,000 ms");
        var reused = new Figures($"the same, every one reused", "ms");
        for (var round = -2; round < Rounds; round++)
        {
            var (ran, took) = (await Once(http, definition, ["*"], StepState.Succeeded), await Once(http, definition, null, StepState.Reused));
            if (round < 0) { continue; }

            run.Add(ran);
            reused.Add(took);
        }

        run.Print();
        reused.Print();
    }

    /// <summary>Milliseconds from the request to the end of the run, as the server recorded it.</summary>
    private static async Task<double> Once(HttpClient http, string definition, string[]? force, StepState wanted)
    {
        var begun = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var answer = await http.PostAsJsonAsync(Api + "pipeline-runs", new StartPipelineRunRequest(definition, null, force), WireJson.Options);
        var run = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<PipelineRunView>(WireJson.Options))!;
        while (run.EndedMs is null)
        {
            // Seldom enough not to be part of what is measured.
            await Task.Delay(50);
            run = (await http.GetFromJsonAsync<PipelineRunView>($"{Api}pipeline-runs/{run.Id}", WireJson.Options))!;
        }

        return run.Steps.All(step => step.State == wanted) ? run.EndedMs.Value - begun : throw new InvalidOperationException($"The run went otherwise: {run.State}, {run.Steps.First(step => step.State != wanted)}");
    }

    /// <summary>Gives what its settings name and does nothing else.</summary>
    private sealed class EmptyStep : IStepKind
    {
        public string Name => "empty";

        public string Version => "1";

        public StepShape Shape(StepDefinition step) => new([], new Dictionary<string, string> { ["out"] = StepTypes.File }, []) { AnyInputs = true };

        public IReadOnlyList<Fault> Check(StepDefinition step) => [];

        public Task<Result<StepOutcome>> Run(StepContext context, CancellationToken ct) => Task.FromResult<Result<StepOutcome>>(new StepOutcome(
            new Dictionary<string, StepValue> { ["out"] = new(StepTypes.File, context.Step.Settings().Text("digest")!) }, new Dictionary<string, string>()));
    }
}
