using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Slipway.Datasets.Contracts;
using Slipway.Governance.Ports;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Folding;
using Slipway.Registry.Ports;
using Slipway.Serving.Ports;
using Slipway.Training.Contracts;

namespace Slipway.Monitoring.Tests;

/// <summary>A server that watches one endpoint, whose traffic, log and approvals the test says. Training data: 2,000 payers with an amount, an age and a region.</summary>
internal sealed class Watch : IAsyncDisposable
{
    public const string Endpoint = "payers";
    private static readonly PredictionSchema Schema = new([new("amount", true, 0), new("age", true, 1), new("region", false, 0)]);
    private readonly Random _random = new(7);

    private Watch(TestServer server, ScriptedEndpoints endpoints, ScriptedLog log, ScriptedApprovals approvals, ScriptedVersions versions) =>
        (Server, Endpoints, Log, Approvals, Versions) = (server, endpoints, log, approvals, versions);

    public TestServer Server { get; }

    public ScriptedEndpoints Endpoints { get; }

    public ScriptedLog Log { get; }

    public ScriptedApprovals Approvals { get; }

    public ScriptedVersions Versions { get; }

    /// <param name="jobs">False = the module's jobs do not run by themselves.</param>
    public static async Task<Watch> Open(string database, TimeProvider? clock = null, bool jobs = true)
    {
        var (endpoints, log, approvals, versions) = (new ScriptedEndpoints(), new ScriptedLog(), new ScriptedApprovals(), new ScriptedVersions());
        var server = await TestServer.Start(database, clock: clock, services: services =>
        {
            services.AddSingleton<IEndpoints>(endpoints).AddSingleton<IPredictionLog>(log).AddSingleton<IApprovals>(approvals).AddSingleton<IVersions>(versions);
            foreach (var job in jobs ? [] : services.Where(IsJob).ToList()) { services.Remove(job); }
        });
        var watch = new Watch(server, endpoints, log, approvals, versions);
        await watch.Train();
        return watch;
    }

    /// <summary>Puts versions under the endpoint and tells of it.</summary>
    public async Task Deploy(params DeploymentState[] deployments)
    {
        Endpoints.Put(Endpoint, deployments);
        await Server.Db.Write(
            tx => tx.Publish(Caller.ForJob("test", "default"), new TrafficChanged("default", Endpoint, Endpoint, RolloutState.Steady, deployments)), default);
    }

    /// <summary>Deletes the endpoint and tells of it.</summary>
    /// <param name="untilHeard">Waits until nobody watches it any more, for at most a minute.</param>
    public async Task Delete(bool untilHeard)
    {
        Endpoints.Remove(Endpoint);
        await Server.Db.Write(tx => tx.Publish(Caller.ForJob("test", "default"), new EndpointDeleted("default", Endpoint, Endpoint)), default);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (untilHeard && await Server.Db.Read(tx => EndpointStore.Find(tx, "default", Endpoint), default) is not null) { await Task.Delay(20, limit.Token); }
    }

    /// <summary>Predictions of a version: like the training data, with amount and age multiplied.</summary>
    /// <param name="deny">Share of the decision.</param>
    public IReadOnlyList<Prediction> Predict(long version, int count, double times = 1, double deny = 0.2, DeploymentRole role = DeploymentRole.Champion, long? atMs = null)
    {
        var at = atMs ?? Server.Services.GetRequiredService<TimeProvider>().NowMs();
        var predictions = Enumerable.Range(0, count).Select(_ =>
        {
            var (amount, age, region) = Payer();
            var denied = _random.NextDouble() < deny;
            return new Prediction(
                0, Ids.New(TimeProvider.System) + "-0", at, $"d{version}", version, role, null, Schema, [amount * times, age * times], [region],
                denied ? 0.5 + (_random.NextDouble() / 2) : _random.NextDouble() / 2, denied ? "deny" : "grant");
        }).ToList();
        Log.Add(Endpoint, predictions);
        return predictions;
    }

    public async Task<MonitorView> Monitor() => (await Server.Http.GetFromJsonAsync<MonitorView>($"/api/v1/w/default/monitors/{Endpoint}", WireJson.Options))!;

    public async Task<IReadOnlyList<WindowSummary>> Windows() => (await Get<Page<WindowSummary>>($"monitors/{Endpoint}/windows")).Items;

    /// <summary>Asks until the answer is right, for at most a minute.</summary>
    public async Task<MonitorView> Until(Func<MonitorView, bool> right)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var monitor = await Monitor();
            if (right(monitor)) { return monitor; }

            if (limit.IsCancellationRequested) { throw new TimeoutException(JsonSerializer.Serialize(monitor, WireJson.Options)); }

            await Task.Delay(50);
        }
    }

    public async Task Define(string yaml)
    {
        var (status, body) = await Send(HttpMethod.Put, $"monitors/{Endpoint}", new ByteArrayContent(Encoding.UTF8.GetBytes(yaml)));
        Assert.True(status == 200, $"{status} {body}");
    }

    public async Task<T> Get<T>(string path)
    {
        var (status, body) = await Send(HttpMethod.Get, path, null);
        Assert.True(status == 200, $"{path}: {status} {body}");
        return JsonSerializer.Deserialize<T>(body, WireJson.Options)!;
    }

    public Task<(int Status, string Body)> Post(string path, object body, HttpClient? by = null) => Send(HttpMethod.Post, path, JsonContent.Create(body, body.GetType(), options: WireJson.Options), by);

    public async Task<(int Status, string Body)> Send(HttpMethod method, string path, HttpContent? content, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/w/default/" + path) { Content = content };
        using var answer = await (by ?? Server.Http).SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Kinds of the facts that this module told, in order.</summary>
    public Task<List<string>> Facts() => Server.Db.Read(tx => tx.Query(
        $"SELECT kind FROM kernel_facts WHERE kind LIKE 'monitor.%' OR kind LIKE 'drift.%' OR kind LIKE 'envelope.%' OR kind LIKE 'retraining.%' ORDER BY fact_id", row => row.GetString(0)), default);

    public Task<List<string>> Audited() => Server.Db.Read(tx => tx.Query(
        $"SELECT action FROM kernel_audit_entries WHERE action LIKE 'monitor.%' OR action LIKE 'alert.%' OR action LIKE 'labels.%' OR action LIKE 'retraining.%' ORDER BY entry_id", row => row.GetString(0)), default);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task Train()
    {
        var csv = new StringBuilder("amount,age,region\n");
        for (var row = 0; row < 2_000; row++)
        {
            var (amount, age, region) = Payer();
            csv.Append(CultureInfo.InvariantCulture, $"{amount},{age},{region}\n");
        }

        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(csv.ToString()));
        var (status, body) = await Send(HttpMethod.Post, "datasets/payers/versions?format=csv", content);
        Assert.True(status == 201, $"{status} {body}");
        Versions.Data = JsonSerializer.Deserialize<DatasetVersionView>(body, WireJson.Options)!.Digest;

        // Scores as Predict gives them: a fifth is denied.
        Versions.Evaluation = new EvaluationReport(
            "binary", new string('a', 64), Versions.Data, 1_000, new LabelView("late", "yes"), new Dictionary<string, double?> { ["roc_auc"] = 0.8, ["log_loss"] = 0.4 }, [], [],
            new DecisionView(0.5, "deny", "grant", "grant"), new ConfusionView(150, 50, 700, 100),
            new CalibrationView(0.01, 0.01, [.. Enumerable.Range(0, 10).Select(bin => bin < 8 ? new CalibrationBinView(bin / 16.0, (bin + 1) / 16.0, 100, (bin + 0.5) / 16, 0.1) : new CalibrationBinView(0.5 + ((bin - 8) / 4.0), 0.5 + ((bin - 7) / 4.0), 100, 0.625 + ((bin - 8) / 4.0), 0.8))]));
    }

    private (double Amount, double Age, string Region) Payer() =>
        (Math.Round(100 + (20 * Normal()), 2), Math.Round(45 + (10 * Normal()), 1), _random.NextDouble() < 0.3 ? "north" : "south");

    // Box and Muller.
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static bool IsJob(ServiceDescriptor service) => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory?.Method.DeclaringType?.Assembly == typeof(FoldJob).Assembly;
}
