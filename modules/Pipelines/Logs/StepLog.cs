using System.Text;
using Slipway.Kernel;
using Slipway.Pipelines.Engine;
using Slipway.Pipelines.Runs;

namespace Slipway.Pipelines.Logs;

/// <summary>The log of one step of a run: gathers lines and stores them five times a second and at the end, cut to the limits; none once the lease is lost. Thread safe.</summary>
internal sealed class StepLog(Db db, LiveHub live, TimeProvider clock, ClaimedRun claimed, PipelineRun run, long ordinal) : IAsyncDisposable
{
    public const int MaxLineChars = 4_000;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    private readonly SemaphoreSlim _storing = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private List<LogLine> _lines = [];
    private Task? _loop;
    private long _next = -1;
    private long _added;
    private long _bytes;
    private bool _full;

    /// <summary>Adds the lines of a text.</summary>
    public void Add(string text)
    {
        var now = clock.NowMs();
        lock (_end)
        {
            if (_end.IsCancellationRequested) { return; }

            foreach (var line in text.TrimEnd('\r', '\n').Split('\n')) { AddLine(line.TrimEnd('\r'), now); }

            _loop ??= Task.Run(Loop);
        }
    }

    public async Task Flush()
    {
        await _storing.WaitAsync();
        try
        {
            List<LogLine> lines;
            lock (_end) { (lines, _lines) = (_lines, []); }

            if (lines.Count == 0) { return; }

            if (_next < 0) { (_next, _bytes) = await db.Read(tx => LogStore.End(tx, run.RunId, ordinal), CancellationToken.None); }

            lines = Bounded(lines);
            await db.Append(tx =>
            {
                if (!RunLeases.Holds(tx, run.RunId, claimed.Claim)) { return; }

                LogStore.Add(tx, run.RunId, ordinal, _next, lines);
                tx.AfterCommit(() => live.Send(new LiveChange("pipelineLog", run.Workspace, run.RunId, run.Pipeline)));
            }, CancellationToken.None);
            _next += lines.Count;
        }
        finally { _storing.Release(); }
    }

    public async ValueTask DisposeAsync()
    {
        Task? loop;
        lock (_end)
        {
            _end.Cancel();
            loop = _loop;
        }

        if (loop is not null) { await loop; }

        await Flush();
        _storing.Dispose();
        _end.Dispose();
    }

    private void AddLine(string line, long now)
    {
        // What waits to be stored is bounded, too. The line that goes past the limit is kept: it becomes the one that says so.
        if (_added > Limits.StepLogBytes) { return; }

        var clean = line.Replace('\0', '\uFFFD');
        var cut = clean.Length <= MaxLineChars ? clean : clean[..(char.IsHighSurrogate(clean[MaxLineChars - 1]) ? MaxLineChars - 1 : MaxLineChars)] + "…";
        _added += Encoding.UTF8.GetByteCount(cut) + 1;
        _lines.Add(new LogLine(now, cut));
    }

    private List<LogLine> Bounded(List<LogLine> lines)
    {
        var kept = new List<LogLine>(lines.Count);
        foreach (var line in lines)
        {
            if (_full) { break; }

            _bytes += Encoding.UTF8.GetByteCount(line.Text) + 1;
            _full = _bytes > Limits.StepLogBytes;
            kept.Add(_full ? line with { Text = $"The log of a step holds {Limits.StepLogBytes} bytes; what comes now is not kept." } : line);
        }

        return kept;
    }

    private async Task Loop()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, clock, _end.Token);
                try { await Flush(); }
                catch (Exception error) when (error is StorageException or OverloadedException) { /* the step's own end will tell; a lost line is no reason to end it */ }
            }
        }
        catch (OperationCanceledException) { /* the step has ended */ }
    }
}

internal sealed record LogLine(long AtMs, string Text);
