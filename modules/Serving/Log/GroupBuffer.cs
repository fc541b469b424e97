using System.Runtime.InteropServices;

namespace Slipway.Serving.Log;

/// <summary>Rows with positions in a row that wait to become one frame. Texts are written once per group. Not thread safe.</summary>
internal sealed class GroupBuffer
{
    // Past it, the next rows begin a group of their own, so that reading one row never decodes much.
    private const int FullBytes = 1 << 18;

    private readonly ByteBuffer _rows = new();
    private readonly ByteBuffer _texts = new();
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);
    private readonly List<DeploymentLog> _deployments = [];

    public long First { get; private set; }

    public int Count { get; private set; }

    public long MinMs { get; private set; }

    public long MaxMs { get; private set; }

    public int Bytes => _rows.Length + _texts.Length;

    public bool Full => Bytes >= FullBytes;

    /// <summary>That it has rows of.</summary>
    public IReadOnlyList<DeploymentLog> Deployments => _deployments;

    public void Clear(long first)
    {
        (First, Count, MinMs, MaxMs) = (first, 0, long.MaxValue, 0);
        _rows.Clear();
        _texts.Clear();
        _indexOf.Clear();
        _deployments.Clear();
    }

    /// <summary>Adds some of the rows: one entry.</summary>
    public void Add(DeploymentLog deployment, UInt128 request, in LoggedRows rows, int from, int count)
    {
        var timeMs = PredictionId.TimeMs(request);
        (MinMs, MaxMs) = (Math.Min(MinMs, timeMs), Math.Max(MaxMs, timeMs));
        if (!_deployments.Contains(deployment)) { _deployments.Add(deployment); }

        _rows.Wide(request);
        _rows.Int64(rows.AtMs);
        _rows.Byte((byte)rows.Role);
        _rows.Varint(deployment.Number);
        _rows.Varint(count);
        var (numbers, texts) = (deployment.Numbers, deployment.Texts);
        for (var row = from; row < from + count; row++)
        {
            _rows.Varint(rows.RowNumbers.IsEmpty ? row : rows.RowNumbers[row]);
            Text(rows.Units.IsEmpty ? null : rows.Units[row]);
            _rows.Double(rows.Scores.IsEmpty ? double.NaN : rows.Scores[row]);
            Text(rows.Decisions.IsEmpty ? null : rows.Decisions[row]);
            _rows.Doubles(rows.Numbers.Slice(row * numbers, numbers));
            foreach (var text in rows.Texts.Slice(row * texts, texts)) { Text(text); }
        }

        Count += count;
    }

    /// <summary>The frame.</summary>
    /// <param name="reserved">Up to which position rows may be answered before they are durable, from now on.</param>
    public void WriteTo(ByteBuffer to, ulong key, long reserved)
    {
        var start = Begin(to, Head(reserved));
        to.Varint(_indexOf.Count);
        to.Bytes(_texts.Written);
        to.Bytes(_rows.Written);
        Frame.End(to, start, key);
    }

    /// <summary>A frame without rows.</summary>
    /// <param name="next">The position that comes next.</param>
    /// <param name="closed">Nothing follows: the log was closed in good order.</param>
    public static void WriteMark(ByteBuffer to, ulong key, long next, long reserved, bool closed)
    {
        var start = Begin(to, new GroupHead(next, 0, 0, 0, reserved, closed, []));
        to.Varint(0);
        Frame.End(to, start, key);
    }

    public GroupHead Head(long reserved) => new(First, Count, MinMs, MaxMs, reserved, Closed: false, [.. _deployments.Select(deployment => deployment.Number)]);

    private static int Begin(ByteBuffer to, in GroupHead head)
    {
        var start = Frame.Begin(to, FrameKind.Group);
        to.Int64(head.First);
        to.Int32(head.Count);
        to.Int64(head.MinMs);
        to.Int64(head.MaxMs);
        to.Int64(head.Reserved);
        to.Byte(head.Closed ? (byte)1 : (byte)0);
        to.Varint(head.Deployments.Count);
        foreach (var number in head.Deployments) { to.Varint(number); }

        return start;
    }

    // 0 = none, otherwise one more than its place among the texts of the group.
    private void Text(string? text)
    {
        if (text is null)
        {
            _rows.Byte(0);
            return;
        }

        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_indexOf, text, out var known);
        if (!known)
        {
            index = _indexOf.Count;
            _texts.Text(text);
        }

        _rows.Varint(index);
    }
}
