using System.Reflection;
using Slipway.Kernel;

namespace Slipway.Architecture.Tests;

/// <summary>One table of limits: what the code enforces, what the table lists and what docs/limits.md prints are the same figures.</summary>
public sealed class LimitTests
{
    [Fact]
    public void Every_limit_in_the_code_is_a_row_of_the_table()
    {
        var values = typeof(Limits).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => Convert.ToInt64(field.GetRawConstantValue(), null)).Order();

        Assert.Equal(values, LimitTable.Rows.Select(row => row.Value).Order());
    }

    [Fact, Trait("golden", "yes")]
    public void The_table_is_printed_in_the_docs_as_it_is() => Golden.Matches("docs/limits.md", Page(LimitTable.Rows));

    [Fact]
    public void Another_figure_in_the_docs_is_found() => Assert.NotNull(Golden.Fault(
        "docs/limits.md", Page([new("page", 100, "rows", "handlers", "400")]), Page([new("page", 1_000, "rows", "handlers", "400")])));

    private static string Page(IEnumerable<LimitRow> rows) =>
        $"""
        # Limits

        Written by `./slipway refresh` from `LimitTable` in the code; tests walk the same table. At the edge of a foreign protocol that protocol's own
        limit wins. A refusal is a problem document that names the limit and the value that was sent.

        | what | limit | unit | enforced by | an excess is answered with |
        |---|---|---|---|---|
        {string.Join('\n', rows.Select(row => FormattableString.Invariant($"| {row.Name} | {row.Value:N0} | {row.Unit} | {row.EnforcedBy} | {row.Answer} |")))}

        """;
}
