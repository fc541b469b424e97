using System.Globalization;
using Slipway.Datasets.Contracts;

namespace Slipway.Cli;

/// <summary>Datasets, versions and differences as lines and rows of tables.</summary>
internal static class DatasetText
{
    private const int Shown = 40;

    public static string Version(DatasetVersionView version) =>
        $"{version.Name} version {version.Version}: {Show.Plural(version.Rows, "row")}, {Show.Plural(version.Columns, "column")}, contract {Verdict(version.Verdict)}, SHA-256 {version.Digest}";

    public static IReadOnlyList<string?> Row(DatasetSummary dataset) => dataset.Latest is { } latest
        ? [dataset.Name, Show.Count(latest.Version), Show.Count(latest.Rows), Show.Count(latest.Columns), Verdict(latest.Verdict), Show.Time(latest.CreatedMs), latest.By]
        : [dataset.Name, "none"];

    public static IReadOnlyList<string?> Row(DatasetColumnView column) =>
    [
        column.Name, column.Type, column.Unit, Show.Count(column.Statistics.Nulls), Show.Count(column.Statistics.Distinct),
        Short(column.Statistics.Min), column.Statistics.Mean is { } mean ? mean.ToString("G4", CultureInfo.InvariantCulture) : null, Short(column.Statistics.Max),
    ];

    public static IReadOnlyList<string?> Row(DatasetDiffRow row) => [row.Section, row.Field, Short(row.From) ?? "-", Short(row.To) ?? "-", row.Note];

    private static string Verdict(DatasetVerdict verdict) => verdict switch
    {
        DatasetVerdict.Passed => "kept",
        DatasetVerdict.Warning => "kept with warnings",
        _ => "none",
    };

    // Digests are told apart by their beginning; longer texts would break the table.
    private static string? Short(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower) ? text[..12] : text?.Length > Shown ? text[..(Shown - 1)] + "…" : text;
}
