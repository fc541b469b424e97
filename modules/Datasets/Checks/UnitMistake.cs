using System.Globalization;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Odcs;
using Slipway.Datasets.Units;

namespace Slipway.Datasets.Checks;

/// <summary>
/// Values out of range that lie in it once divided by a known factor: probably another unit. When only some rows are out, the divided ones must also look like
/// the others (medians within a factor of three), so that an outlier is not called a unit mistake.
/// </summary>
internal static class UnitMistake
{
    private const double Fitting = 0.95;
    private const double Alike = 3;

    /// <param name="broken">Predicate of the rows out of range.</param>
    /// <param name="value">Expression of the column's value.</param>
    /// <returns>A sentence, or null when no factor explains the values.</returns>
    public static async Task<string?> Find(Workbench bench, string broken, ContractColumn column, string value, CancellationToken ct)
    {
        var candidates = UnitMistakes.Of(column.Unit);
        var fits = candidates.Select(candidate => $"count_if(({broken}) AND {InRange($"({value} / {DuckSql.Number(candidate.Factor)})", column.Options)})");
        var row = await bench.Row(
            $"""
            SELECT count_if({broken}), count({value}), median(CASE WHEN {broken} THEN {value} END), median(CASE WHEN NOT ({broken}) THEN {value} END),
                {string.Join(", ", fits)} FROM v
            """, ct);
        var (count, all, wrong, right) = (DuckSql.Whole(row[0]), DuckSql.Whole(row[1]), Number(row[2]), Number(row[3]));
        var mostly = 2 * count >= all;
        var fitting = candidates
            .Where((candidate, i) => DuckSql.Whole(row[4 + i]) >= Fitting * count && (mostly || LooksLike(wrong / candidate.Factor, right)))
            .ToList();
        if (fitting.Count == 0) { return null; }

        // With right rows to compare with, the closest; otherwise the likeliest.
        var best = mostly ? fitting[0] : fitting.MinBy(candidate => Math.Abs(Math.Log(wrong!.Value / candidate.Factor / right!.Value)))!;
        return string.Create(CultureInfo.InvariantCulture, $"Probably a unit mistake ({best}): divided by {best.Factor:G5}, {(count == 1 ? "the value lies" : $"{DuckSql.Whole(row[4 + candidates.ToList().IndexOf(best)]):#,0} of the {count:#,0} values lie")} in the range.");
    }

    private static bool LooksLike(double? one, double? other) => one is { } a && other is { } b && a * b > 0 && Math.Abs(Math.Log(a / b)) <= Math.Log(Alike);

    private static string InRange(string value, TypeOptions options)
    {
        (double? Bound, string Operator)[] bounds = [(options.Minimum, ">="), (options.ExclusiveMinimum, ">"), (options.Maximum, "<="), (options.ExclusiveMaximum, "<")];
        return string.Join(" AND ", bounds.Where(bound => bound.Bound is not null).Select(bound => $"{value} {bound.Operator} {DuckSql.Number(bound.Bound!.Value)}"));
    }

    // The median of whole numbers is a double, that of decimals a decimal.
    private static double? Number(object? value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
