using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>A page that names a test as evidence names one that exists, and docs/security.md has a row for every attack class and every promise.</summary>
public sealed partial class EvidenceTests
{
    private const string Security = "docs/security.md";

    [Fact]
    public void Every_test_that_the_docs_name_exists() => Rule.Holds(Repository.Files(".md").SelectMany(page => Missing(page, Known(Repository.Files("Tests.cs")))));

    [Fact]
    public void Every_attack_class_and_every_promise_has_a_row() => Rule.Holds(
        Enumerable.Range(1, 15).Select(number => $"| H{number} |").Concat(Enumerable.Range(1, 10).Select(number => $"| P{number} |"))
            .Where(row => !Repository.Read(Security).Contains("\n" + row, StringComparison.Ordinal)));

    [Fact]
    public void A_row_without_a_test_says_so() => Rule.Holds(Unproved(Repository.Read(Security)));

    [Fact]
    public void A_lost_test_and_a_silent_row_are_found()
    {
        var known = Known([new SourceFile("tests/ATests.cs", "public sealed class ATests\n{\n    public void It_holds()\n    {\n    }\n}\n")]);

        Assert.Equal(["docs/a.md: ATests.It_held"], Missing(new SourceFile("docs/a.md", "`ATests.It_holds` and `ATests.It_held`"), known));
        Assert.Equal(["| H1 | paths |"], Unproved("| H1 | paths |\n| H2 | hosts | not yet |\n| P1 | kept | `ATests.It_holds` |\n"));
    }

    private static IEnumerable<string> Missing(SourceFile page, HashSet<string> known) => Named().Matches(page.Text)
        .Select(match => match.Groups["test"].Value).Where(test => !known.Contains(test)).Select(test => $"{page.Path}: {test}");

    private static IEnumerable<string> Unproved(string page) => page.Split('\n')
        .Where(line => ProofRow().IsMatch(line) && !Named().IsMatch(line) && !line.Contains("not yet", StringComparison.Ordinal));

    private static HashSet<string> Known(IEnumerable<SourceFile> files) => [.. from file in files
                                                                              from Match type in TestClass().Matches(file.Text)
                                                                              from Match method in Method().Matches(file.Text)
                                                                              select $"{type.Groups["name"].Value}.{method.Groups["name"].Value}"];

    [GeneratedRegex(@"`(?<test>\w+Tests\.\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| [HP]\d+ \|")]
    private static partial Regex ProofRow();

    [GeneratedRegex(@"\bclass (?<name>\w+Tests)\b")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"\b(?:Task|void) (?<name>\w+)\(")]
    private static partial Regex Method();
}
