using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Search;

/// <summary>
/// Looks for a short list of runs that holds every match of a filter, by indexes alone: of an AND the shortest of its parts, or what two of them have in common; of an OR all parts
/// together, when each of them has an index. Each count stops at a bound, so that looking costs milliseconds however many runs there are.
/// </summary>
/// <param name="many">Longer lists are not compared to see what they have in common.</param>
internal sealed class RunCandidates(ReadTx tx, MetricKeys keys, IReadOnlyList<long> experiments, int many)
{
    // What was counted, and where the count would have stopped.
    private readonly Dictionary<Condition, (int Count, int Bound)> _counts = new(ReferenceEqualityComparer.Instance);

    /// <returns>A list of fewer than <paramref name="few"/> runs; null when no index gives one.</returns>
    public RunList? Find(Filter filter, int few) => filter switch
    {
        _ when few <= 0 => null,
        ClauseFilter clause => Counted(clause.Condition, few),
        AllFilter all => Shortest(all, few) ?? InCommon(all, few),
        AnyFilter any => Together(any, few),
        _ => null,
    };

    private RunList? Shortest(AllFilter all, int few)
    {
        RunList? best = null;
        foreach (var part in all.Parts)
        {
            if (Find(part, best?.Count ?? few) is { } list) { best = list with { Rest = All([list.Rest, .. all.Parts.Where(other => !ReferenceEquals(other, part))]) }; }
        }

        return best;
    }

    private RunList? Together(AnyFilter any, int few)
    {
        var (parts, left) = (new List<RunList>(any.Parts.Count), few);
        foreach (var part in any.Parts)
        {
            if (Find(part, left) is not { } list) { return null; }

            parts.Add(list);
            left -= list.Count;
        }

        return new RunList(few - left, () => Union(parts), parts.TrueForAll(part => ReferenceEquals(part.Rest, Filter.Everything)) ? Filter.Everything : any);
    }

    private RunList? InCommon(AllFilter all, int few)
    {
        var two = all.Parts.OfType<ClauseFilter>().Select(clause => (Clause: clause, List: Counted(clause.Condition, many))).Where(one => one.List is not null).OrderBy(one => one.List!.Count).Take(2).ToList();
        if (two is not [var first, var second]) { return null; }

        // Both by run_key, as the indexes on values give them: the databases then merge them without a table in between.
        var common = tx.Query(
            $"SELECT run_key FROM ({first.List!.Sql()}) AS a INTERSECT SELECT run_key FROM ({second.List!.Sql()}) AS b ORDER BY run_key LIMIT {few}", row => row.GetInt64(0));
        return common.Count >= few ? null : new RunList(
            common.Count, () => $"SELECT value AS run_key FROM {tx.Dialect.IntegerList(common)}",
            All([.. all.Parts.Where(other => !ReferenceEquals(other, first.Clause) && !ReferenceEquals(other, second.Clause))]));
    }

    private RunList? Counted(Condition condition, int few)
    {
        if (few <= 0 || RunFilterSql.Candidates(tx, keys, experiments, condition) is not { } sql) { return null; }

        if (!_counts.TryGetValue(condition, out var known) || (known.Count == known.Bound && known.Bound < few))
        {
            _counts[condition] = known = ((int)tx.QueryOne($"SELECT COUNT(*) FROM ({sql} LIMIT {few}) AS c", row => row.GetInt64(0)), few);
        }

        return known.Count < few ? new RunList(known.Count, () => RunFilterSql.Candidates(tx, keys, experiments, condition)!, Filter.Everything) : null;
    }

    private static Filter All(IReadOnlyList<Filter> parts) =>
        parts.Where(part => !ReferenceEquals(part, Filter.Everything)).ToList() is { Count: > 0 } asked ? new AllFilter(asked) : Filter.Everything;

    private static Sql Union(List<RunList> parts)
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
}
