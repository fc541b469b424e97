namespace Slipway.Kernel.Search;

/// <summary>Comparisons as SQL. Columns are fragments of ours; what users wrote is always a parameter.</summary>
public static class Comparisons
{
    /// <summary>Never true.</summary>
    public static Sql Nothing => $"1 = 0";

    public static Sql Literal(string text)
    {
        var sql = new Sql(text.Length, 0);
        sql.AppendLiteral(text);
        return sql;
    }

    /// <param name="column">Our own text, such as <c>r.name</c>.</param>
    public static Sql Text(ISqlDialect dialect, string column, Condition condition) => condition.Comparator switch
    {
        Comparator.Equal => $"{Literal(column)} = {condition.Text}",
        Comparator.NotEqual => $"{Literal(column)} <> {condition.Text}",
        Comparator.Like => dialect.Like(Literal(column), condition.Text),
        Comparator.ILike => dialect.LikeIgnoreCase(Literal(column), condition.Text),
        Comparator.In => $"{Literal(column)} IN (SELECT value FROM {dialect.TextList(condition.List)})",
        Comparator.NotIn => $"{Literal(column)} NOT IN (SELECT value FROM {dialect.TextList(condition.List)})",
        Comparator.IsNull => $"{Literal(column)} IS NULL",
        Comparator.IsNotNull => $"{Literal(column)} IS NOT NULL",
        _ => throw new InvalidOperationException($"{condition.Comparator} does not compare text."),
    };

    public static Sql Number(string column, Condition condition) => condition.Comparator switch
    {
        Comparator.Equal => $"{Literal(column)} = {condition.Number}",
        Comparator.NotEqual => $"{Literal(column)} <> {condition.Number}",
        Comparator.Less => $"{Literal(column)} < {condition.Number}",
        Comparator.LessOrEqual => $"{Literal(column)} <= {condition.Number}",
        Comparator.Greater => $"{Literal(column)} > {condition.Number}",
        Comparator.GreaterOrEqual => $"{Literal(column)} >= {condition.Number}",
        Comparator.IsNull => $"{Literal(column)} IS NULL",
        Comparator.IsNotNull => $"{Literal(column)} IS NOT NULL",
        _ => throw new InvalidOperationException($"{condition.Comparator} does not compare numbers."),
    };

    /// <summary>As the databases' LIKE: <c>%</c> any text, <c>_</c> one character.</summary>
    public static bool IsLike(string text, string pattern, bool ignoreCase)
    {
        // Where the last % stands, and up to where it stands for text: what does not fit makes it stand for one character more.
        var (at, wanted, any, covered) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (wanted < pattern.Length && pattern[wanted] == '%') { (any, covered) = (wanted++, at); }
            else if (wanted < pattern.Length && (pattern[wanted] == '_' || Same(text[at], pattern[wanted]))) { (at, wanted) = (at + 1, wanted + 1); }
            else if (any >= 0) { (at, wanted) = (++covered, any + 1); }
            else { return false; }
        }

        return pattern.AsSpan(wanted).TrimStart('%').IsEmpty;

        bool Same(char one, char other) => one == other || (ignoreCase && char.ToLowerInvariant(one) == char.ToLowerInvariant(other));
    }
}
