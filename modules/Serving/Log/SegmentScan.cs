namespace Slipway.Serving.Log;

/// <summary>What a segment of an earlier process holds. Frames that are not whole and sound are left out; what is whole after them is kept.</summary>
/// <param name="End">Behind the last sound frame: what follows it is a torn tail.</param>
/// <param name="Damaged">Places with bytes that are no frame, before the last sound one.</param>
/// <param name="Mark">Of the last group; null when there is none.</param>
/// <param name="LastNumber">Of the deployments that it describes.</param>
internal sealed record SegmentScan(long End, int Damaged, GroupHead? Mark, int LastNumber)
{
    /// <summary>Fills the segment's index.</summary>
    /// <param name="before">Rows at this position or after it lie in the next segment, which was begun when this one could not be written.</param>
    public static SegmentScan Run(Segment segment, ReadOnlySpan<byte> bytes, long before)
    {
        var (at, end, damaged, number, last) = (0, 0, 0, 0, segment.First - 1);
        List<(GroupHead Head, int At, int Length)> groups = [];
        while (at < bytes.Length)
        {
            if (!Frame.TryRead(bytes[at..], segment.Key, out var kind, out var payload, out var length))
            {
                if (Frame.Find(bytes, at + 1, segment.Key) is var next && next < 0) { break; }

                damaged++;
                at = next;
                continue;
            }

            if (kind == FrameKind.Deployment)
            {
                var (named, deployment) = LoggedDeployment.Read(payload);
                segment.Index.Add(named, deployment);
                number = Math.Max(number, named);
            }
            else if (kind == FrameKind.Group && Head(payload) is var head && head.First > last && head.Last < before)
            {
                groups.Add((head, at, length));
                last = Math.Max(last, head.Last);
            }

            at += length;
            end = at;
        }

        // Last, because a description that is damaged has a copy further on.
        foreach (var (head, offset, length) in groups)
        {
            if (head.Readable(segment.Index.Deployments)) { segment.Index.Add(head, offset, length); }
            else { damaged++; }
        }

        segment.Grew(end, last);
        return new SegmentScan(end, damaged, groups.Count == 0 ? null : groups[^1].Head, number);
    }

    private static GroupHead Head(ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(payload);
        return GroupHead.Read(ref reader);
    }
}
