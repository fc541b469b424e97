using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Slipway.Kernel;

namespace Slipway.Serving.Log;

/// <summary>Writes groups to the end of a segment and syncs it. One caller at a time; after an error it is of no use any more, because nobody knows what the disk kept.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private const int DescribeBytes = 1 << 20;
    private readonly SafeFileHandle _file;
    private readonly ByteBuffer _bytes = new();
    private readonly Dictionary<int, (int Times, long At)> _described = [];
    private readonly LogMetrics _metrics;

    private SegmentWriter(Segment segment, SafeFileHandle file, LogMetrics metrics) => (Segment, _file, _metrics) = (segment, file, metrics);

    public Segment Segment { get; }

    /// <summary>A new file with the mark of what was reserved: it is whole before it has its name.</summary>
    /// <exception cref="IOException">The disk is full or failed; there is no such file then.</exception>
    public static SegmentWriter Create(string folder, long first, long reserved, DateTime now, LogMetrics metrics)
    {
        var key = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        var segment = Segment.New(folder, first, key, now);
        var mark = new ByteBuffer();
        GroupBuffer.WriteMark(mark, key, first, reserved, closed: false);
        DurableFiles.Replace(Path.Combine(folder, "new.tmp"), segment.Path, mark.Written);
        DurableFiles.SyncDirectory(folder);
        segment.Grew(mark.Length, first - 1);
        return Open(segment, metrics);
    }

    /// <summary>Goes on with a segment of an earlier process; a torn tail is cut off.</summary>
    public static SegmentWriter Open(Segment segment, LogMetrics metrics)
    {
        var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        try
        {
            if (RandomAccess.GetLength(file) > segment.Length)
            {
                RandomAccess.SetLength(file, segment.Length);
                RandomAccess.FlushToDisk(file);
            }

            return new SegmentWriter(segment, file, metrics);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Back when the groups are durable. Each has rows.</summary>
    /// <param name="reserved">Up to which position rows may be answered before they are durable, from now on.</param>
    /// <exception cref="IOException">The disk is full or failed: nothing is known of the groups.</exception>
    public void Write(IReadOnlyList<GroupBuffer> groups, long reserved)
    {
        _bytes.Clear();
        var (start, last) = (Segment.Length, Segment.Last);
        List<(GroupHead Head, long Offset, int Length)> written = [];
        foreach (var group in groups)
        {
            Describe(group);
            var at = _bytes.Length;
            group.WriteTo(_bytes, Segment.Key, reserved);
            last = group.First + group.Count - 1;
            written.Add((group.Head(reserved), start + at, _bytes.Length - at));
        }

        Sync(start);
        foreach (var (head, offset, length) in written) { Segment.Index.Add(head, offset, length); }

        Segment.Grew(start + _bytes.Length, last);
    }

    /// <summary>The last frame: nothing that was answered is missing.</summary>
    public void Close(long next)
    {
        _bytes.Clear();
        GroupBuffer.WriteMark(_bytes, Segment.Key, next, next - 1, closed: true);
        var start = Segment.Length;
        Sync(start);
        Segment.Grew(start + _bytes.Length, Segment.Last);
    }

    /// <summary>After an error: cuts off what may have been written, as far as the disk lets it.</summary>
    public void Abandon()
    {
        try
        {
            if (Segment.Rows == 0) { File.Delete(Segment.Path); }
            else { RandomAccess.SetLength(_file, Segment.Length); }
        }
        catch (IOException)
        {
            // Recovery knows by the next segment's first position what of this one counts.
        }
        finally { Dispose(); }
    }

    public void Dispose() => _file.Dispose();

    // Twice at once and again every MiB: with the only description damaged, the rows after it could not be read.
    private void Describe(GroupBuffer group)
    {
        foreach (var deployment in group.Deployments)
        {
            var (times, at) = _described.GetValueOrDefault(deployment.Number);
            if (times >= 2 && Segment.Length - at < DescribeBytes) { continue; }

            deployment.Described.WriteTo(_bytes, Segment.Key, deployment.Number);
            Segment.Index.Add(deployment.Number, deployment.Described);
            _described[deployment.Number] = (times + 1, Segment.Length);
        }
    }

    private void Sync(long start)
    {
        RandomAccess.Write(_file, _bytes.Written, start);
        var began = Stopwatch.GetTimestamp();
        RandomAccess.FlushToDisk(_file);
        _metrics.Synced(Stopwatch.GetElapsedTime(began).TotalSeconds, _bytes.Length);
    }
}
