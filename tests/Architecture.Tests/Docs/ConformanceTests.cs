using System.Globalization;
using System.Text;
using Slipway.Server;

namespace Slipway.Architecture.Tests;

/// <summary>How much of the recorded protocol may be answered otherwise than by MLflow, summed over all modules, and what is said of it in the docs.</summary>
public sealed class ConformanceTests
{
    private const double MostDifferences = 0.02;

    [Fact]
    public void Less_than_two_in_a_hundred_recorded_lines_may_differ_and_each_says_why()
    {
        Assert.True(Conformance.Differences < MostDifferences * Conformance.Lines, $"{Conformance.Differences} of {Conformance.Lines} recorded lines may differ; less than 2 % are allowed to.");
        Assert.All(Conformance.Groups.SelectMany(group => group.Differences), difference => Assert.True(difference.Reason.Length > 10, $"{difference.Name}: {difference.Reason}"));
    }

    [Fact, Trait("golden", "yes")]
    public void The_docs_count_the_recorded_lines_and_list_what_may_differ() => Golden.Matches("docs/reference/mlflow-conformance.md", Page());

    [Fact]
    public void The_guide_lists_each_area_of_the_protocol_that_comes_later()
    {
        var guide = Repository.Read("docs/mlflow.md");

        Assert.All(LaterGroups.All, group => Assert.Contains($"| {group.Area} |", guide, StringComparison.Ordinal));
    }

    private static string Page()
    {
        var page = new StringBuilder(
            $"""
            # Conformance with MLflow

            Written by `./slipway refresh` from the recorded exchanges with MLflow 3.11 that the tests replay in order, each group from an empty server, on SQLite and PostgreSQL.
            {Conformance.Differences} of {Conformance.Lines} lines may differ ({(100.0 * Conformance.Differences / Conformance.Lines).ToString("0.0", CultureInfo.InvariantCulture)} %). Accidents of MLflow are sent and not compared.

            | group | lines | accidents | may differ |
            |---|---|---|---|

            """);
        foreach (var group in Conformance.Groups) { page.Append(CultureInfo.InvariantCulture, $"| {group.Name} | {group.Lines} | {group.Accidents} | {group.Differences.Count} |\n"); }

        page.Append("\n| line | exchange | why it differs |\n|---|---|---|\n");
        foreach (var group in Conformance.Groups)
        {
            foreach (var difference in group.Differences) { page.Append(CultureInfo.InvariantCulture, $"| {group.Name}/{difference.Seq} | {difference.Name} | {difference.Reason} |\n"); }
        }

        return page.ToString();
    }
}
