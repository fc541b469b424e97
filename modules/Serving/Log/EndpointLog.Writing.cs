using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Slipway.Kernel;

namespace Slipway.Serving.Log;

// The one writer: takes all that waits, makes it durable, tells those who wait.
internal sealed partial class EndpointLog
{
    /// <summary>Asks for a new segment when the one in use is older than that and has rows.</summary>
    public void RollAfter(TimeSpan age)
    {
        if (_writer?.Segment is { Rows: > 0 } segment && _clock.GetUtcNow().UtcDateTime - segment.Created > age)
        {
            _roll = true;
            _work.Release();
        }
    }

    /// <summary>Segments that are written no more.</summary>
    public IReadOnlyList<Segment> ClosedSegments()
    {
        lock (_lock) { return [.. _parts.OfType<Segment>().Where(segment => segment != _writer?.Segment && segment != _resume)]; }
    }

    /// <summary>Another file holds the rows of a part from now on; null = nothing does.</summary>
    public void Replace(IPart part, IPart? by)
    {
        lock (_lock) { _parts = by is null ? _parts.Remove(part) : _parts.Replace(part, by); }
    }

    private async Task Loop()
    {
        while (true)
        {
            await _work.WaitAsync();
            if (!_stopping) { await _urgent.WaitAsync(Pace); }

            await Flush();
            if (_stopping && End()) { return; }
        }
    }

    private async Task Flush()
    {
        var (groups, waiters) = Take();
        while (groups.Count > 0)
        {
            try
            {
                Write(groups);
                break;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Fail(error);
                waiters?.SetResult(_fault);
                waiters = null;
                if (_stopping) { return; }

                await Task.Delay(RetryPause, _clock, CancellationToken.None);
            }
        }

        Written(groups);
        waiters?.SetResult(null);
        if (_writer is { } writer && (_roll || writer.Segment.Length >= _settings.SegmentBytes)) { Roll(writer); }
    }

    private (List<GroupBuffer> Groups, TaskCompletionSource<Problem?>? Waiters) Take()
    {
        lock (_lock)
        {
            var taken = (_waiting, _waiters);
            (_waiting, _waiters, _waitingBytes) = ([], null, 0);
            (_oldestWriting, _oldestWaiting) = (_oldestWaiting, 0);
            return taken;
        }
    }

    private void Write(List<GroupBuffer> groups)
    {
        var writer = _writer ?? Begin(groups[0].First);
        var (rows, last) = (groups.Sum(group => group.Count), groups[^1].First + groups[^1].Count - 1);
        var reserved = last + Math.Max(ReservedAhead, rows * 4L);
        writer.Write(groups, reserved);
        lock (_lock) { (_reserved, _durable) = (reserved, last); }
    }

    // Writer and parts change together: a segment that no writer has is closed, and goes to the archive.
    private SegmentWriter Begin(long first)
    {
        SegmentWriter? begun = null;
        if (_resume is { } resume)
        {
            // Tried once: what cannot be written further is followed by a new segment.
            try { begun = SegmentWriter.Open(resume, _metrics); }
            finally { lock (_lock) { (_writer, _resume) = (begun, null); } }

            return begun;
        }

        begun = SegmentWriter.Create(_folder.Live, first, Math.Max(_reserved, first - 1), _clock.GetUtcNow().UtcDateTime, _metrics);
        lock (_lock) { (_writer, _parts) = (begun, _parts.Add(begun.Segment)); }

        return begun;
    }

    private void Written(List<GroupBuffer> groups)
    {
        var rows = groups.Sum(group => group.Count);
        if (rows > 0) { _metrics.Logged(rows); }

        var recovered = _fault is not null;
        lock (_lock)
        {
            _oldestWriting = 0;
            _fault = null;
            foreach (var group in groups.Take(4)) { _spare.Push(group); }
        }

        if (recovered) { GoesOn(Name); }
    }

    // What was being written may be on the disk or not: it is written again to a new segment, and what the old one has of it does not count.
    private void Fail(Exception error)
    {
        var said = error is IOException io ? DurableFiles.Describe(io, "the prediction log").Message : error.Message;
        _fault = new Problem(503, "log_unavailable", $"The prediction log cannot be written, and nothing is predicted without it. {said}") { RetryAfterSeconds = 2 };
        Unwritable(error, Name);
        if (_writer is not { } writer) { return; }

        writer.Abandon();
        _writer = null;
        if (writer.Segment.Rows == 0) { Replace(writer.Segment, null); }
    }

    private void Roll(SegmentWriter writer)
    {
        try
        {
            var next = SegmentWriter.Create(_folder.Live, Durable + 1, _reserved, _clock.GetUtcNow().UtcDateTime, _metrics);
            lock (_lock) { (_parts, _writer) = (_parts.Add(next.Segment), next); }

            _roll = false;
            writer.Dispose();
        }
        catch (IOException error) { Unwritable(error, Name); }
    }

    // True when nothing more waits.
    private bool End()
    {
        lock (_lock)
        {
            if (_waiting.Count > 0)
            {
                _work.Release();
                return false;
            }
        }

        try { _writer?.Close(_next); }
        catch (IOException error) { Unwritable(error, Name); }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Prediction log of {Endpoint}: it cannot be written; trying again every second")]
    private partial void Unwritable(Exception error, string endpoint);

    [LoggerMessage(Level = LogLevel.Information, Message = "Prediction log of {Endpoint}: it is written again, and nothing is missing in it")]
    private partial void GoesOn(string endpoint);
}
