using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.OnnxRuntime;
using Slipway.Registry.Ports;
using Slipway.Server;
using Slipway.Serving.Contracts;
using Slipway.Serving.Ports;

namespace Slipway.Bench;

/// <summary>
/// Predictions of the mortgage scorecard over the Open Inference Protocol with everything on (input check, split between champion and canary, prediction log, metrics), beside a bare loop over the model and
/// beside a plain Node.js server, by wrk, round by round in one run.
/// </summary>
internal static class ServingBench
{
    private const int Rounds = 5;
    private const int Seconds = 4;
    private const string Workspace = "default";
    private const string Endpoint = "mortgage";

    public static async Task Run(string[] args)
    {
        var folder = Machine.Folder();
        try
        {
            await using var app = ServerApp.Build(
                new ServerOptions { Urls = "http://127.0.0.1:0", Data = folder.FullName }, new Dictionary<string, string?>(), null,
                services => services.AddSingleton<IApprovals, EverythingApproved>().AddSingleton<IGate, NoPolicyGate>());
            await SchemaUpgrade.Run(app.Services.GetRequiredService<Db>(), [typeof(Db).Assembly, .. ServerApp.Modules.Select(module => module.GetType().Assembly)], CancellationToken.None);
            await app.StartAsync();
            using (var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromMinutes(2) })
            {
                var model = await Scorecard.Register(http);
                var file = await ModelFile(app.Services, model, folder.FullName);
                await Deploy(http, model);
                var body = Scorecard.Body(await http.GetFromJsonAsync<JsonObject>($"/v2/models/{Endpoint}"));
                await Compare(http, app.Services, file, body, folder.FullName);
            }

            await app.StopAsync();
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Compare(HttpClient http, IServiceProvider services, string file, string body, string folder)
    {
        var url = new Uri(http.BaseAddress!, $"/v2/models/{Endpoint}/infer");
        // A unit of its own for each request, so that the split has something to do.
        var ours = $"i = i + 1 return '{body[..^1]},\"parameters\":{{\"unit_id\":\"applicant ' .. i .. '\"}}}}'";
        var plain = $"return '{body}'";
        var (bare, rate, node) = (new Figures("the model in a bare loop, 1 thread", "runs/s"), new Figures("V2 JSON, everything on, 16 connections", "req/s", "20,000/s"), new Figures("plain Node.js server, 16 connections", "req/s"));
        var (run, one, health, over, peer) = (new Figures("one run in the bare loop", "µs"), new Figures("V2 JSON, everything on, 1 connection, p50", "µs"), new Figures("GET /health, 1 connection, p50", "µs"),
            new Figures("V2 JSON beyond /health and the run, p50", "µs", "100 µs"), new Figures("plain Node.js server, 1 connection, p50", "µs"));
        var (p99, peer99) = (new Figures("V2 JSON, 16 connections, p99", "ms"), new Figures("plain Node.js server, 16 connections, p99", "ms"));
        var cpu = new Figures("processor time of the server a request", "µs");
        var answered = 0L;
        await using var other = await NodeServer.Start(file);
        for (var round = -1; round < Rounds; round++)
        {
            var loop = Bare(file, body);
            var before = Environment.CpuUsage.TotalTime;
            var sixteen = await Wrk.Run("V2", url, 16, Seconds, ours, folder);
            var used = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / sixteen.Requests;
            var single = await Wrk.Run("V2", url, 1, Seconds / 2, ours, folder);
            var empty = await Wrk.Run("/health", new Uri(http.BaseAddress!, "/health"), 1, Seconds / 2, null, folder);
            var (theirs, theirsSingle) = other is null ? default : (await Wrk.Run("Node", other.Url, 16, Seconds, plain, folder), await Wrk.Run("Node", other.Url, 1, Seconds / 2, plain, folder));
            answered += sixteen.Requests + single.Requests;
            if (round < 0) { continue; }

            bare.Add(1e6 / loop);
            run.Add(loop);
            rate.Add(sixteen.Rate);
            cpu.Add(used);
            p99.Add(sixteen.P99);
            one.Add(single.P50 * 1_000);
            health.Add(empty.P50 * 1_000);
            over.Add((single.P50 - empty.P50) * 1_000 - loop);
            if (theirs is null) { continue; }

            node.Add(theirs.Rate);
            peer99.Add(theirs.P99);
            peer.Add(theirsSingle.P50 * 1_000);
        }

        foreach (var figures in (Figures[])[bare, rate, p99, cpu, run, health, one, over]) { figures.Print(); }

        if (other is null) { Console.WriteLine("plain Node.js server: not measured, node or the package is missing"); }
        else { foreach (var figures in (Figures[])[node, peer99, peer]) { figures.Print(); } }

        await ReadBack(services.GetRequiredService<IPredictionLog>(), answered);
    }

    /// <summary>Microseconds a run on one row, into memory of the caller's.</summary>
    private static double Bare(string file, string body)
    {
        const int runs = 200_000;
        using var session = OnnxSession.Load(File.ReadAllBytes(file));
        var given = JsonNode.Parse(body)!["inputs"]!.AsArray().ToDictionary(input => (string)input!["name"]!, input => input!["data"]![0]!);
        var inputs = session.Inputs.Select(input => input.ElementType switch
        {
            OnnxElementType.Double => OnnxTensor.Of([(double)given[input.Name]], Shape(input)),
            OnnxElementType.Float => OnnxTensor.Of([(float)(double)given[input.Name]], Shape(input)),
            OnnxElementType.Int64 => OnnxTensor.Of([(long)given[input.Name]], Shape(input)),
            _ => OnnxTensor.OfStrings([(string)given[input.Name]!], Shape(input)),
        }).ToArray();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < runs; i++) { session.Run(inputs, CancellationToken.None).Dispose(); }

        var took = clock.Elapsed.TotalMicroseconds / runs;
        foreach (var input in inputs) { input.Dispose(); }

        return took;
    }

    private static long[] Shape(OnnxValueInfo input) => input.Shape.Count == 1 ? [1] : [1, 1];

    /// <summary>Every request that wrk saw answered is in the log, and how fast a monitor can read it.</summary>
    private static async Task ReadBack(IPredictionLog log, long answered)
    {
        var read = new Figures("reading the prediction log, 10,000 a call", "rows/s", "50,000/s");
        var rows = 0L;
        for (var round = 0; round < 3; round++)
        {
            rows = 0;
            var clock = Stopwatch.StartNew();
            for (var after = 0L; await log.Read(Workspace, Endpoint, after, 10_000, CancellationToken.None) is { Predictions.Count: > 0 } batch; after = batch.Next) { rows += batch.Predictions.Count; }

            read.Add(rows / clock.Elapsed.TotalSeconds);
        }

        read.Print();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answered:#,0} requests were answered, {rows:#,0} predictions are in the log"));
        if (rows < answered) { throw new InvalidOperationException("The log lacks predictions that were answered."); }
    }

    private static async Task<string> ModelFile(IServiceProvider services, string model, string folder)
    {
        var versions = services.GetRequiredService<IVersions>();
        var digest = (await services.GetRequiredService<Db>().Read(tx => versions.Find(tx, Workspace, model, 1), CancellationToken.None))!.Digests.Model!;
        var path = Path.Combine(folder, "model.onnx");
        await using var file = File.Create(path);
        await services.GetRequiredService<IBlobStore>().CopyTo(digest, null, file, CancellationToken.None);
        return path;
    }

    private static async Task Deploy(HttpClient http, string model)
    {
        await Scorecard.Post(http, "endpoints", new CreateEndpointRequest(Endpoint, model));
        await Scorecard.Post(http, $"endpoints/{Endpoint}/deployments", new DeployRequest(1, TrafficRole.Champion));
        await Scorecard.Post(http, $"endpoints/{Endpoint}/deployments", new DeployRequest(2, TrafficRole.Canary, 0.1));
    }

    private sealed class EverythingApproved : IApprovals
    {
        public ApprovalState StateOf(ReadTx tx, string workspace, string model, long version) => new(true, $"approval-{version}", new string('e', 64), []);
    }
}
