using System.Globalization;
using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Search;

/// <summary>
/// How a search of runs reads the database, so that a page costs about a page and not the experiment. Two ways:
/// <b>collect</b>, when indexes give few candidates (<see cref="RunCandidates"/>) or several experiments are asked: take them by an index, sort them;
/// <b>walk</b>, otherwise: follow the index of the first order and stop when the page is full. An order by a key has up to three parts that no single
/// index holds in order, walked one after the other: numbers, then NaN, then runs without the key. Where an index gives the runs of one clause in a few milliseconds, they are gathered before the walk:
/// most of what it meets then is passed over without a look elsewhere.
/// </summary>
/// <param name="few">How many candidates are sorted rather than walked.</param>
/// <param name="many">How many runs of one clause are gathered, for a walk or to see what two clauses have in common.</param>
internal sealed class RunPlan(ReadTx tx, MetricKeys keys, RunSearch search, int few = RunPlan.Few, int many = RunPlan.Many)
{
    // Fewer than this are sorted in a few milliseconds; more of them, and a walk meets a page full of matches soon enough.
    public const int Few = 2_000;

    // An index gives as many keys in a few milliseconds; of longer lists neither is worth while.
    public const int Many = 12_000;

    /// <summary>Keys of the runs of one page, in order, and whether there are more; null when the run where the page begins is not there any more.</summary>
    /// <param name="after">Id of the last run of the page before; null = the first page.</param>
    public (List<long> RunKeys, bool More)? Page(string? after)
    {
        if (search.ExperimentIds is []) { return ([], false); }

        var position = after is null ? null : Position(after);
        if (after is not null && position is null) { return null; }

        var lists = Lists();
        var candidates = lists?.Find(search.Filter, few);
        var parts = candidates is null ? Parts(new Lazy<RunList?>(() => lists?.Find(search.Filter, many))) : [];
        var found = parts.Count > 0 ? Walk(parts, position) : Collect(candidates, position);
        return found.Count <= search.Limit ? (found, false) : (found[..search.Limit], true);
    }

    /// <summary>How many runs there are on all pages; counts no further than <paramref name="most"/>.</summary>
    public long Count(int most) => search.ExperimentIds is []
        ? 0
        : tx.QueryOne($"SELECT COUNT(*) FROM (SELECT 1 {Source(Lists()?.Find(search.Filter, few))} LIMIT {most}) AS c", row => row.GetInt64(0));

    /// <summary>What the run has in the columns of the whole order.</summary>
    private List<object?>? Position(string runId)
    {
        var columns = RunOrder.Columns(search.Orders, 0);
        return tx.Query(
            $"SELECT {Comparisons.Literal(string.Join(", ", columns.Select(column => column.Text)))} FROM tracking_runs r {Joins(0)} WHERE r.run_id = {runId} AND r.workspace = {search.Workspace}",
            row => RunOrder.Values(row, 0, columns.Count)).FirstOrDefault();
    }

    private List<long> Collect(RunList? candidates, List<object?>? position) => candidates is not null
        ? Select($"FROM ({candidates.Sql()}) AS c CROSS JOIN tracking_runs r", Where($"r.run_key = c.run_key AND", candidates.Rest, "c.run_key"), 0, [], position, search.Limit + 1)
        : Select($"FROM tracking_runs r", Where(Sql.Empty, search.Filter), 0, [], position, search.Limit + 1);

    private List<long> Walk(List<Part> parts, List<object?>? position)
    {
        var page = new List<long>();
        // The first column of the order says in which part a run stands.
        var at = position is null ? 0 : Math.Min(Convert.ToInt32(position[0], CultureInfo.InvariantCulture), parts.Count - 1);
        for (var i = at; i < parts.Count && page.Count <= search.Limit; i++)
        {
            page.AddRange(parts[i](i == at ? position : null, search.Limit + 1 - page.Count));
        }

        return page;
    }

    /// <summary>The parts of the order, each to be called once; none when an index of the runs, or a sort, gives all of it.</summary>
    /// <param name="gathered">The runs to pass by, if there is a list of them.</param>
    private List<Part> Parts(Lazy<RunList?> gathered)
    {
        if (search.Orders is not [{ Field: var field } first, ..] || search.ExperimentIds is not [var experiment]) { return []; }

        return field.Kind switch
        {
            FieldKind.Metric when keys.Find(tx, field.Name) is { } key =>
                [ByNumber(experiment, key, 0, first, gathered), ByNumber(experiment, key, 1, first, gathered), ByNobody("tracking_metric_latest", $"x.key_id = {key}", gathered)],
            FieldKind.Param => [ByText("tracking_params", experiment, first, gathered), ByNobody("tracking_params", $"x.name = {field.Name}", gathered)],
            FieldKind.Tag => [ByText("tracking_tags", experiment, first, gathered), ByNobody("tracking_tags", $"x.name = {field.Name}", gathered)],
            _ => [],
        };
    }

    private Part ByNumber(long experiment, long key, int nan, Order first, Lazy<RunList?> gathered) => (position, limit) => Select(
        $"FROM tracking_metric_latest d CROSS JOIN tracking_runs r",
        Among($"d.experiment_id = {experiment} AND d.key_id = {key} AND d.is_nan = {nan} AND r.run_key = d.run_key AND", "d.run_key", gathered.Value),
        1, nan == 1 ? [] : [new OrderColumn("d.value", first.Descending)], position?[(nan == 1 ? 2 : 1)..], limit);

    private Part ByText(string table, long experiment, Order first, Lazy<RunList?> gathered) => (position, limit) => Select(
        $"FROM {Comparisons.Literal(table)} d CROSS JOIN tracking_runs r",
        Among($"d.experiment_id = {experiment} AND d.name = {first.Field.Name} AND r.run_key = d.run_key AND", "d.run_key", gathered.Value),
        1, [new OrderColumn("substr(d.value, 1, 100)", first.Descending), new OrderColumn("d.value", first.Descending)],
        position is null ? null : [RunFilterSql.Head((string)position[1]!), .. position[1..]], limit);

    private Part ByNobody(string table, Sql key, Lazy<RunList?> gathered) => (position, limit) => Select(
        $"FROM tracking_runs r",
        Among($"NOT EXISTS (SELECT 1 FROM {Comparisons.Literal(table)} x WHERE x.run_key = r.run_key AND {key}) AND", "r.run_key", gathered.Value), 1, [], position?[2..], limit);

    // The plus keeps SQLite from walking the list in place of the order.
    private Sql Among(Sql extra, string run, RunList? gathered) =>
        gathered is null ? Where(extra, search.Filter, run) : Where($"{extra} +{Comparisons.Literal(run)} IN ({gathered.Sql()}) AND", gathered.Rest, run);

    /// <param name="skip">Orders that <paramref name="first"/> or the part itself already gives.</param>
    /// <param name="first">Columns before those of the other orders.</param>
    /// <param name="position">Values in all these columns, after which it begins; null = at the start.</param>
    private List<long> Select(Sql from, Sql where, int skip, IReadOnlyList<OrderColumn> first, IReadOnlyList<object?>? position, int limit)
    {
        List<OrderColumn> columns = [.. first, .. RunOrder.Columns(search.Orders, skip)];
        return tx.Query(
            $"""
            SELECT r.run_key {from} {Joins(skip)} {where} {(position is null ? Sql.Empty : RunOrder.After(columns, position))}
            ORDER BY {Comparisons.Literal(string.Join(", ", columns))} LIMIT {limit}
            """, row => row.GetInt64(0));
    }

    private Sql Source(RunList? candidates) => candidates is null
        ? (Sql)$"FROM tracking_runs r {Where(Sql.Empty, search.Filter)}"
        : $"FROM ({candidates.Sql()}) AS c CROSS JOIN tracking_runs r {Where($"r.run_key = c.run_key AND", candidates.Rest, "c.run_key")}";

    /// <param name="run">Where the run's key is at hand first: clauses about values are then looked at before the run itself.</param>
    private Sql Where(Sql extra, Filter filter, string run = "r.run_key") =>
        $"WHERE {extra} {Lifecycle()} AND {Experiments()} {filter.AndSql(condition => RunFilterSql.Where(tx, keys, condition, run))}";

    private RunCandidates? Lists() => search.ExperimentIds is { } experiments ? new RunCandidates(tx, keys, experiments, many) : null;

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

    /// <summary>One part of an order, from a position on or from its start.</summary>
    private delegate List<long> Part(List<object?>? position, int limit);
}
