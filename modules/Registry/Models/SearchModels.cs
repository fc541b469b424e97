using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Kernel.Search;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Models;

/// <summary>One page of the models that meet a filter; by name unless another order is asked for.</summary>
internal sealed class SearchModels(Db db)
{
    private const int DefaultLimit = 100;

    public static void Map(RouteGroupBuilder models) => models
        .MapGet("", async (string? filter, string? sort, string? cursor, int? limit, Caller caller, SearchModels handler, CancellationToken ct) =>
            limit is < 1 or > Limits.PageRows
                ? Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}.").ToHttp()
                : (await handler.Views(caller, filter, string.IsNullOrWhiteSpace(sort) ? [] : [sort], limit ?? DefaultLimit, cursor, ct)).ToHttp())
        .WithName("ListModels").Needs(Permissions.ModelsRead)
        .Produces<Page<ModelView>>().ProducesProblem(400);

    /// <param name="pageToken">Null or empty = the first page.</param>
    public Task<Result<(List<Model> Models, string? Next)>> Handle(
        Caller caller, string? filter, IReadOnlyList<string> orderBy, int limit, string? pageToken, CancellationToken ct) =>
        Search(caller, filter, orderBy, limit, pageToken, (_, models, next) => (models, next), ct);

    private Task<Result<Page<ModelView>>> Views(Caller caller, string? filter, IReadOnlyList<string> orderBy, int limit, string? cursor, CancellationToken ct) =>
        Search(caller, filter, orderBy, limit, cursor, (tx, models, next) =>
        {
            var versions = ModelStore.CountVersions(tx, [.. models.Select(model => model.Id)]);
            return new Page<ModelView>([.. models.Select(model => model.ToView(versions.GetValueOrDefault(model.Id)))], next);
        }, ct);

    private async Task<Result<T>> Search<T>(
        Caller caller, string? filter, IReadOnlyList<string> orderBy, int limit, string? pageToken, Func<ReadTx, List<Model>, string?, T> answer, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsRead) is { } denied) { return denied; }

        if (FilterParser.Parse(filter, ModelFields.All).Fails(out var fault, out var asked)) { return fault; }

        if (OrderParser.Parse(orderBy, ModelFields.All).Fails(out fault, out var orders)) { return fault; }

        if (PageToken.Parse(pageToken).Fails(out fault, out var from)) { return fault; }

        return await db.Read(tx =>
        {
            var rows = tx.Query(
                $"""
                SELECT m.model_id, m.name, m.description, m.last_version, m.created_ms, m.updated_ms, m.created_by_name, m.deployment_job_id FROM registry_models m
                WHERE m.workspace = {caller.Workspace}{caller.Reach(Permissions.ModelsRead).And(tx.Dialect, "m.name")} {Where(tx.Dialect, asked)}
                ORDER BY {OrderSql(orders)} LIMIT {limit + 1} OFFSET {from.Offset}
                """, ModelStore.Read);
            var next = rows.Count > limit ? new PageToken(from.Offset + limit).ToString() : null;
            return answer(tx, ModelStore.Complete(tx, next is null ? rows : rows[..limit]), next);
        }, ct);
    }

    private static Sql Where(ISqlDialect dialect, Filter filter) => TagSql.OfModels.And(filter, condition => condition.Field.Kind == FieldKind.Tag
        ? TagSql.OfModels.Of(dialect, condition)
        : Comparisons.Text(dialect, "m.name", condition));

    private static Sql OrderSql(IReadOnlyList<Order> orders)
    {
        var columns = orders.Select(order => (order.Field.Name == "name" ? "m.name" : "m.updated_ms") + (order.Descending ? " DESC" : ""));
        return Comparisons.Literal(string.Join(", ", orders.Any(order => order.Field.Name == "name") ? columns : columns.Append("m.name")));
    }
}
