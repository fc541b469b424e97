using System.Diagnostics;
using System.Globalization;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Monitoring.Ports;
using Slipway.Registry.Ports;
using Slipway.Serving.Ports;
using Slipway.Testing;

namespace Slipway.Bench;

/// <summary>The four answers about models in production, now and at past moments, through HTTP; and how fast facts are folded.</summary>
internal static class AnswersBench
{
    private const string W = "default";
    private const int Calls = 400;

    /// <summary><c>answers [MODELS] [DATABASE]</c>: 5,000 models on SQLite unless said otherwise.</summary>
    public static async Task Run(string[] args)
    {
        var models = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5_000;
        var (folder, random) = (Machine.Folder(), new Random(1));
        try
        {
            var data = System.IO.Path.Combine(folder.FullName, "data");
            string[] arguments = args.Length > 1 ? ["--database", args[1]] : [];

            // Started once for its tables; then told to while it is down, since one process at a time owns the file.
            await using (var first = await ServerProcess.Start(data, arguments)) { await first.Stop(); }

            var last = await Seed(new DbOptions(args.Length > 1 ? args[1] : System.IO.Path.Combine(data, "slipway.db")), models);
            await using var server = await ServerProcess.Start(data, arguments);
            using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.BaseAddress, Timeout = TimeSpan.FromMinutes(1) };
            await Folded(http, models);
            await Latency(http, "now, one call after another", 1, () => Answers(random.Next(models)));
            await Latency(http, "now, 8 callers", 8, () => Answers(random.Next(models)));
            await Latency(http, "a past position, one call after another", 1, () => $"{Answers(random.Next(models / 2))}?asOf=position:{random.NextInt64(last / 2, last)}");
            await Latency(http, "the moments of a model", 1, () => $"/api/v1/w/{W}/models/model-{random.Next(models)}/moments");
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Latency(HttpClient http, string name, int callers, Func<string> path)
    {
        var took = new List<double>(Calls);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            for (var i = 0; i < Calls / callers; i++)
            {
                string asked;
                lock (took) { asked = path(); }

                var clock = Stopwatch.StartNew();
                await http.GetByteArrayAsync(asked);
                lock (took) { took.Add(clock.Elapsed.TotalMilliseconds); }
            }
        }));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-42} p50 {Figures.Quantile(took, 0.5),7:0.0} ms   p95 {Figures.Quantile(took, 0.95),7:0.0} ms   p99 {Figures.Quantile(took, 0.99),7:0.0} ms   target p95 300 ms"));
    }

    /// <summary>Waits until the last model is answered for.</summary>
    private static async Task Folded(HttpClient http, int models)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await http.GetAsync(Answers(models - 1));
            if (answer.IsSuccessStatusCode) { break; }

            await Task.Delay(100);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"placed and folded in {clock.Elapsed.TotalSeconds:0.0} s"));
    }

    private static string Answers(int model) => $"/api/v1/w/{W}/models/model-{model}/answers";

    /// <summary>Every model with two versions, both approved, one endpoint with a canary, a monitor, its verdicts and twenty changes of one of them: 41 facts each.</summary>
    /// <returns>The number of facts.</returns>
    private static async Task<long> Seed(DbOptions options, int models)
    {
        var (caller, clock) = (new Caller("bench", "bench", PrincipalKind.System, []), Stopwatch.StartNew());
        await using var db = options.Open(TimeProvider.System);
        await Parallel.ForAsync(0, models, async (i, ct) => await db.Append(tx => Tell(tx, caller, $"model-{i}"), ct));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{models:#,0} models told, {models * 41L:#,0} facts in {clock.Elapsed.TotalSeconds:0.0} s"));
        return models * 41L;
    }

    private static void Tell(WriteTx tx, Caller by, string name)
    {
        tx.Publish(by, new ModelRegistered(W, name));
        tx.Publish(by, new InventoryChanged(W, name, "Says who may have a loan", "p1", "Olga", 2, "lending", ["lending"], "i1"));
        for (var version = 1L; version <= 2; version++)
        {
            var id = $"{name}-{version}";
            tx.Publish(by, new VersionRegistered(W, name, version, $"runs:/{id}/model", $"digest-{id}", "data", "evaluation", null, null, "loans", 1));
            tx.Publish(by, new ApprovalRequested(W, id, name, version, "bound"));
            tx.Publish(by, new ApprovalSigned(W, id, name, version, "bound", "p2", "Vera", "Looked at the evidence."));
            tx.Publish(by, new ApprovalGranted(W, id, name, version, "bound", ["Vera"], []));
        }

        var endpoint = $"{name}-endpoint";
        tx.Publish(by, new EndpointCreated(W, endpoint, name));
        tx.Publish(by, new MonitorDefined(W, endpoint, name, 0, "monitor", [new ArmedReaction("drift", ["haltRollout"])]));
        tx.Publish(by, new TrafficChanged(W, endpoint, name, RolloutState.Canary, [
            new DeploymentState("d1", 1, DeploymentRole.Champion, 0.9, $"digest-{name}-1", $"{name}-1", 1), new DeploymentState("d2", 2, DeploymentRole.Canary, 0.1, $"digest-{name}-2", $"{name}-2", 1)]));
        foreach (var aspect in (string[])["population", "decisions", "performance", "fairness"])
        {
            for (var version = 1L; version <= 2; version++) { tx.Publish(by, new MonitorChanged(W, endpoint, name, version, aspect, "yes", "It is as approved", "window", 1)); }
        }

        for (var change = 0; change < 20; change++)
        {
            tx.Publish(by, new MonitorChanged(W, endpoint, name, 1, "population", change % 2 == 0 ? "attention" : "yes", "The population moved", "window", 1));
        }
    }
}
