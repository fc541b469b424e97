using Slipway.Kernel;
using Slipway.Kernel.Search;

namespace Slipway.Registry.Versions;

/// <summary>One page of the versions that meet a filter, over all models of the workspace; by name, the newest first, unless another order is asked for.</summary>
internal sealed class SearchVersions(Db db)
{
    /// <summary>Most versions of one page; the protocol's own limit.</summary>
    public const int MaxLimit = 200_000;

    /// <param name="pageToken">Null or empty = the first page.</param>
    public async Task<Result<(List<ModelVersion> Versions, string? Next)>> Handle(
        Caller caller, string? filter, IReadOnlyList<string> orderBy, int limit, string? pageToken, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsRead) is { } denied) { return denied; }

        if (FilterParser.Parse(filter, VersionFields.All).Fails(out var fault, out var asked)) { return fault; }

        if (OrderParser.Parse(orderBy, VersionFields.All).Fails(out fault, out var orders)) { return fault; }

        if (PageToken.Parse(pageToken).Fails(out fault, out var from)) { return fault; }

        return await db.Read(tx =>
        {
            var rows = (orders.Count == 0 && RunOf(asked) is { } run ? VersionStore.SearchOfRun(tx, caller, run, () => Where(tx.Dialect, asked), limit + 1, from.Offset) : null)
                ?? VersionStore.Search(tx, caller, Lead(asked, orders), Where(tx.Dialect, asked), OrderSql(orders), limit + 1, from.Offset);
            return rows.Count > limit ? (rows[..limit], new PageToken(from.Offset + limit).ToString()) : (rows, null);
        }, ct);
    }

    /// <summary>The run that every match is of; null when the filter says none.</summary>
    private static string? RunOf(Filter filter) =>
        filter.Together.FirstOrDefault(condition => condition is { Field: { Kind: FieldKind.Attribute, Name: "run_id" }, Comparator: Comparator.Equal })?.Text;

    // A version and its model share the workspace; the database looks at the rows of that one first whose workspace is named.
    private static char Lead(Filter filter, IReadOnlyList<Order> orders) =>
        filter.Together.Any(condition => condition.Field is { Kind: FieldKind.Attribute, Name: "run_id" }) || orders is [{ Field.Name: "creation_timestamp" or "last_updated_timestamp" }, ..] ? 'v' : 'm';

    private static Sql Where(ISqlDialect dialect, Filter filter) => TagSql.OfVersions.And(filter, condition => condition.Field switch
    {
        { Kind: FieldKind.Tag } => TagSql.OfVersions.Of(dialect, condition),
        { Name: "name" } => Comparisons.Text(dialect, "m.name", condition),
        { Name: "run_id" } => Comparisons.Text(dialect, "v.run_id", condition),
        { Name: "source_path" } => Comparisons.Text(dialect, "v.source", condition),
        _ => Comparisons.Number("v.version", condition),
    });

    private static Sql OrderSql(IReadOnlyList<Order> orders)
    {
        var columns = orders.Select(order => order.Field.Name switch
        {
            "name" => "m.name",
            "version_number" => "v.version",
            "creation_timestamp" => "v.created_ms",
            _ => "v.updated_ms",
        } + (order.Descending ? " DESC" : ""));
        return Comparisons.Literal(string.Join(", ", columns.Concat(["m.name", "v.version DESC"])));
    }
}
