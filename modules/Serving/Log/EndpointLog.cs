using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

/// <summary>
/// The log of one endpoint. Rows get their position and wait in memory; one writer makes all that wait durable at once, at most every 15 ms. An answer need not wait for that, unless the disk is behind:
/// then it does, so that what is answered and not durable is never more than 50 ms of predictions, nor beyond the position that was reserved on the disk. Thread safe.
/// </summary>
internal sealed partial class EndpointLog : IDisposable
{
    private const int ChunkRows = 256;
    private const long MaxWaitingBytes = 64L << 20;
    private const int ReservedAhead = 1_024;
    private const int ReadAttempts = 5;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly Problem Stopping = new(503, "stopping", "The server is being stopped; nothing more is predicted.") { RetryAfterSeconds = 5 };

    private readonly EndpointFolder _folder;
    private readonly LogSettings _settings;
    private readonly LogMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly HandedOut _handedOut;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _urgent = new(0);
    private readonly Stack<GroupBuffer> _spare = [];
    private readonly List<DeploymentLog> _deployments = [];
    private ImmutableArray<IPart> _parts;
    private Segment? _resume;
    private SegmentWriter? _writer;
    private Task? _loop;
    private List<GroupBuffer> _waiting = [];
    private TaskCompletionSource<Problem?>? _waiters;
    private long _waitingBytes;
    private long _next;
    private long _reserved;
    private long _durable;
    private long _oldestWaiting;
    private long _oldestWriting;
    private int _number;
    private volatile Problem? _fault;
    private volatile bool _stopping;
    private volatile bool _roll;

    /// <exception cref="IOException">The disk is full or failed.</exception>
    public EndpointLog(EndpointFolder folder, string name, string id, IReadOnlyList<IPart> archived, LogSettings settings, LogMetrics metrics, TimeProvider clock, ILogger log)
    {
        (_folder, Name, Id, _settings, _metrics, _clock, _log) = (folder, name, id, settings, metrics, clock, log);
        _handedOut = new HandedOut(folder.HandedOut);
        try
        {
            var found = EndpointRecovery.Run(folder, archived, _handedOut);
            (_parts, _resume, _next, _number) = ([.. found.Parts], found.Resume, found.Next, found.LastNumber);
            _reserved = _durable = _next - 1;
            _handedOut.Begin(_next - 1);
            if (found.Lost > 0) { Gap(name, found.Lost, _next - found.Lost, _next - 1); }

            if (found.Damaged > 0) { Damage(name, found.Damaged, folder.Live); }
        }
        catch
        {
            _handedOut.Dispose();
            throw;
        }
    }

    /// <summary>Workspace and endpoint, for people.</summary>
    public string Name { get; }

    /// <summary>Made with the folder; empty for those of earlier releases.</summary>
    public string Id { get; }

    /// <summary>Of the last durable row.</summary>
    public long Durable => Volatile.Read(ref _durable);

    public ImmutableArray<IPart> Parts => _parts;

    public long Rows => _parts.Sum(part => part.Rows);

    /// <summary>Rows that were handed a position since the first that is kept and are not there: exact after the end of a process, at most so many after that of the machine.</summary>
    public long Lost
    {
        get
        {
            lock (_lock) { return _parts.IsEmpty ? _durable : Math.Max(0, _durable - _parts[0].First + 1 - Rows); }
        }
    }

    public Problem? Closed => _stopping ? Stopping : _settings.Required ? _fault : null;

    /// <summary>Where a deployment's rows go; the same one for the same deployment.</summary>
    /// <exception cref="ArgumentException">Its fields have no place each.</exception>
    public DeploymentLog Open(LoggedDeployment deployment)
    {
        deployment.Check();
        lock (_lock)
        {
            _loop ??= Task.Run(Loop);
            if (_deployments.Find(known => known.Described.SameAs(deployment)) is { } same) { return same; }

            _deployments.Add(new DeploymentLog(this, deployment, ++_number));
            return _deployments[^1];
        }
    }

    public ValueTask<Problem?> Append(DeploymentLog deployment, UInt128 request, in LoggedRows rows)
    {
        Task<Problem?>? wait = null;
        lock (_lock)
        {
            if (Refusal(rows.Count, out var answer)) { return new(answer); }

            if (_waiting.Count == 0)
            {
                _oldestWaiting = Stopwatch.GetTimestamp();
                _work.Release();
            }

            for (var from = 0; from < rows.Count; from += ChunkRows)
            {
                var count = Math.Min(ChunkRows, rows.Count - from);
                var group = Group();
                _waitingBytes -= group.Bytes;
                group.Add(deployment, request, rows, from, count);
                _waitingBytes += group.Bytes;
                _next += count;
            }

            _handedOut.Set(_next - 1);
            var oldest = _oldestWriting != 0 ? _oldestWriting : _oldestWaiting;
            if (_next - 1 > _reserved || Stopwatch.GetElapsedTime(oldest) > Behind)
            {
                if (_waiters is null)
                {
                    _waiters = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    _urgent.Release();
                }

                wait = _waiters.Task;
            }
        }

        return wait is null ? default : new(wait);
    }

    /// <summary>Rows that are wanted, durable ones only, in the order of their positions.</summary>
    /// <param name="newest">When there are more than the limit: the last ones.</param>
    public async Task<List<Prediction>> Read(RowQuery query, bool newest, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                List<Prediction> found = [];
                var parts = _parts.Where(part => part.Last >= query.From && part.First <= query.To
                    && (query.Id is not { } id || (PredictionId.TimeMs(id.Request) is var at && at >= part.MinMs && at <= part.MaxMs)));
                foreach (var part in newest ? parts.Reverse() : parts)
                {
                    if (found.Count >= query.Limit) { break; }

                    List<Prediction> more = newest ? [] : found;
                    await part.Read(newest ? query with { Limit = query.Limit - found.Count } : query, newest, more, ct);
                    if (newest) { found.InsertRange(0, more); }
                }

                return found;
            }
            catch (FileNotFoundException) when (attempt < ReadAttempts)
            {
                // A segment was archived, or its time was over, in between: the parts are others now.
            }
        }
    }

    /// <summary>Nothing more is taken; back when all is durable and the log is marked as closed.</summary>
    public async Task Stop()
    {
        Task? loop;
        lock (_lock)
        {
            _stopping = true;
            loop = _loop;
        }

        _work.Release();
        _urgent.Release();
        if (loop is not null) { await loop; }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _handedOut.Dispose();
        _work.Dispose();
        _urgent.Dispose();
    }

    private bool Refusal(int rows, out Problem? answer)
    {
        answer = _stopping ? Stopping : _fault
            ?? (_waitingBytes > MaxWaitingBytes ? new Problem(503, "log_behind", $"{_waitingBytes >> 20} MiB of predictions wait to be written; try again later.") { RetryAfterSeconds = 1 } : null);
        if (answer is null) { return false; }

        if (_settings.Required || _stopping) { _metrics.Refused(rows); }
        else
        {
            _metrics.Dropped(rows);
            answer = null;
        }

        return true;
    }

    private GroupBuffer Group()
    {
        if (_waiting.Count > 0 && !_waiting[^1].Full) { return _waiting[^1]; }

        var group = _spare.TryPop(out var spare) ? spare : new GroupBuffer();
        group.Clear(_next);
        _waiting.Add(group);
        return group;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Prediction log of {Endpoint}: at most {Lost} predictions were answered and not kept when the server ended (positions {From} to {To})")]
    private partial void Gap(string endpoint, long lost, long from, long to);

    [LoggerMessage(Level = LogLevel.Error, Message = "Prediction log of {Endpoint}: {Places} damaged places in the segments in {Folder} were left out")]
    private partial void Damage(string endpoint, int places, string folder);
}
