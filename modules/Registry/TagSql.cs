using Slipway.Kernel;
using Slipway.Kernel.Search;

namespace Slipway.Registry;

/// <summary>Conditions on tags as SQL, for models and versions alike.</summary>
internal static class TagSql
{
    /// <summary>The conditions that hold of ordinary tags and attributes; whether prompts are asked for is <see cref="Prompts"/>.</summary>
    public static IEnumerable<Condition> Ordinary(IReadOnlyList<Condition> conditions) => conditions.Where(condition => !IsPromptMark(condition));

    /// <param name="from">The tags of the row: <c>FROM … t WHERE …</c>.</param>
    public static Sql Of(ISqlDialect dialect, Condition condition, Sql from) => condition.Comparator switch
    {
        Comparator.IsNull => $"NOT EXISTS (SELECT 1 {from} AND t.name = {condition.Field.Name})",
        Comparator.IsNotNull => $"EXISTS (SELECT 1 {from} AND t.name = {condition.Field.Name})",
        _ => $"EXISTS (SELECT 1 {from} AND t.name = {condition.Field.Name} AND {Comparisons.Text(dialect, "t.value", condition)})",
    };

    /// <summary>
    /// Prompts alone when a filter says <c>= 'true'</c> or <c>!= 'false'</c> of their mark, and none of them otherwise: the mark is missing on what is no prompt.
    /// </summary>
    public static Sql Prompts(IReadOnlyList<Condition> conditions, Sql from) =>
        conditions.Any(condition => IsPromptMark(condition) && condition.Comparator == Comparator.Equal == (condition.Text == "true"))
            ? (Sql)$"EXISTS (SELECT 1 {from} AND t.name = {Tags.IsPrompt} AND LOWER(t.value) = 'true')"
            : (Sql)$"NOT EXISTS (SELECT 1 {from} AND t.name = {Tags.IsPrompt} AND LOWER(t.value) = 'true')";

    private static bool IsPromptMark(Condition condition) =>
        condition is { Field: { Kind: FieldKind.Tag, Name: Tags.IsPrompt }, Comparator: Comparator.Equal or Comparator.NotEqual, Text: "true" or "false" };
}
