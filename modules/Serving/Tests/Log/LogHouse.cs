using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Slipway.Kernel;
using Slipway.Serving.Log;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Tests.Log;

/// <summary>A prediction log in a folder of its own, with few words for what the tests do over and over.</summary>
internal sealed class LogHouse : IAsyncDisposable
{
    public const string Workspace = "default";
    public const string Endpoint = "mortgage";
    private readonly bool _owns;

    private LogHouse(string folder, bool owns, ServingOptions options, ManualClock clock)
    {
        (Folder, _owns, Options, Clock) = (folder, owns, options, clock);
        Log = new PredictionLog(new ServerFolders(folder), Microsoft.Extensions.Options.Options.Create(options), clock, NullLogger<PredictionLog>.Instance);
        Keeper = new LogKeeper(Log, Microsoft.Extensions.Options.Options.Create(options), clock, NullLogger<LogKeeper>.Instance);
    }

    public string Folder { get; }

    public ServingOptions Options { get; }

    public ManualClock Clock { get; }

    public PredictionLog Log { get; }

    public LogKeeper Keeper { get; }

    /// <summary>Two numbers and a text.</summary>
    public static PredictionSchema Schema { get; } = new([new("ratio", true, 0), new("purpose", false, 0), new("income", true, 1)]);

    public static async Task<LogHouse> Open(string? folder = null, ServingOptions? options = null, ManualClock? clock = null)
    {
        var house = new LogHouse(folder ?? Directory.CreateTempSubdirectory("slipway-log-").FullName, folder is null, options ?? new ServingOptions(), clock ?? new ManualClock());
        await house.Log.StartAsync(CancellationToken.None);
        return house;
    }

    /// <summary>A house on a copy of the files as they are now, as a crash would leave them.</summary>
    public Task<LogHouse> AfterCrash(Action<string>? harm = null) => OpenCopy(Folder, Options, harm);

    public static async Task<LogHouse> OpenCopy(string folder, ServingOptions options, Action<string>? harm = null)
    {
        var copy = Directory.CreateTempSubdirectory("slipway-log-").FullName;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        harm?.Invoke(copy);
        var house = new LogHouse(copy, owns: true, options, new ManualClock());
        await house.Log.StartAsync(CancellationToken.None);
        return house;
    }

    public DeploymentLog Deployment(string id = "d1", long version = 1, string endpoint = Endpoint, string workspace = Workspace, PredictionSchema? schema = null) =>
        Log.Open(workspace, endpoint, id, version, schema ?? Schema);

    /// <summary>One request of some rows whose values follow from their number.</summary>
    /// <returns>Ids of the predictions.</returns>
    public async Task<IReadOnlyList<string>> Append(DeploymentLog log, int first, int rows = 1)
    {
        var request = Ids.New(Clock);
        var problem = await log.Append(new LoggedRows
        {
            RequestId = request,
            AtMs = Clock.NowMs(),
            Role = DeploymentRole.Champion,
            Count = rows,
            Numbers = [.. Enumerable.Range(first, rows).SelectMany(i => (double[])[i, i * 1000.5])],
            Texts = [.. Enumerable.Range(first, rows).Select(i => i % 5 == 0 ? null : $"purpose {i % 3}")],
            Units = [.. Enumerable.Range(first, rows).Select(i => $"applicant {i}")],
            Scores = [.. Enumerable.Range(first, rows).Select(i => i / 7d)],
            Decisions = [.. Enumerable.Range(first, rows).Select(i => i % 2 == 0 ? "approve" : "deny")],
        });
        Assert.Null(problem);
        return [.. Enumerable.Range(0, rows).Select(row => PredictionId.Of(request, row))];
    }

    /// <summary>Back when so many rows are durable.</summary>
    public async Task Durable(long rows)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Log.Health(Workspace, Endpoint).DurablePosition < rows) { await Task.Delay(1, limit.Token); }
    }

    /// <summary>Everything, read page by page once the last row is durable.</summary>
    public async Task<List<Prediction>> All(int wanted, string endpoint = Endpoint, string workspace = Workspace)
    {
        List<Prediction> all = [];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var after = 0L; all.Count < wanted;)
        {
            limit.Token.ThrowIfCancellationRequested();
            var batch = await Log.Read(workspace, endpoint, after, 1_000, limit.Token);
            all.AddRange(batch.Predictions);
            after = batch.Next;
            if (batch.Predictions.Count == 0) { await Task.Delay(1, limit.Token); }
        }

        return all;
    }

    /// <summary>Everything that there is now.</summary>
    public async Task<List<Prediction>> Rest(string endpoint = Endpoint)
    {
        List<Prediction> all = [];
        for (var after = 0L; await Log.Read(Workspace, endpoint, after, 1_000, CancellationToken.None) is { Predictions.Count: > 0 } batch; after = batch.Next) { all.AddRange(batch.Predictions); }

        return all;
    }

    public string[] Files(string pattern) => Directory.GetFiles(Path.Combine(Folder, "prediction-log"), pattern, SearchOption.AllDirectories);

    /// <summary>Its values are those that <see cref="Append"/> gave the row of its number.</summary>
    public static void Sound(Prediction row)
    {
        var i = (int)row.Numbers[0];
        Assert.Equal([i, i * 1000.5], row.Numbers);
        Assert.Equal(i % 5 == 0 ? null : $"purpose {i % 3}", Assert.Single(row.Texts));
        Assert.Equal(($"applicant {i}", i / 7d, i % 2 == 0 ? "approve" : "deny"), (row.Unit, row.Score, row.Decision));
        Assert.Equal(Schema.Fields, row.Schema.Fields);
    }

    public async ValueTask DisposeAsync()
    {
        await Log.StopAsync(CancellationToken.None);
        Keeper.Dispose();
        await Log.DisposeAsync();
        if (_owns) { Directory.Delete(Folder, recursive: true); }
    }
}
