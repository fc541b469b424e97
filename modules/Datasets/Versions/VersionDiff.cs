using System.Globalization;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Units;

namespace Slipway.Datasets.Versions;

/// <summary>Two versions side by side: only what differs.</summary>
internal static class VersionDiff
{
    public static IReadOnlyList<DatasetDiffRow> Rows(DatasetVersionDetail from, DatasetVersionDetail to) =>
    [
        .. Differing("table",
            ("content", from.Version.Digest, to.Version.Digest), ("rows", Text(from.Version.Rows), Text(to.Version.Rows)), ("columns", Text(from.Version.Columns), Text(to.Version.Columns)),
            ("contract", from.Version.ContractDigest, to.Version.ContractDigest), ("verdict", Word(from.Version.Verdict), Word(to.Version.Verdict))),
        .. Columns(from, to).SelectMany(pair => Schema(pair.From, pair.To)),
        .. Columns(from, to).SelectMany(pair => Statistics(pair.From, pair.To)),
    ];

    private static IEnumerable<(DatasetColumnView? From, DatasetColumnView? To)> Columns(DatasetVersionDetail from, DatasetVersionDetail to)
    {
        var after = to.Schema.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var before = from.Schema.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return from.Schema.Select(column => ((DatasetColumnView?)column, after.GetValueOrDefault(column.Name)))
            .Concat(to.Schema.Where(column => !before.Contains(column.Name)).Select(column => ((DatasetColumnView?)null, (DatasetColumnView?)column)));
    }

    private static IEnumerable<DatasetDiffRow> Schema(DatasetColumnView? from, DatasetColumnView? to)
    {
        if (from is null || to is null) { return [new DatasetDiffRow("schema", (from ?? to)!.Name, from?.Type, to?.Type, from is null ? "added" : "removed")]; }

        return Differing("schema",
                ($"{to.Name}.type", from.Type, to.Type), ($"{to.Name}.description", from.Description, to.Description), ($"{to.Name}.required", Word(from.Required), Word(to.Required)),
                ($"{to.Name}.unique", Word(from.Unique), Word(to.Unique)), ($"{to.Name}.quantityKind", from.QuantityKind, to.QuantityKind))
            .Concat(Differing("schema", ($"{to.Name}.unit", from.Unit, to.Unit)).Select(row => row with { Note = UnitNote(row.From, row.To) }));
    }

    private static string? UnitNote(string? from, string? to)
    {
        if (from is null || to is null || !UnitParser.TryParse(from, out var before, out _) || !UnitParser.TryParse(to, out var after, out _)) { return null; }

        return before.IsComparableTo(after)
            ? string.Create(CultureInfo.InvariantCulture, $"comparable: 1 {from} is {before.Convert(1, after)!.Value:G6} {to}")
            : $"not comparable: {from} measures {before.Dimension}, {to} measures {after.Dimension}";
    }

    private static IEnumerable<DatasetDiffRow> Statistics(DatasetColumnView? from, DatasetColumnView? to)
    {
        if (from is null || to is null) { return []; }

        var (a, b) = (from.Statistics, to.Statistics);
        return Differing("statistics",
                ($"{to.Name}.missing", Text(a.Nulls), Text(b.Nulls)), ($"{to.Name}.distinct", Text(a.Distinct), Text(b.Distinct)), ($"{to.Name}.min", a.Min, b.Min), ($"{to.Name}.max", a.Max, b.Max),
                ($"{to.Name}.median", Text(Median(a)), Text(Median(b))), ($"{to.Name}.standardDeviation", Text(a.StandardDeviation), Text(b.StandardDeviation)))
            .Concat(Differing("statistics", ($"{to.Name}.mean", Text(a.Mean), Text(b.Mean))).Select(row => row with { Note = MeanNote(from, to) }))
            .Concat(Top(from, to));
    }

    // The hook against silent changes of unit: mean and median both moved by one known factor.
    private static string? MeanNote(DatasetColumnView from, DatasetColumnView to)
    {
        if (from.Unit != to.Unit || from.Statistics.Mean is not { } before || to.Statistics.Mean is not { } after || before == 0) { return null; }

        var unit = from.Unit is { } text && UnitParser.TryParse(text, out var known, out _) ? known : null;
        var candidate = UnitMistakes.Explaining(unit, after / before);
        var medians = Median(to.Statistics) / Median(from.Statistics);
        return candidate is not null && medians is { } ratio && Math.Abs((ratio / candidate.Factor) - 1) <= 0.1 ? $"Probably a change of unit: {candidate}." : null;
    }

    private static IEnumerable<DatasetDiffRow> Top(DatasetColumnView from, DatasetColumnView to)
    {
        if (from.Kind is not (ColumnKind.Text or ColumnKind.Boolean) || from.Statistics.Top is not { } before || to.Statistics.Top is not { } after) { return []; }

        var values = before.Concat(after).Select(value => value.Value).Distinct(StringComparer.Ordinal);
        return Differing("statistics", [.. values.Select(value => ($"{to.Name} = {value}", Share(before, value, from.Statistics), Share(after, value, to.Statistics)))]);
    }

    private static string? Share(IReadOnlyList<ValueCountView> top, string value, ColumnStatisticsView statistics) =>
        top.FirstOrDefault(known => known.Value == value) is { } found && statistics.Count > 0 ? (100.0 * found.Count / statistics.Count).ToString("0.00", CultureInfo.InvariantCulture) + " %" : null;

    private static IEnumerable<DatasetDiffRow> Differing(string section, params IEnumerable<(string Field, string? From, string? To)> fields) =>
        fields.Where(field => field.From != field.To).Select(field => new DatasetDiffRow(section, field.Field, field.From, field.To));

    private static double? Median(ColumnStatisticsView statistics) => statistics.Quantiles is { Count: 5 } quantiles ? quantiles[2] : null;

    private static string? Text(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Word(bool value) => value ? "yes" : "no";

    private static string Word(DatasetVerdict verdict) => verdict.ToString().ToLowerInvariant();
}
