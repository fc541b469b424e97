using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>Nothing in the product knows a sample: no source file names a column of one, so that other data need other YAML and no other code.</summary>
public sealed class SampleTests
{
    // Columns that are words of the language as well: only as a literal would they be the column.
    private static readonly string[] PlainWords = ["age", "deny", "degree", "earnings", "gender", "insurance", "single"];

    // A column and a unit of time, which the parser of units knows by name.
    private const string AlsoAUnit = "year";

    [Fact]
    public void No_source_file_names_a_column_of_a_sample()
    {
        var columns = Columns();

        Assert.True(columns.Count >= 18, $"Only {columns.Count} columns were found in samples/.");
        Rule.Holds(Repository.Files(".cs", ".ts", ".tsx", ".sql").Where(file => !file.IsTest && !file.Path.StartsWith("bench/", StringComparison.Ordinal)).SelectMany(file => Named(file, columns)));
    }

    [Fact]
    public void A_column_is_found()
    {
        Assert.Single(Named(new SourceFile("modules/A/X.cs", "if (column == \"afam\")"), ["afam"]));
        Assert.Single(Named(new SourceFile("modules/A/X.cs", "// as pirat does"), ["pirat"]));
        Assert.Single(Named(new SourceFile("modules/A/Web/X.tsx", "row['age']"), ["age"]));
        Assert.Empty(Named(new SourceFile("modules/A/X.cs", "// of any age, on average"), ["age"]));
    }

    private static IEnumerable<string> Named(SourceFile file, IReadOnlyList<string> columns) => columns
        .Where(column => Regex.IsMatch(file.Text, PlainWords.Contains(column) ? $"([\"'`]){Regex.Escape(column)}\\1" : $@"\b{Regex.Escape(column)}\b"))
        .Select(column => $"{file.Path} names the sample's column '{column}'");

    private static List<string> Columns() =>
        [.. Repository.Files(".csv").Where(file => file.Path.StartsWith("samples/", StringComparison.Ordinal)).SelectMany(file => file.Lines[0].TrimEnd('\r').Split(',')).Distinct().Where(column => column != AlsoAUnit)];
}
