using System.Buffers;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

/// <summary>
/// A file of frames that grows at its end, <c>FIRST-KEY.seg</c>: its first position (20 digits) and the random key of its frames (16 hex digits). One writer; readers see what is durable.
/// </summary>
internal sealed class Segment : IPart
{
    public const string Extension = ".seg";
    private long _last;
    private long _length;

    private Segment(string path, long first, ulong key, DateTime created)
    {
        (Path, First, Key, Created) = (path, first, key, created);
        _last = first - 1;
    }

    public string Path { get; }

    public long First { get; }

    public ulong Key { get; }

    /// <summary>UTC.</summary>
    public DateTime Created { get; }

    public SegmentIndex Index { get; } = new();

    public long Last => Volatile.Read(ref _last);

    /// <summary>Durable bytes.</summary>
    public long Length => Volatile.Read(ref _length);

    public long Rows => Index.Rows;

    public long MinMs => Index.MinMs;

    public long MaxMs => Index.MaxMs;

    public static string Name(long first, ulong key) => string.Create(CultureInfo.InvariantCulture, $"{first:D20}-{key:x16}{Extension}");

    /// <summary>A file that was just made and holds nothing yet.</summary>
    public static Segment New(string folder, long first, ulong key, DateTime created) => new(System.IO.Path.Combine(folder, Name(first, key)), first, key, created);

    /// <summary>A file of an earlier process; null when its name is not that of a segment.</summary>
    public static Segment? Found(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path.AsSpan());
        return name.Length == 37 && long.TryParse(name[..20], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && ulong.TryParse(name[21..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key) && first >= 1
            ? new Segment(path, first, key, File.GetCreationTimeUtc(path)) : null;
    }

    /// <summary>What was written is durable now: readers may see it.</summary>
    public void Grew(long length, long last)
    {
        Volatile.Write(ref _length, length);
        Volatile.Write(ref _last, last);
    }

    public Task Read(RowQuery query, bool newest, List<Prediction> into, CancellationToken ct)
    {
        query = query with { From = Math.Max(query.From, First), To = Math.Min(query.To, Last) };
        if (query.From > query.To) { return Task.CompletedTask; }

        var blocks = Index.Find(query);
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (newest) { ReadNewest(file, blocks, query, into, ct); }
        else { ReadOldest(file, blocks, query, into, ct); }

        return Task.CompletedTask;
    }

    private void ReadOldest(SafeFileHandle file, List<Block> blocks, RowQuery query, List<Prediction> into, CancellationToken ct)
    {
        foreach (var block in blocks)
        {
            if (into.Count >= query.Limit) { return; }

            ct.ThrowIfCancellationRequested();
            ReadBlock(file, block, query, into);
        }
    }

    // Block by block from the end; into gets them in the order of their positions all the same.
    private void ReadNewest(SafeFileHandle file, List<Block> blocks, RowQuery query, List<Prediction> into, CancellationToken ct)
    {
        Stack<List<Prediction>> found = [];
        var wanted = query.Limit - into.Count;
        for (var i = blocks.Count - 1; i >= 0 && wanted > 0; i--)
        {
            ct.ThrowIfCancellationRequested();
            List<Prediction> rows = [];
            ReadBlock(file, blocks[i], query with { Limit = int.MaxValue }, rows);
            if (rows.Count > wanted) { rows.RemoveRange(0, rows.Count - wanted); }

            wanted -= rows.Count;
            found.Push(rows);
        }

        foreach (var rows in found) { into.AddRange(rows); }
    }

    private void ReadBlock(SafeFileHandle file, in Block block, in RowQuery query, List<Prediction> into)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(block.Length);
        try
        {
            var read = 0;
            for (int now; read < block.Length && (now = RandomAccess.Read(file, buffer.AsSpan(read, block.Length - read), block.Offset + read)) > 0;) { read += now; }

            for (var rest = (ReadOnlySpan<byte>)buffer.AsSpan(0, read); !rest.IsEmpty && into.Count < query.Limit;)
            {
                if (!Frame.TryRead(rest, Key, out var kind, out var payload, out var length))
                {
                    // Damaged since it was written: what is whole after it is given.
                    if (Frame.Find(rest, 1, Key) is var next && next < 0) { return; }

                    rest = rest[next..];
                    continue;
                }

                if (kind == FrameKind.Group) { GroupReader.Read(payload, Index.Deployments, query, into); }

                rest = rest[length..];
            }
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }
}
