using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Import;

/// <summary>What an import has done so far.</summary>
internal sealed class Tally
{
    private const int MaxSkips = 1_000;
    private readonly Dictionary<string, long[]> _counts = new(StringComparer.Ordinal);
    private readonly List<ImportSkip> _skips = [];
    private readonly Dictionary<string, string> _experimentIds = new(StringComparer.Ordinal);

    public void Found(string kind, long count = 1) => Count(kind)[0] += count;

    public void Added(string kind, long count = 1) => Count(kind)[1] += count;

    public void Present(string kind, long count = 1) => Count(kind)[2] += count;

    /// <param name="id">Of the thing; further ones past a thousand are counted only.</param>
    public void Skipped(string kind, string id, string reason)
    {
        Count(kind)[3]++;
        Say(kind, id, reason);
    }

    /// <summary>Something about a thing that was taken over all the same.</summary>
    public void Say(string kind, string id, string reason)
    {
        if (_skips.Count < MaxSkips) { _skips.Add(new ImportSkip(kind, id, reason)); }
    }

    public void Became(string sourceId, string experimentId)
    {
        if (sourceId != experimentId) { _experimentIds[sourceId] = experimentId; }
    }

    public ImportReport Report() => new([.. _counts.Select(row => new ImportCount(row.Key, row.Value[0], row.Value[1], row.Value[2], row.Value[3]))], _skips, _experimentIds);

    private long[] Count(string kind) => _counts.TryGetValue(kind, out var row) ? row : _counts[kind] = new long[4];
}
