using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>Rule 5: a table is read and written only by the module whose prefix it carries. Looks at the words after SQL's keywords, in code and schema files.</summary>
internal static partial class TablePrefixes
{
    /// <param name="modules">Names of all modules; <c>Kernel</c> owns tables as they do.</param>
    public static IEnumerable<string> Faults(IEnumerable<SourceFile> files, IReadOnlyList<string> modules)
    {
        string[] prefixes = [.. modules.Append("Kernel").Select(Prefix)];
        foreach (var file in files.Where(file => !file.IsTest && Owner(file) is not null))
        {
            var own = Prefix(Owner(file)!);
            foreach (Match use in TableUse().Matches(Comment().Replace(file.Text, "")))
            {
                var table = use.Groups["table"].Value;
                if (prefixes.FirstOrDefault(prefix => table.StartsWith(prefix, StringComparison.Ordinal)) is { } owner && owner != own)
                {
                    yield return $"{file.Path} uses {table}, which belongs to {owner[..^1]}";
                }
                else if (use.Groups["create"].Success && !table.StartsWith(own, StringComparison.Ordinal))
                {
                    yield return $"{file.Path} makes {table}; its tables begin with {own}";
                }
            }
        }
    }

    private static string Prefix(string module) => module.ToLowerInvariant() + "_";

    private static string? Owner(SourceFile file) => file.Module ?? (file.Path.StartsWith("src/Kernel/", StringComparison.Ordinal) ? "Kernel"
        : file.Path.StartsWith("src/Server/", StringComparison.Ordinal) ? "Server" : null);

    [GeneratedRegex(@"\b(?:(?<create>CREATE\s+TABLE(?:\s+IF\s+NOT\s+EXISTS)?)|FROM|JOIN|INTO|UPDATE|ALTER\s+TABLE|DROP\s+TABLE|REFERENCES|(?:INDEX|TRIGGER)\s+(?:IF\s+NOT\s+EXISTS\s+)?\w+\s+ON)\s+(?<table>[a-z][a-z0-9_]*)")]
    private static partial Regex TableUse();

    // To the end of the line: C#'s and SQL's, but not the // of an address.
    [GeneratedRegex(@"(?<!:)//.*|--.*")]
    private static partial Regex Comment();
}

public sealed class TablePrefixTests
{
    [Fact]
    public void A_table_is_used_only_by_the_module_whose_prefix_it_carries() =>
        Rule.Holds(TablePrefixes.Faults(Repository.Files(".cs", ".sql"), Repository.Modules));

    [Theory]
    [InlineData("modules/Tracking/Runs/RunStore.cs", "tx.Query($\"SELECT name FROM identity_people\")", "uses identity_people")]
    [InlineData("modules/Tracking/Runs/RunStore.cs", "tx.Query($\"SELECT 1 FROM tracking_runs JOIN kernel_facts ON 1 = 1\")", "uses kernel_facts")]
    [InlineData("modules/Identity/Schema/0002_more.sql", "CREATE TABLE tracking_more (id TEXT)", "uses tracking_more")]
    [InlineData("modules/Identity/Schema/0002_more.sql", "CREATE TABLE people (id TEXT)", "makes people")]
    [InlineData("src/Kernel/Facts/FactLog.cs", "tx.Execute($\"DELETE FROM tracking_runs\")", "uses tracking_runs")]
    [InlineData("src/Server/Http/Health.cs", "tx.Execute($\"UPDATE identity_people SET name = ''\")", "uses identity_people")]
    public void A_use_of_anothers_table_is_found(string path, string text, string expected) =>
        Assert.Contains(expected, Assert.Single(TablePrefixes.Faults([new SourceFile(path, text)], ["Identity", "Tracking"])), StringComparison.Ordinal);

    [Theory]
    [InlineData("modules/Tracking/Runs/RunStore.cs", "WITH newest AS (SELECT 1 FROM tracking_runs) SELECT * FROM newest")]
    [InlineData("modules/Tracking/Runs/RunStore.cs", "// data FROM identity_people comes by the port")]
    [InlineData("modules/Tracking/Tests/RunTests.cs", "SELECT 1 FROM kernel_facts")]
    public void Own_tables_named_queries_comments_and_tests_may(string path, string text) =>
        Rule.Holds(TablePrefixes.Faults([new SourceFile(path, text)], ["Identity", "Tracking"]));
}
