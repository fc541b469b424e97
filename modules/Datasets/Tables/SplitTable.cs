using System.Globalization;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Ports;
using Slipway.Kernel;

namespace Slipway.Datasets.Tables;

/// <summary>
/// Cuts a table in two. By chance: rows in the order of MD5("seed:row number"), within each stratum, the first share of them (rounded half up). So a cut
/// depends on content, rule and nothing else, and other programs can repeat it.
/// </summary>
internal sealed class SplitTable(Db db, OpenTable tables)
{
    public async Task<Result<SplitParts>> Handle(Caller caller, string digest, SplitRule rule, CancellationToken ct)
    {
        if (Fault(rule) is { } fault) { return fault; }

        return await tables.With<SplitParts>(caller, Permissions.Write, digest, async (bench, table) =>
        {
            var columns = await OpenTable.Columns(bench, ct);
            if ((OpenTable.Missing(columns, rule.Stratify, "stratify") ?? OpenTable.Missing(columns, rule.OrderBy, "orderBy")) is { } missing) { return missing; }

            var order = rule.OrderBy is { } by ? DuckSql.Name(by) : $"md5('{DuckSql.Number(rule.Seed)}:' || file_row_number)";
            var stratum = rule.Stratify is { } column ? $"PARTITION BY {DuckSql.Name(column)}" : "";
            await bench.Execute(
                $"""
                CREATE OR REPLACE TEMP TABLE cut AS SELECT rn, k <= floor({DuckSql.Number(rule.Share)} * n + 0.5) AS first FROM (
                    SELECT file_row_number AS rn, row_number() OVER ({stratum} ORDER BY {order} NULLS LAST, file_row_number) AS k, count(*) OVER ({stratum}) AS n
                    FROM read_parquet('{OpenTable.File}', file_row_number = true))
                """, ct);
            var units = await OpenTable.Units(bench, ct);
            var first = await Part(bench, columns, units, true, ct);
            var second = await Part(bench, columns, units, false, ct);
            if (first.Rows == 0 || second.Rows == 0) { return new Problem(422, "empty_part", $"Cutting {table.Rows} rows at {Text(rule.Share)} leaves a part empty; the table is too small for this share."); }

            await db.Append(tx =>
            {
                TableStore.Save(tx, caller.Workspace, first with { ParentDigest = digest, Part = $"first {Words(rule)}" });
                TableStore.Save(tx, caller.Workspace, second with { ParentDigest = digest, Part = $"rest {Words(rule)}" });
            }, ct);
            return new SplitParts(new TablePart(first.Digest, first.Rows), new TablePart(second.Digest, second.Rows));
        }, ct);
    }

    private static Problem? Fault(SplitRule rule) =>
        !(rule.Share > 0 && rule.Share < 1) ? Problem.Invalid("share", $"The share is {Text(rule.Share)}; it lies between 0 and 1.")
        : rule is { Stratify: not null, OrderBy: not null } ? Problem.Invalid("stratify", "A cut by order takes no strata: name a column to stratify by or one to order by, not both.")
        : null;

    private static async Task<StoredTable> Part(Workbench bench, List<(string Name, string Type)> columns, IReadOnlyDictionary<string, string> units, bool first, CancellationToken ct)
    {
        var file = first ? "first.parquet" : "rest.parquet";
        var rows = await bench.Execute(
            $"""
            COPY (SELECT {string.Join(", ", columns.Select(column => "t." + DuckSql.Name(column.Name)))}
                FROM read_parquet('{OpenTable.File}', file_row_number = true) t JOIN cut ON t.file_row_number = cut.rn
                WHERE {(first ? "" : "NOT ")}cut.first ORDER BY cut.rn) TO '{file}' {TypedTable.ParquetOptions(units)}
            """, ct);
        var blob = await bench.Keep(file, ct);
        return new StoredTable(blob.Digest, rows, columns.Count, blob.SizeBytes);
    }

    private static string Words(SplitRule rule) =>
        $"of share {Text(rule.Share)}, {(rule.OrderBy is { } by ? $"in order of {by}" : $"seed {Text(rule.Seed)}{(rule.Stratify is { } column ? $", stratified by {column}" : "")}")}";

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
