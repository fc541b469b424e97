using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.LoggedModels;

/// <summary>One page of the logged models that meet a filter; without an order the newest first. Deleted ones are not found.</summary>
internal sealed class SearchLoggedModels(Db db, MetricKeys keys)
{
    /// <summary>Most models of one page; who asks for more gets this many and a token for the rest.</summary>
    public const int MaxLimit = 1_000;

    /// <returns>The page, and whether there is more.</returns>
    public async Task<Result<(List<LoggedModelWithData> Models, bool More)>> Handle(Caller caller, LoggedModelSearch search, long offset, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        return await db.Read(tx =>
        {
            var modelKeys = tx.Query(
                $"""
                SELECT l.model_key FROM tracking_models l
                WHERE {Place(tx, caller, search)} AND l.deleted = 0 {Filter(tx, search)}
                ORDER BY {LoggedModelSql.OrderBy(tx, keys, search.Orders)} LIMIT {search.Limit + 1} OFFSET {offset}
                """, row => row.GetInt64(0));
            var more = modelKeys.Count > search.Limit;
            return (LoggedModelStore.Load(tx, more ? modelKeys[..search.Limit] : modelKeys), more);
        }, ct);
    }

    private static Sql Place(ReadTx tx, Caller caller, LoggedModelSearch search)
    {
        var place = ExperimentStore.Reach(tx, caller, Permissions.RunsRead, search.ExperimentIds) is { } ids
            ? (Sql)$"l.experiment_id IN (SELECT value FROM {tx.Dialect.IntegerList(ids)})"
            : $"l.workspace = {caller.Workspace}";
        return search.SourceRunId is { } run ? $"{place} AND l.source_run_id = {run}" : place;
    }

    private Sql Filter(ReadTx tx, LoggedModelSearch search)
    {
        var all = search.Filter.AndSql(condition => LoggedModelSql.Where(tx, keys, condition, search.Datasets));
        if (search.Datasets.Count > 0 && !search.Filter.Mentions(condition => condition.Field.Kind == FieldKind.Metric))
        {
            all.AppendLiteral(" AND ");
            all.AppendFormatted(LoggedModelSql.Measured(search.Datasets));
        }

        return all;
    }
}
