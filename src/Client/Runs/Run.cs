using System.Globalization;
using Slipway.Tracking.Contracts;

namespace Slipway.Client;

/// <summary>
/// A run that is being written. Metrics go through a bounded buffer in the background; parameters, tags and files are sent at once. Disposing it sends what waits and ends it as FINISHED,
/// unless it was ended before; <see cref="RunClient.RunAsync"/> also knows failure. Thread safe; the points of one caller keep their order.
/// </summary>
public sealed class Run : IAsyncDisposable
{
    private const int BatchItems = 100;
    private readonly SlipwayClient _client;
    private readonly MetricBuffer _metrics;
    private readonly RunInfo _info;
    private int _ended;

    internal Run(SlipwayClient client, RunInfo info)
    {
        (_client, _info) = (client, info);
        _metrics = new MetricBuffer(client.Options, SendMetrics);
    }

    internal SlipwayClient Client => _client;

    /// <summary>32 lower-case hex digits.</summary>
    public string RunId => _info.RunId;

    /// <summary>Decimal number as text.</summary>
    public string ExperimentId => _info.ExperimentId;

    /// <summary>As it was given or made up.</summary>
    public string Name => _info.RunName;

    /// <summary>Where its files are, such as <c>mlflow-artifacts:/7/…/artifacts</c>.</summary>
    public string ArtifactUri => _info.ArtifactUri;

    /// <summary>The run's page.</summary>
    public Uri Page => new(_client.Server, $"/w/{Uri.EscapeDataString(_client.Workspace)}/runs/{RunId}");

    /// <summary>Points that the server has not confirmed yet, at most <see cref="SlipwayClientOptions.BufferedPoints"/>.</summary>
    public int PendingPoints => _metrics.Pending;

    /// <summary>Why points could not be sent, with the points; null when all is well. <see cref="FlushAsync"/> tries again, <see cref="DiscardUnsent"/> gives them up.</summary>
    public MetricsNotSentException? Unsent => _metrics.Fault;

    /// <summary>Logs one point; waits only while the buffer is full.</summary>
    /// <param name="key">1 to 250 characters: letters, digits, space, <c>_ - . : /</c>.</param>
    /// <param name="value">NaN is kept; infinities are kept as ±1.797…e308.</param>
    /// <param name="step">Where in the run it was measured.</param>
    /// <param name="time">When; null = now.</param>
    /// <param name="ct">Stops waiting; the point is then not logged.</param>
    /// <exception cref="MetricsNotSentException">Earlier points could not be sent; this one was not taken.</exception>
    /// <exception cref="ObjectDisposedException">The run is being ended or has ended; this one was not taken.</exception>
    public ValueTask LogMetricAsync(string key, double value, long step = 0, DateTimeOffset? time = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, 250, nameof(key));
        return _metrics.Add(new MetricEntry(key, value, step, (time ?? _client.Options.Clock.GetUtcNow()).ToUnixTimeMilliseconds()), ct);
    }

    /// <summary>Logs several metrics of one step at one time.</summary>
    /// <exception cref="MetricsNotSentException">Earlier points could not be sent; the rest of these was not taken.</exception>
    public async ValueTask LogMetricsAsync(IEnumerable<KeyValuePair<string, double>> metrics, long step = 0, CancellationToken ct = default)
    {
        var now = _client.Options.Clock.GetUtcNow();
        foreach (var (key, value) in metrics) { await LogMetricAsync(key, value, step, now, ct); }
    }

    /// <summary>Logs one parameter: numbers and times independent of the machine's language. The same value again changes nothing.</summary>
    /// <exception cref="SlipwayException">It has another value already.</exception>
    public Task LogParamAsync(string key, object value, CancellationToken ct = default) => LogParamsAsync([new(key, value)], ct);

    /// <summary>Logs parameters, a hundred at a time; of each hundred all or none.</summary>
    /// <exception cref="SlipwayException">One has another value already.</exception>
    public async Task LogParamsAsync(IEnumerable<KeyValuePair<string, object>> parameters, CancellationToken ct = default)
    {
        foreach (var some in parameters.Select(one => new Pair(one.Key, Convert.ToString(one.Value, CultureInfo.InvariantCulture) ?? "")).Chunk(BatchItems))
        {
            await Batch(new LogBatchBody(RunId, Params: some), ct);
        }
    }

    /// <summary>Sets a tag, in place of what it was.</summary>
    public Task SetTagAsync(string key, string value, CancellationToken ct = default) => SetTagsAsync([new(key, value)], ct);

    /// <summary>Sets tags, a hundred at a time; of each hundred all or none.</summary>
    public async Task SetTagsAsync(IEnumerable<KeyValuePair<string, string>> tags, CancellationToken ct = default)
    {
        foreach (var some in tags.Select(one => new Pair(one.Key, one.Value)).Chunk(BatchItems)) { await Batch(new LogBatchBody(RunId, Tags: some), ct); }
    }

    /// <summary>Stores a file under its own name.</summary>
    /// <param name="file">Path on this machine.</param>
    /// <param name="folder">Where in the run; null = its root.</param>
    /// <param name="ct">Stops it.</param>
    public Task<StoredArtifact> LogArtifactAsync(string file, string? folder = null, CancellationToken ct = default) =>
        _client.Artifacts.UploadFileAsync(ArtifactUri, file, ArtifactClient.Below(folder, Path.GetFileName(file)), ct);

    /// <summary>Stores what a stream holds, from where it stands.</summary>
    /// <param name="content">A stream that can go back is read again when the connection is lost; another is sent once.</param>
    /// <param name="path">In the run, with slashes.</param>
    /// <param name="ct">Stops it.</param>
    public Task<StoredArtifact> LogArtifactAsync(Stream content, string path, CancellationToken ct = default) => _client.Artifacts.UploadAsync(ArtifactUri, content, path, ct);

    /// <summary>Stores a text as UTF-8.</summary>
    public async Task<StoredArtifact> LogTextAsync(string text, string path, CancellationToken ct = default)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await LogArtifactAsync(content, path, ct);
    }

    /// <summary>Stores every file below a folder of this machine, one after the other, by their paths in it.</summary>
    public async Task<IReadOnlyList<StoredArtifact>> LogArtifactsAsync(string localFolder, string? folder = null, CancellationToken ct = default)
    {
        var stored = new List<StoredArtifact>();
        foreach (var file in Directory.EnumerateFiles(localFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(localFolder, file).Replace('\\', '/');
            stored.Add(await _client.Artifacts.UploadFileAsync(ArtifactUri, file, ArtifactClient.Below(folder, path), ct));
        }

        return stored;
    }

    /// <summary>Says which data the run has read.</summary>
    public Task LogInputAsync(RunDataset dataset, CancellationToken ct = default) => _client.Mlflow(HttpMethod.Post, "mlflow/runs/log-inputs", new LogInputsBody(RunId, Datasets:
    [
        new WireDatasetInput(
            new WireDataset(dataset.Name, dataset.Digest, dataset.SourceType, dataset.Source, dataset.Schema, dataset.Profile),
            dataset.Context is { } context ? [new Pair("mlflow.data.context", context)] : []),
    ]), ct);

    /// <summary>Starts a run that is a part of this one.</summary>
    public Task<Run> StartNestedAsync(string? name = null, CancellationToken ct = default) =>
        _client.Runs.StartInAsync(ExperimentId, new NewRun { Name = name, ParentRunId = RunId }, ct);

    /// <summary>Runs a piece of work as a part of this run, as <see cref="RunClient.RunAsync"/> does.</summary>
    public async Task RunAsync(string? name, Func<Run, Task> work, CancellationToken ct = default) => await RunScope.Within(await StartNestedAsync(name, ct), work, ct);

    /// <summary>Waits until the server has confirmed every point logged so far; what failed before is tried again.</summary>
    /// <exception cref="MetricsNotSentException">They could not be sent; they are kept for the next try.</exception>
    public Task FlushAsync(CancellationToken ct = default) => _metrics.Flush(ct);

    /// <summary>Gives up the points that could not be sent, so that logging can go on.</summary>
    /// <returns>The points that are lost by that; empty when nothing had failed.</returns>
    public IReadOnlyList<MetricEntry> DiscardUnsent() => _metrics.Discard();

    /// <summary>Sends what waits and ends the run; a second end changes nothing.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="ct">Stops it: the run then goes on, and can be ended again.</param>
    /// <exception cref="MetricsNotSentException">Points could not be sent; the run has ended all the same where the server could be reached.</exception>
    public async Task FinishAsync(RunStatus status = RunStatus.Finished, CancellationToken ct = default)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1) { return; }

        var stopped = false;
        try
        {
            // A point that comes from now on would be sent by nobody: its caller is told.
            _metrics.Shut();
            await End(status, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            stopped = true;
            throw;
        }
        finally
        {
            if (stopped)
            {
                _metrics.Reopen();
                Volatile.Write(ref _ended, 0);
            }
            else { await _metrics.DisposeAsync(); }
        }
    }

    /// <summary>Sends what waits and ends the run as FINISHED, unless it was ended before.</summary>
    /// <exception cref="MetricsNotSentException">Points could not be sent.</exception>
    public async ValueTask DisposeAsync() => await FinishAsync();

    private async Task End(RunStatus status, CancellationToken ct)
    {
        MetricsNotSentException? unsent = null;
        try { await _metrics.Flush(ct); }
        catch (MetricsNotSentException error) { unsent = error; }

        ct.ThrowIfCancellationRequested();
        try
        {
            await _client.Mlflow(HttpMethod.Post, "mlflow/runs/update", new UpdateRunBody(RunId, status.ToString().ToUpperInvariant(), _client.Options.Clock.GetUtcNow().ToUnixTimeMilliseconds()), ct);
        }
        catch (Exception error) when (unsent is not null && !(error is OperationCanceledException && ct.IsCancellationRequested)) { /* the points are the greater loss, and tell the same cause */ }

        if (unsent is not null) { throw unsent; }
    }

    private Task Batch(LogBatchBody body, CancellationToken ct) => _client.Mlflow(HttpMethod.Post, "mlflow/runs/log-batch", body, ct);

    private Task SendMetrics(IReadOnlyList<MetricEntry> points, CancellationToken ct) =>
        Batch(new LogBatchBody(RunId, [.. points.Select(point => new WireMetric(point.Key, point.Value, point.TimeMs, point.Step))]), ct);
}
