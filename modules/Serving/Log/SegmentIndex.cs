namespace Slipway.Serving.Log;

/// <summary>Some neighbouring frames of a segment: where they are and what they hold.</summary>
internal readonly record struct Block(long Offset, int Length, long First, long Last, long MinMs, long MaxMs);

/// <summary>Where what is in a segment: a line per 64 KiB, and its deployments. Thread safe; grows while the segment does.</summary>
internal sealed class SegmentIndex
{
    private const int BlockBytes = 1 << 16;
    private readonly Lock _lock = new();
    private readonly List<Block> _blocks = [];
    private Dictionary<int, LoggedDeployment> _deployments = [];

    public long Rows { get; private set; }

    public long MinMs { get; private set; } = long.MaxValue;

    public long MaxMs { get; private set; }

    /// <summary>By number; never changed, but replaced.</summary>
    public IReadOnlyDictionary<int, LoggedDeployment> Deployments => Volatile.Read(ref _deployments);

    public void Add(int number, LoggedDeployment deployment)
    {
        lock (_lock) { Volatile.Write(ref _deployments, new(_deployments) { [number] = deployment }); }
    }

    /// <param name="offset">Of the group's frame.</param>
    public void Add(in GroupHead head, long offset, int length)
    {
        if (head.Count == 0) { return; }

        lock (_lock)
        {
            Rows += head.Count;
            (MinMs, MaxMs) = (Math.Min(MinMs, head.MinMs), Math.Max(MaxMs, head.MaxMs));
            if (_blocks.Count > 0 && _blocks[^1] is var last && last.Length < BlockBytes && last.Offset + last.Length <= offset && offset - last.Offset < BlockBytes)
            {
                _blocks[^1] = last with
                {
                    Length = (int)(offset + length - last.Offset), Last = head.Last, MinMs = Math.Min(last.MinMs, head.MinMs), MaxMs = Math.Max(last.MaxMs, head.MaxMs),
                };
                return;
            }

            _blocks.Add(new Block(offset, length, head.First, head.Last, head.MinMs, head.MaxMs));
        }
    }

    /// <summary>The blocks that may hold what is wanted, in order.</summary>
    public List<Block> Find(in RowQuery query)
    {
        lock (_lock)
        {
            var from = FirstAt(query.From);
            List<Block> found = [];
            for (var i = from; i < _blocks.Count && _blocks[i].First <= query.To; i++)
            {
                if (query.Id is not { } id || (PredictionId.TimeMs(id.Request) is var at && at >= _blocks[i].MinMs && at <= _blocks[i].MaxMs)) { found.Add(_blocks[i]); }
            }

            return found;
        }
    }

    // The first block that ends at the position or after it.
    private int FirstAt(long position)
    {
        var (low, high) = (0, _blocks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_blocks[middle].Last < position) { low = middle + 1; }
            else { high = middle; }
        }

        return low;
    }
}
