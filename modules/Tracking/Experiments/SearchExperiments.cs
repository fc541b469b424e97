using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.Experiments;

/// <summary>One page of the experiments that meet a filter; without an order the newest first, then by id.</summary>
internal sealed class SearchExperiments(Db db, DefaultExperiment defaults)
{
    /// <summary>Most experiments of one page; the protocol's own limit.</summary>
    public const int MaxLimit = 50_000;
    private const int DefaultLimit = 100;

    /// <summary><c>filter</c>: the grammar of experiments/search. <c>folder</c>: only those whose name begins with it and a slash.</summary>
    public static void Map(RouteGroupBuilder experiments) => experiments
        .MapGet("", async (string? filter, string? sort, string? cursor, int? limit, string? view, string? folder, Caller caller, SearchExperiments handler, CancellationToken ct) =>
            limit is < 1 or > Limits.PageRows
                ? Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}.").ToHttp()
                : Views.Parse(view).Fails(out var fault, out var lifecycle) ? fault.ToHttp()
                : (await handler.Handle(caller, filter, Runs.ListRuns.Sorts(sort), lifecycle, limit ?? DefaultLimit, cursor, folder ?? "", ct))
                    .Then(page => new Page<ExperimentView>([.. page.Experiments.Select(experiment => experiment.ToView())], page.Next)).ToHttp())
        .WithName("ListExperiments").Needs(Permissions.ExperimentsRead)
        .Produces<Page<ExperimentView>>().ProducesProblem(400);

    /// <param name="folder">Empty = all; otherwise what <see cref="ListFolders"/> lists.</param>
    public async Task<Result<(List<Experiment> Experiments, string? Next)>> Handle(
        Caller caller, string? filter, IReadOnlyList<string> orderBy, LifecycleView view, int limit, string? pageToken, string folder, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ExperimentsRead) is { } denied) { return denied; }

        if (FilterParser.Parse(filter, Fields.Experiments).Fails(out var fault, out var asked)) { return fault; }

        if (OrderParser.Parse(orderBy, Fields.Experiments).Fails(out fault, out var orders)) { return fault; }

        if (PageToken.Parse(pageToken).Fails(out fault, out var from)) { return fault; }

        await defaults.Ensure(caller.Workspace, ct);
        return await db.Read(tx =>
        {
            var rows = tx.Query(
                $"""
                SELECT e.experiment_id, e.name, e.artifact_location, e.deleted, e.created_ms, e.updated_ms FROM tracking_experiments e
                WHERE e.workspace = {caller.Workspace}{caller.Reach(Permissions.ExperimentsRead).And(tx.Dialect, "e.experiment_id", numbers: true)} {Lifecycle(view)} {ListFolders.Below(folder)} {asked.AndSql(condition => Where(tx.Dialect, condition))}
                ORDER BY {OrderSql(orders)} LIMIT {limit + 1} OFFSET {from.Offset}
                """, ExperimentStore.Read);
            var next = rows.Count > limit ? new PageToken(from.Offset + limit).ToString() : null;
            return (ExperimentStore.WithTags(tx, next is null ? rows : rows[..limit]), next);
        }, ct);
    }

    private static Sql Lifecycle(LifecycleView view) => view switch
    {
        LifecycleView.Active => $"AND e.deleted = 0",
        LifecycleView.Deleted => $"AND e.deleted = 1",
        _ => Sql.Empty,
    };

    private static Sql Where(ISqlDialect dialect, Condition condition) => condition.Field switch
    {
        { Kind: FieldKind.Tag } => Tag(dialect, condition),
        { Name: "name" } => Comparisons.Text(dialect, "e.name", condition),
        { Name: "creation_time" } => Comparisons.Number("e.created_ms", condition),
        _ => Comparisons.Number("e.updated_ms", condition),
    };

    private static Sql Tag(ISqlDialect dialect, Condition condition) => condition.Comparator switch
    {
        Comparator.IsNull => $"NOT EXISTS (SELECT 1 FROM tracking_experiment_tags t WHERE t.experiment_id = e.experiment_id AND t.name = {condition.Field.Name})",
        Comparator.IsNotNull => $"EXISTS (SELECT 1 FROM tracking_experiment_tags t WHERE t.experiment_id = e.experiment_id AND t.name = {condition.Field.Name})",
        _ => $"EXISTS (SELECT 1 FROM tracking_experiment_tags t WHERE t.experiment_id = e.experiment_id AND t.name = {condition.Field.Name} AND {Comparisons.Text(dialect, "t.value", condition)})",
    };

    private static Sql OrderSql(IReadOnlyList<Order> orders)
    {
        if (orders.Count == 0) { return $"e.created_ms DESC, e.experiment_id"; }

        var columns = orders.Select(order => (order.Field.Name switch
        {
            "name" => "e.name",
            "experiment_id" => "e.experiment_id",
            "creation_time" => "e.created_ms",
            _ => "e.updated_ms",
        }) + (order.Descending ? " DESC" : ""));
        return Comparisons.Literal(string.Join(", ", columns) + ", e.experiment_id DESC");
    }
}
