using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Search;

/// <summary>
/// Looks for a short list of runs that holds every match of a filter, by indexes alone: of an AND the shortest of its parts, or what two of them have in common; of an OR all parts
/// together, when each of them has an index. Each count stops at a bound, so that looking costs milliseconds however many runs there are.
/// </summary>
internal sealed class RunCandidates(ReadTx tx, MetricKeys keys, IReadOnlyList<long> experiments)
{
    // An index gives as many keys in a few milliseconds; of longer lists it is not worth while to see what they have in common.
    private const int Many = 12_000;

    /// <returns>A fresh <c>SELECT run_key …</c> of fewer than <paramref name="few"/> runs, each once; null when no index gives one.</returns>
    public Sql? Find(Filter filter, int few) => Least(filter, few)?.Sql();

    private Candidates? Least(Filter filter, int few) => filter switch
    {
        _ when few <= 0 => null,
        ClauseFilter clause => Counted(clause.Condition, few),
        AllFilter all => Shortest(all, few) ?? InCommon(all, few),
        AnyFilter any => Together(any, few),
        _ => null,
    };

    private Candidates? Shortest(AllFilter all, int few)
    {
        Candidates? best = null;
        foreach (var part in all.Parts) { best = Least(part, best?.Count ?? few) ?? best; }

        return best;
    }

    private Candidates? Together(AnyFilter any, int few)
    {
        var (parts, left) = (new List<Candidates>(any.Parts.Count), few);
        foreach (var part in any.Parts)
        {
            if (Least(part, left) is not { } candidates) { return null; }

            parts.Add(candidates);
            left -= candidates.Count;
        }

        return new Candidates(few - left, () => Union(parts));
    }

    private Candidates? InCommon(AllFilter all, int few)
    {
        var two = all.Parts.OfType<ClauseFilter>().Select(clause => Counted(clause.Condition, Many)).OfType<Candidates>().OrderBy(candidates => candidates.Count).Take(2).ToList();
        if (two is not [var first, var second]) { return null; }

        // Both by run_key, as the indexes on values give them: the databases then merge them without a table in between.
        var common = tx.Query(
            $"SELECT run_key FROM ({first.Sql()}) AS a INTERSECT SELECT run_key FROM ({second.Sql()}) AS b ORDER BY run_key LIMIT {few}", row => row.GetInt64(0));
        return common.Count < few ? new Candidates(common.Count, () => $"SELECT value AS run_key FROM {tx.Dialect.IntegerList(common)}") : null;
    }

    private Candidates? Counted(Condition condition, int few)
    {
        if (RunFilterSql.Candidates(tx, keys, experiments, condition) is not { } sql) { return null; }

        var count = (int)tx.QueryOne($"SELECT COUNT(*) FROM ({sql} LIMIT {few}) AS c", row => row.GetInt64(0));
        return count < few ? new Candidates(count, () => RunFilterSql.Candidates(tx, keys, experiments, condition)!) : null;
    }

    private static Sql Union(List<Candidates> parts)
    {
        Sql all = $"SELECT run_key FROM ({parts[0].Sql()}) AS u0";
        for (var i = 1; i < parts.Count; i++)
        {
            all.AppendLiteral(" UNION SELECT run_key FROM (");
            all.AppendFormatted(parts[i].Sql());
            all.AppendFormatted(Comparisons.Literal($") AS u{i}"));
        }

        return all;
    }

    private sealed record Candidates(int Count, Func<Sql> Sql);
}
