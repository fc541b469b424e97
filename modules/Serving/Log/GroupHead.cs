namespace Slipway.Serving.Log;

/// <summary>What a group's frame says of its rows, before them.</summary>
/// <param name="First">Position of the first row; of the next one when there is none.</param>
/// <param name="MinMs">Of the times in the requests' ids.</param>
/// <param name="Reserved">Up to which position rows may have been answered after it without being durable.</param>
/// <param name="Closed">The log was closed in good order after it.</param>
/// <param name="Deployments">Numbers of those that it has rows of.</param>
internal readonly record struct GroupHead(long First, int Count, long MinMs, long MaxMs, long Reserved, bool Closed, IReadOnlyList<int> Deployments)
{
    public long Last => First + Count - 1;

    /// <summary>Every deployment that it has rows of is described in the segment; otherwise its rows cannot be read.</summary>
    public bool Readable(IReadOnlyDictionary<int, LoggedDeployment> known) => Deployments.All(known.ContainsKey);

    public static GroupHead Read(ref ByteReader reader)
    {
        var (first, count, minMs, maxMs, reserved, closed) = (reader.Int64(), reader.Int32(), reader.Int64(), reader.Int64(), reader.Int64(), reader.Byte() != 0);
        var deployments = new int[reader.Varint()];
        for (var i = 0; i < deployments.Length; i++) { deployments[i] = reader.Varint(); }

        return new GroupHead(first, count, minMs, maxMs, reserved, closed, deployments);
    }
}
