using Slipway.Kernel;
using Slipway.Kernel.Search;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.Tests.Search;

public sealed class FilterParserTests
{
    [Theory]
    [InlineData("metrics.loss < 0.5", "Metric loss Less 0.5")]
    [InlineData("metric.loss>=-1e-3", "Metric loss GreaterOrEqual -0.001")]
    [InlineData("METRICS.loss > 1", null)]
    [InlineData("params.lr = '0.1'", "Param lr Equal 0.1")]
    [InlineData("parameters.lr != \"0.1\"", "Param lr NotEqual 0.1")]
    [InlineData("params.`opt name` = 'adam'", "Param opt name Equal adam")]
    [InlineData("params.\"opt name\" = 'adam'", "Param opt name Equal adam")]
    [InlineData("params.model.depth = '3'", "Param model.depth Equal 3")]
    [InlineData("params.Case = '1'", "Param Case Equal 1")]
    [InlineData("metrics.val/loss > 1", "Metric val/loss Greater 1")]
    [InlineData("tags.grp ILIKE 'EV%'", "Tag grp ILike EV%")]
    [InlineData("tags.grp like 'a_b'", "Tag grp Like a_b")]
    [InlineData("tags.x IS NULL", "Tag x IsNull ")]
    [InlineData("params.x is not null", "Param x IsNotNull ")]
    [InlineData("tags.q = 'it''s'", "Tag q Equal it's")]
    [InlineData("attributes.status = 'FINISHED'", "Attribute status Equal FINISHED")]
    [InlineData("run.`run name` = 'x'", "Attribute run_name Equal x")]
    [InlineData("attr.Created > 5", "Attribute start_time Greater 5")]
    [InlineData("start_time >= 1700000000000", "Attribute start_time GreaterOrEqual 1700000000000")]
    [InlineData("run_id IN ('a', \"b\")", "Attribute run_id In a|b")]
    [InlineData("attributes.run_id not in ('a')", "Attribute run_id NotIn a")]
    [InlineData("dataset.name = 'd'", "Dataset name Equal d")]
    [InlineData("  ", "")]
    [InlineData("params.a = 'x' and params.b = 'y' AND metrics.c > 1", "(Param a Equal x; Param b Equal y; Metric c Greater 1)")]
    [InlineData("metrics.a > 1 OR metrics.a < 0", "[Metric a Greater 1; Metric a Less 0]")]
    [InlineData("params.a = '1' OR params.b = '2' AND params.c = '3'", "[Param a Equal 1; (Param b Equal 2; Param c Equal 3)]")]
    [InlineData("(params.a = '1' or params.b = '2') AND NOT params.c = '3'", "([Param a Equal 1; Param b Equal 2]; not Param c Equal 3)")]
    [InlineData("NOT params.a = '1' AND params.b = '2'", "(not Param a Equal 1; Param b Equal 2)")]
    [InlineData("NOT(NOT((metrics.a>1)))", "not not Metric a Greater 1")]
    [InlineData("params.`or` = 'and' OR tags.not = ')'", "[Param or Equal and; Tag not Equal )]")]
    [InlineData("params.a NOT IN ('1') OR tags.b IN ('2', 'x')", "[Param a NotIn 1; Tag b In 2|x]")]
    [InlineData("attributes.run_name IN ('a')", "Attribute run_name In a")]
    [InlineData("metrics.a IS NULL OR end_time IS NOT NULL", "[Metric a IsNull ; Attribute end_time IsNotNull ]")]
    [InlineData("dataset.name IN ('a') AND dataset.digest IS NULL", "(Dataset name In a; Dataset digest IsNull )")]
    public void A_filter_becomes_its_clauses(string filter, string? clauses)
    {
        var parsed = FilterParser.Parse(filter, Fields.Runs);

        if (clauses is null) { Assert.Equal("filter", parsed.Problem?.Field); }
        else { Assert.Equal(clauses, Text(parsed.Value)); }
    }

    [Theory]
    [InlineData("metrics.a = 'x'", "Expected numeric value type for metric. Found 'x'")]
    [InlineData("metrics.a LIKE 'x'", "Expected numeric value type for metric. Found 'x'")]
    [InlineData("params.a = 1", "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 1")]
    [InlineData("params.a = abc", "not quoted")]
    [InlineData("params.a > 'x'", "Invalid comparator '>'")]
    [InlineData("metrics.a > 1;", "Expected numeric value type for metric. Found 1;")]
    [InlineData("metrics.a > 1 AND", "Invalid clause(s) in filter string: nothing stands after 'AND' at character 15; expected a comparison such as metrics.rmse < 1.")]
    [InlineData("(params.lr = '0.1' OR", "nothing stands after 'OR' at character 20; expected a comparison such as metrics.rmse < 1.")]
    [InlineData("metrics.a > 1 OR AND metrics.b > 2", "nothing stands before 'AND' at character 18; expected a comparison")]
    [InlineData("(metrics.a > 1 OR )", "nothing stands before ')' at character 19; expected a comparison")]
    [InlineData("metrics.a", "nothing stands after 'metrics.a' at character 1; expected a comparator such as =")]
    [InlineData("metrics.", "nothing stands after 'metrics.' at character 1; expected a comparison")]
    [InlineData("metrics.a > ", "nothing stands after '>' at character 11; expected a number.")]
    [InlineData("(metrics.a > )", "Invalid clause(s) in filter string: 'metrics.a > )'")]
    [InlineData("NOT params.a like", "nothing stands after 'like' at character 14; expected a text in quotes such as 'my-value'.")]
    [InlineData("params.a is", "nothing stands after 'is' at character 10; expected NULL or NOT NULL.")]
    [InlineData("params.a IS NOT", "nothing stands after 'NOT' at character 13; expected NULL.")]
    [InlineData("params.a NOT", "nothing stands after 'NOT' at character 10; expected IN.")]
    [InlineData("params.a IN", "nothing stands after 'IN' at character 10; expected a list of texts such as ('a', 'b').")]
    [InlineData("params.a IN ('x'", "nothing stands after 'x' at character 14; expected ',' or ')'.")]
    [InlineData("params.a IN ('x',", "nothing stands after ',' at character 17; expected a text in quotes")]
    [InlineData("params.a = 'x", "not quoted")]
    [InlineData("params.`a = 'x'", "Invalid clause(s) in filter string")]
    [InlineData("foo.bar = 'x'", "Invalid entity type 'foo'")]
    [InlineData("attributes.nope = 'x'", "Invalid attribute key 'nope'")]
    [InlineData("run_id IN ()", "got empty list")]
    [InlineData("run_id IN ('a', 1)", "While parsing a list")]
    [InlineData("metrics.a IN ('1')", "Invalid comparator 'IN' for metric")]
    [InlineData("start_time NOT IN (1)", "Invalid comparator 'NOT IN' for attribute 'start_time'")]
    [InlineData("metrics.b > 1 AND (metrics.a > 1", "The parenthesis at character 19 of the filter is not closed")]
    [InlineData("metrics.a > 1)", "Invalid clause(s) in filter string: ')'")]
    [InlineData(" ( )", "the parentheses at character 2 are empty; expected a comparison such as metrics.rmse < 1.")]
    [InlineData("(metrics.a > 1 metrics.b > 2)", "Invalid clause(s) in filter string: 'metrics.b'")]
    [InlineData("metrics.a > 1 XOR metrics.b > 2", "Invalid clause(s) in filter string: 'XOR'")]
    [InlineData("NOT", "nothing stands after 'NOT' at character 1; expected a comparison")]
    [InlineData("start_time = 'x'", "Expected numeric value type for numeric attribute: start_time")]
    [InlineData("'; DROP TABLE tracking_runs; --", "Invalid clause(s) in filter string")]
    public void A_fault_says_what_is_wrong(string filter, string message) =>
        Assert.Contains(message, FilterParser.Parse(filter, Fields.Runs).Problem!.Detail, StringComparison.Ordinal);

    [Theory, InlineData("LIKE", 'x', 1), InlineData("LIKE", 'ü', 2), InlineData("ILIKE", '€', 3)]
    public void A_pattern_is_as_long_as_the_databases_compare(string comparator, char character, int bytes)
    {
        var most = new string(character, Limits.FilterPatternBytes / bytes);

        Assert.Null(FilterParser.Parse($"params.a {comparator} '{most}'", Fields.Runs).Problem);
        Assert.Null(FilterParser.Parse($"params.a = '{most}{most}'", Fields.Runs).Problem);
        Assert.Contains(
            $"Invalid pattern for parameter: it has {(most.Length + 1) * bytes} bytes; at most 16000", FilterParser.Parse($"params.a {comparator} '{most}{character}'", Fields.Runs).Problem!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FINISHED", "FINISHED", true)]
    [InlineData("FINISHED", "finished", false)]
    [InlineData("FINISHED", "%I_H%", true)]
    [InlineData("FINISHED", "%ISHE", false)]
    [InlineData("FINISHED", "%%_______%_", true)]
    [InlineData("FINISHED", "_________", false)]
    [InlineData("aab", "%ab", true)]
    [InlineData("abab", "a%b%b", true)]
    [InlineData("a.b", "a.b%%", true)]
    [InlineData("axb", "a.b", false)]
    [InlineData("", "%", true)]
    [InlineData("", "_", false)]
    public void A_pattern_compares_as_in_the_databases(string text, string pattern, bool fits)
    {
        Assert.Equal(fits, Comparisons.IsLike(text, pattern, ignoreCase: false));
        Assert.True(!fits || Comparisons.IsLike(text.ToLowerInvariant(), pattern.ToUpperInvariant(), ignoreCase: true));
    }

    [Theory]
    [InlineData("metrics.loss", "Metric loss")]
    [InlineData("metrics.`a b` DESC", "Metric a b DESC")]
    [InlineData("attributes.start_time desc", "Attribute start_time DESC")]
    [InlineData("run_name ASC", "Attribute run_name")]
    public void An_order_becomes_field_and_direction(string order, string text)
    {
        var one = Assert.Single(OrderParser.Parse([order], Fields.Runs).Value);

        Assert.Equal(text, $"{one.Field.Kind} {one.Field.Name}{(one.Descending ? " DESC" : "")}");
    }

    [Theory, InlineData("metrics.a SIDEWAYS"), InlineData("metrics.a DESC, metrics.b"), InlineData(""), InlineData("nope.a"), InlineData("dataset.name")]
    public void A_bad_order_is_refused(string order) => Assert.Equal("order_by", OrderParser.Parse([order], Fields.Runs).Problem?.Field);

    [Theory, InlineData("abc"), InlineData("!!!"), InlineData("eyJvZmZzZXQiOi01fQ=="), InlineData("e30="), InlineData("WzFd"), InlineData("eyJvZmZzZXQiOiJ4In0="), InlineData("eyJhZnRlciI6IiJ9"), InlineData("eyJhZnRlciI6NX0=")]
    public void A_page_token_of_somebody_else_is_refused(string token) => Assert.Equal("page_token", PageToken.Parse(token).Problem?.Field);

    [Fact]
    public void A_page_token_comes_back()
    {
        foreach (var token in (PageToken[])[new(0), new(100), new(0, "01a2005b10b67000ba36513103145f3c")]) { Assert.Equal(token, PageToken.Parse(token.ToString()).Value); }
    }

    private static string Text(Filter filter) => filter switch
    {
        ClauseFilter clause => Text(clause.Condition),
        AllFilter { Parts.Count: 0 } => "",
        AllFilter all => $"({string.Join("; ", all.Parts.Select(Text))})",
        AnyFilter any => $"[{string.Join("; ", any.Parts.Select(Text))}]",
        NotFilter not => $"not {Text(not.Part)}",
        _ => throw new InvalidOperationException(filter.GetType().Name),
    };

    private static string Text(Condition condition) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{condition.Field.Kind} {condition.Field.Name} {condition.Comparator} {(condition.List.Count > 0 ? string.Join('|', condition.List) : condition.Text.Length > 0 ? condition.Text : Fields.Runs.IsNumber(condition.Field) && condition.Comparator is not (Comparator.IsNull or Comparator.IsNotNull) ? condition.Number : "")}");
}
