using Slipway.Kernel;
using Slipway.Kernel.Search;

namespace Slipway.Registry;

/// <summary>Conditions on tags as SQL. What an index can answer is asked once and not for each row.</summary>
/// <param name="Table">Of the tags.</param>
/// <param name="Keys">Columns of the table, as <c>t</c>, that say whose tag it is.</param>
/// <param name="Row">The same of the rows searched.</param>
internal sealed record TagSql(string Table, string Keys, string Row)
{
    // What the indexes on values hold: a PostgreSQL index row has no room for long ones.
    private const int HeadChars = 100;

    /// <summary>Of models, as <c>m</c>.</summary>
    public static readonly TagSql OfModels = new("registry_model_tags", "t.model_id", "m.model_id");

    /// <summary>Of versions, as <c>v</c>.</summary>
    public static readonly TagSql OfVersions = new("registry_version_tags", "t.model_id, t.version", "v.model_id, v.version");

    /// <summary>
    /// <c>AND (…)</c> for a filter. Prompts alone are found by a clause that says <c>= 'true'</c> or <c>!= 'false'</c> of their mark, which is missing on what is no prompt; a filter
    /// that says nothing of the mark finds no prompts.
    /// </summary>
    public Sql And(Filter filter, Func<Condition, Sql> ordinary)
    {
        var asked = filter.AndSql(condition => IsPromptMark(condition) ? Prompts(condition.Comparator == Comparator.Equal == (condition.Text == "true")) : ordinary(condition));
        return filter.Mentions(IsPromptMark) ? asked : $"{asked} AND {Prompts(false)}";
    }

    public Sql Of(ISqlDialect dialect, Condition condition) => condition.Comparator switch
    {
        Comparator.IsNull => Whose(false, $"t.name = {condition.Field.Name}"),
        Comparator.IsNotNull => Whose(true, $"t.name = {condition.Field.Name}"),
        Comparator.Equal => Whose(true, $"t.name = {condition.Field.Name} AND {Equal(condition.Text)}"),
        _ => Whose(true, $"t.name = {condition.Field.Name} AND {Comparisons.Text(dialect, "t.value", condition)}"),
    };

    private Sql Prompts(bool some) => Whose(some, $"t.name = {Tags.IsPrompt} AND LOWER(t.value) = 'true'");

    private Sql Whose(bool some, Sql tag) =>
        $"({Comparisons.Literal(Row)}) {Comparisons.Literal(some ? "IN" : "NOT IN")} (SELECT {Comparisons.Literal(Keys)} FROM {Comparisons.Literal(Table)} t WHERE {tag})";

    // The empty text keeps SQLite from putting the value into substr, which would then no longer be the index's expression.
    private static Sql Equal(string value)
    {
        var chars = value.EnumerateRunes().Take(HeadChars).Sum(rune => rune.Utf16SequenceLength);
        return $"substr(t.value, 1, 100) = {value[..chars]} AND t.value || '' = {value}";
    }

    private static bool IsPromptMark(Condition condition) =>
        condition is { Field: { Kind: FieldKind.Tag, Name: Tags.IsPrompt }, Comparator: Comparator.Equal or Comparator.NotEqual, Text: "true" or "false" };
}
