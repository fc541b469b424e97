namespace Slipway.Serving.Log;

/// <summary>What an earlier process has left of an endpoint's log, and where this one goes on.</summary>
/// <param name="Parts">In the order of their positions.</param>
/// <param name="Resume">The newest segment, to be written further; null = begin one.</param>
/// <param name="Next">The next position to hand out. What was handed out and is not there leaves a gap, which counts as lost for ever.</param>
/// <param name="Lost">Rows that may have been answered since the last durable one.</param>
/// <param name="Damaged">Places in segments that are no sound frames.</param>
/// <param name="LastNumber">Of the deployments that the newest segment describes.</param>
internal sealed record EndpointRecovery(IReadOnlyList<IPart> Parts, Segment? Resume, long Next, long Lost, int Damaged, int LastNumber)
{
    // More than can wait in memory; a count beyond it is damage and no count.
    private const long MaxUnwritten = 1L << 26;

    public static EndpointRecovery Run(EndpointFolder folder, IReadOnlyList<IPart> archived, HandedOut handedOut)
    {
        foreach (var unfinished in Directory.EnumerateFiles(folder.Live, "*.tmp")) { File.Delete(unfinished); }

        var segments = Directory.EnumerateFiles(folder.Live, "*" + Segment.Extension).Select(Segment.Found).OfType<Segment>().OrderBy(found => found.First).ThenBy(found => found.Created).ToList();
        foreach (var done in segments.Where(segment => archived.Any(part => part.First == segment.First)).ToList())
        {
            // Archived, and the process ended before its segment was removed.
            File.Delete(done.Path);
            segments.Remove(done);
        }

        SegmentScan? scan = null;
        var damaged = 0;
        for (var i = 0; i < segments.Count; i++)
        {
            scan = SegmentScan.Run(segments[i], File.ReadAllBytes(segments[i].Path), i + 1 < segments.Count ? segments[i + 1].First : long.MaxValue);
            damaged += scan.Damaged;
        }

        List<IPart> parts = [.. archived.Concat(segments).OrderBy(part => part.First)];
        var last = parts.Count == 0 ? 0 : parts.Max(part => Math.Max(part.Last, part.First - 1));
        var next = After(last, scan, handedOut);
        return new EndpointRecovery(parts, segments.LastOrDefault(), next, next - 1 - last, damaged, scan?.LastNumber ?? 0);
    }

    private static long After(long last, SegmentScan? scan, HandedOut handedOut)
    {
        if (scan?.Mark is { Closed: true }) { return last + 1; }

        var counted = handedOut.Last >= last && handedOut.Last - last <= MaxUnwritten ? handedOut.Last : last;
        return (handedOut.SameBoot ? counted : Math.Max(counted, scan?.Mark?.Reserved ?? last)) + 1;
    }
}
