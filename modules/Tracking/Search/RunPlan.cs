using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Search;

/// <summary>
/// How a search of runs reads the database, so that a page costs about a page and not the experiment. Two ways:
/// <b>collect</b>, when indexes give few candidates (<see cref="RunCandidates"/>) or several experiments are asked: take them by an index, sort them;
/// <b>walk</b>, otherwise: follow the index of the first order and stop when the page is full. An order by a key has up to three parts that no single
/// index holds in order, walked one after the other: numbers, then NaN, then runs without the key.
/// </summary>
/// <param name="few">How many candidates are sorted rather than walked.</param>
internal sealed class RunPlan(ReadTx tx, MetricKeys keys, RunSearch search, int few = RunPlan.Few)
{
    // Fewer than this are sorted in a few milliseconds; more of them, and a walk meets a page full of matches soon enough.
    public const int Few = 2_000;

    /// <summary>Keys of the runs of one page, in order, and where the next page begins (null = there is none).</summary>
    public (List<long> RunKeys, PageToken? Next) Page(PageToken start)
    {
        if (search.ExperimentIds is []) { return ([], null); }

        var parts = Parts();
        if (parts.Count > 0 && start.Phase >= 0) { return Walk(parts, start); }

        // A listing that began by collecting goes on so: its offset counts all rows, not those of a part.
        var candidates = FindCandidates();
        return parts.Count > 0 && candidates is null && start.Offset == 0 ? Walk(parts, start with { Phase = 0 }) : Collect(candidates, start.Offset);
    }

    /// <summary>How many runs there are on all pages; counts no further than <paramref name="most"/>.</summary>
    public long Count(int most) => search.ExperimentIds is []
        ? 0
        : tx.QueryOne($"SELECT COUNT(*) FROM (SELECT 1 {Source(FindCandidates())} LIMIT {most}) AS c", row => row.GetInt64(0));

    private (List<long> RunKeys, PageToken? Next) Collect(Sql? candidates, long offset)
    {
        var runKeys = candidates is not null
            ? Select($"FROM ({candidates}) AS c CROSS JOIN tracking_runs r", $"r.run_key = c.run_key AND", 0, Sql.Empty, offset, search.Limit + 1)
            : Select($"FROM tracking_runs r", Sql.Empty, 0, Sql.Empty, offset, search.Limit + 1);
        return runKeys.Count <= search.Limit ? (runKeys, null) : (runKeys[..search.Limit], new PageToken(offset + search.Limit));
    }

    private (List<long> RunKeys, PageToken? Next) Walk(List<Func<long, int, List<long>>> parts, PageToken start)
    {
        var page = new List<long>();
        var offset = start.Offset;
        for (var phase = start.Phase; phase < parts.Count; phase++, offset = 0)
        {
            var missing = search.Limit - page.Count;
            var found = parts[phase](offset, missing + 1);
            if (found.Count > missing)
            {
                page.AddRange(found[..missing]);
                return (page, new PageToken(offset + missing, phase));
            }

            page.AddRange(found);
        }

        return (page, null);
    }

    /// <summary>The parts of the order, each to be called once; none when an index of the runs, or a sort, gives all of it.</summary>
    private List<Func<long, int, List<long>>> Parts()
    {
        if (search.Orders is not [{ Field: var field } first, ..] || search.ExperimentIds is not [var experiment]) { return []; }

        return field.Kind switch
        {
            FieldKind.Metric when keys.Find(tx, field.Name) is { } key => [ByNumber(experiment, key, 0, first), ByNumber(experiment, key, 1, first), ByNobody("tracking_metric_latest", $"x.key_id = {key}")],
            FieldKind.Param => [ByText("tracking_params", experiment, first), ByNobody("tracking_params", $"x.name = {field.Name}")],
            FieldKind.Tag => [ByText("tracking_tags", experiment, first), ByNobody("tracking_tags", $"x.name = {field.Name}")],
            _ => [],
        };
    }

    private Func<long, int, List<long>> ByNumber(long experiment, long key, int nan, Order first) => (offset, limit) => Select(
        $"FROM tracking_metric_latest d CROSS JOIN tracking_runs r",
        $"d.experiment_id = {experiment} AND d.key_id = {key} AND d.is_nan = {nan} AND r.run_key = d.run_key AND",
        1, Comparisons.Literal(nan == 1 ? "" : $"d.value {Word(first)}, "), offset, limit);

    private Func<long, int, List<long>> ByText(string table, long experiment, Order first) => (offset, limit) => Select(
        $"FROM {Comparisons.Literal(table)} d CROSS JOIN tracking_runs r",
        $"d.experiment_id = {experiment} AND d.name = {first.Field.Name} AND r.run_key = d.run_key AND",
        1, $"substr(d.value, 1, 100) {Direction(first)}, d.value {Direction(first)}, ", offset, limit);

    private Func<long, int, List<long>> ByNobody(string table, Sql key) => (offset, limit) => Select(
        $"FROM tracking_runs r", $"NOT EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} x WHERE x.run_key = r.run_key AND {key}) AND", 1, Sql.Empty, offset, limit);

    /// <param name="skip">Orders that <paramref name="first"/> or the part itself already gives.</param>
    private List<long> Select(Sql from, Sql extra, int skip, Sql first, long offset, int limit) => tx.Query(
        $"SELECT r.run_key {from} {Joins(skip)} {Where(extra)} ORDER BY {first}{OrderSql(skip)} LIMIT {limit} OFFSET {offset}", row => row.GetInt64(0));

    private Sql Source(Sql? candidates) => candidates is null
        ? (Sql)$"FROM tracking_runs r {Where(Sql.Empty)}"
        : $"FROM ({candidates}) AS c CROSS JOIN tracking_runs r {Where($"r.run_key = c.run_key AND")}";

    private Sql Where(Sql extra) =>
        $"WHERE {extra} {Lifecycle()} AND {Experiments()} {search.Filter.AndSql(condition => RunFilterSql.Where(tx, keys, condition))}";

    private Sql? FindCandidates() => search.ExperimentIds is { } experiments ? new RunCandidates(tx, keys, experiments).Find(search.Filter, few) : null;

    private Sql Experiments() => search.ExperimentIds switch
    {
        null => $"r.workspace = {search.Workspace}",
        // Without the workspace, which would tempt SQLite to take the index of the workspace: these experiments are known to be in it.
        var some => RunFilterSql.Of(tx.Dialect, "r", some),
    };

    private Sql Lifecycle() => search.View switch
    {
        LifecycleView.Active => $"r.deleted = 0",
        LifecycleView.Deleted => $"r.deleted = 1",
        _ => $"r.deleted IN (0, 1)",
    };

    /// <summary>Left joins for the orders by keys, <c>o0</c>, <c>o1</c>, ….</summary>
    private Sql Joins(int skip)
    {
        var joins = Sql.Empty;
        for (var i = skip; i < search.Orders.Count; i++)
        {
            var (field, alias) = (search.Orders[i].Field, Comparisons.Literal($"o{i}"));
            var join = field.Kind switch
            {
                FieldKind.Metric => Join("tracking_metric_latest", i, $"{alias}.key_id = {keys.Find(tx, field.Name) ?? 0}"),
                FieldKind.Param => Join("tracking_params", i, $"{alias}.name = {field.Name}"),
                FieldKind.Tag => Join("tracking_tags", i, $"{alias}.name = {field.Name}"),
                _ => Sql.Empty,
            };
            joins.AppendFormatted(join);
        }

        return joins;
    }

    private static Sql Join(string table, int i, Sql on) =>
        $" LEFT JOIN {Comparisons.Literal(table)} {Comparisons.Literal($"o{i}")} ON {Comparisons.Literal($"o{i}")}.run_key = r.run_key AND {on}";

    /// <summary>The orders from <paramref name="skip"/> on, missing values last, then the newest start, then the run id.</summary>
    private Sql OrderSql(int skip)
    {
        var all = Sql.Empty;
        for (var i = skip; i < search.Orders.Count; i++) { all.AppendFormatted(OneOrder(search.Orders[i], $"o{i}")); }

        all.AppendLiteral("r.start_ms DESC, r.run_id");
        return all;
    }

    private static Sql OneOrder(Order order, string alias) => (order.Field.Kind, order.Field.Name) switch
    {
        (FieldKind.Metric, _) => Comparisons.Literal($"CASE WHEN {alias}.run_key IS NULL THEN 2 ELSE {alias}.is_nan END, {alias}.value {Word(order)}, "),
        (FieldKind.Param or FieldKind.Tag, _) => Comparisons.Literal($"CASE WHEN {alias}.value IS NULL THEN 1 ELSE 0 END, {alias}.value {Word(order)}, "),
        (_, "start_time") => Comparisons.Literal($"r.start_ms {Word(order)}, "),
        (_, "end_time") => Comparisons.Literal($"CASE WHEN r.end_ms IS NULL THEN 1 ELSE 0 END, r.end_ms {Word(order)}, "),
        (_, "run_name") => Comparisons.Literal($"substr(r.name, 1, 100) {Word(order)}, r.name {Word(order)}, "),
        // By the names of the states, as clients see them.
        (_, "status") => Comparisons.Literal($"CASE r.status WHEN 4 THEN 0 WHEN 3 THEN 1 WHEN 5 THEN 2 WHEN 1 THEN 3 ELSE 4 END {Word(order)}, "),
        (_, "run_id") => Comparisons.Literal($"r.run_id {Word(order)}, "),
        (_, "user_id") => Comparisons.Literal($"r.user_id {Word(order)}, "),
        (_, "artifact_uri") => Comparisons.Literal($"r.artifact_uri {Word(order)}, "),
        _ => throw new InvalidOperationException($"No column for the order by '{order.Field.Name}'."),
    };

    private static Sql Direction(Order order) => Comparisons.Literal(Word(order));

    private static string Word(Order order) => order.Descending ? "DESC" : "ASC";
}
