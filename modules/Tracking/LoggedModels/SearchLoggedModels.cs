using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.LoggedModels;

/// <summary>One page of the logged models that meet a filter; without an order the newest first. Deleted ones are not found. A page begins after a model, so that what comes or goes meanwhile neither repeats nor hides another.</summary>
internal sealed class SearchLoggedModels(Db db, MetricKeys keys)
{
    /// <summary>Most models of one page; who asks for more gets this many and a token for the rest.</summary>
    public const int MaxLimit = 1_000;

    /// <param name="after">The last model of the page before; null = the first page.</param>
    /// <returns>The page, and whether there is more; a problem when that model is gone for good.</returns>
    public async Task<Result<(List<LoggedModelWithData> Models, bool More)>> Handle(Caller caller, LoggedModelSearch search, string? after, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.RunsRead) is { } denied) { return denied; }

        return await db.Read<Result<(List<LoggedModelWithData>, bool)>>(tx =>
        {
            var position = after is null ? null : Position(tx, caller, search, after);
            if (after is not null && position is null) { return PageToken.Gone; }

            var (selected, order) = LoggedModelSql.Order(tx, keys, search.Orders);
            var modelKeys = tx.Query(
                $"""
                SELECT x.model_key FROM (SELECT l.model_key{selected} FROM tracking_models l WHERE {Place(tx, caller, search)} AND l.deleted = 0 {Filter(tx, search)}) AS x
                WHERE 1 = 1 {(position is null ? Sql.Empty : RunOrder.After(order, position))} ORDER BY {Comparisons.Literal(string.Join(", ", order))} LIMIT {search.Limit + 1}
                """, row => row.GetInt64(0));
            var more = modelKeys.Count > search.Limit;
            return (LoggedModelStore.Load(tx, more ? modelKeys[..search.Limit] : modelKeys), more);
        }, ct);
    }

    /// <summary>What the model has in the columns of the order.</summary>
    private List<object?>? Position(ReadTx tx, Caller caller, LoggedModelSearch search, string modelId)
    {
        var (selected, order) = LoggedModelSql.Order(tx, keys, search.Orders);
        return tx.Query(
            $"SELECT l.model_key{selected} FROM tracking_models l WHERE l.model_id = {modelId} AND l.workspace = {caller.Workspace}", row => RunOrder.Values(row, 1, order.Count)).FirstOrDefault();
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
