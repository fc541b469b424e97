using System.Globalization;
using Slipway.Kernel.Mlflow;

namespace Slipway.Kernel.Search;

/// <summary>
/// Filters in MLflow's words and more: clauses <c>identifier comparator value</c> joined by AND, as there, and by OR, NOT and parentheses; IN for every text, IS NULL for everything. Text in
/// quotes, numbers bare, keys with other characters in backticks or double quotes. NOT binds before AND, AND before OR. Faults carry MLflow's sentences.
/// </summary>
public static class FilterParser
{
    // Of a piece that a fault names.
    private const int ShownChars = 60;

    /// <returns>What is asked; <see cref="Filter.Everything"/> for a blank filter.</returns>
    public static Result<Filter> Parse(string? filter, SearchFields fields)
    {
        if (string.IsNullOrWhiteSpace(filter)) { return Filter.Everything; }

        if (filter.Length > Limits.FilterChars) { return Invalid($"The filter has {filter.Length} characters; at most {Limits.FilterChars} are read."); }

        var lexer = new FilterLexer(filter);
        var clauses = 0;
        if (Any(ref lexer, fields, ref clauses, 0).Fails(out var problem, out var all)) { return problem; }

        return lexer.AtEnd ? all : BadClause(fields, FirstWord(lexer.Rest));
    }

    private static Result<Filter> Any(ref FilterLexer lexer, SearchFields fields, ref int clauses, int depth)
    {
        if (All(ref lexer, fields, ref clauses, depth).Fails(out var problem, out var part)) { return problem; }

        if (!lexer.TryWord("OR")) { return part; }

        var parts = new List<Filter> { part };
        do
        {
            if (All(ref lexer, fields, ref clauses, depth).Fails(out problem, out part)) { return problem; }

            parts.Add(part);
        }
        while (lexer.TryWord("OR"));

        return new AnyFilter(parts);
    }

    private static Result<Filter> All(ref FilterLexer lexer, SearchFields fields, ref int clauses, int depth)
    {
        if (One(ref lexer, fields, ref clauses, depth).Fails(out var problem, out var part)) { return problem; }

        if (!lexer.TryWord("AND")) { return part; }

        var parts = new List<Filter> { part };
        do
        {
            if (One(ref lexer, fields, ref clauses, depth).Fails(out problem, out part)) { return problem; }

            parts.Add(part);
        }
        while (lexer.TryWord("AND"));

        return new AllFilter(parts);
    }

    private static Result<Filter> One(ref FilterLexer lexer, SearchFields fields, ref int clauses, int depth)
    {
        if (depth > Limits.FilterDepth) { return Invalid($"The filter is nested more than {Limits.FilterDepth} deep; write it with fewer parentheses and NOTs."); }

        if (lexer.TryWord("NOT"))
        {
            return One(ref lexer, fields, ref clauses, depth + 1).Fails(out var wrong, out var turned) ? wrong : new NotFilter(turned);
        }

        if (lexer.TryChar('('))
        {
            var place = lexer.LastPlace;
            if (lexer.TryChar(')')) { return Unfinished($"the parentheses at character {place} are empty", $"a comparison such as {fields.Example}"); }

            if (Any(ref lexer, fields, ref clauses, depth + 1).Fails(out var inner, out var group)) { return inner; }

            return lexer.TryChar(')') ? group
                : lexer.AtEnd ? Invalid($"The parenthesis at character {place} of the filter is not closed; ')' is missing at its end.")
                : BadClause(fields, FirstWord(lexer.Rest));
        }

        if (++clauses > Limits.FilterClauses) { return Invalid($"The filter has more than {Limits.FilterClauses} clauses; narrow it in another way."); }

        return Clause(ref lexer, fields).Fails(out var problem, out var condition) ? problem : new ClauseFilter(condition);
    }

    private static Result<Condition> Clause(ref FilterLexer lexer, SearchFields fields)
    {
        var clause = lexer.Rest;
        if (MissingBefore(ref lexer, fields) is { } missing) { return missing; }

        if (!lexer.TryIdentifier(out var prefix, out var key)) { return Ends(ref lexer, $"a comparison such as {fields.Example}") ?? BadClause(fields, clause); }

        if (FieldOf(prefix, key, fields, toOrder: false).Fails(out var problem, out var field)) { return problem; }

        if (!lexer.TryComparator(out var comparator))
        {
            return Ends(ref lexer, RestOf(comparator)) ?? BadClause(fields, clause);
        }

        return comparator switch
        {
            Comparator.IsNull or Comparator.IsNotNull => new Condition(field, comparator),
            Comparator.In or Comparator.NotIn => InList(ref lexer, fields, field, comparator),
            _ when fields.IsNumber(field) => WithNumber(ref lexer, fields, field, comparator, clause),
            _ => WithText(ref lexer, fields, field, comparator, clause),
        };
    }

    internal static Result<Field> FieldOf(string? prefix, string key, SearchFields fields, bool toOrder)
    {
        var kind = FieldKind.Attribute;
        if (prefix is not null && !fields.Prefixes.TryGetValue(prefix, out kind))
        {
            return Invalid($"Invalid entity type '{prefix}'. Valid values are {fields.Kinds}");
        }

        if (kind == FieldKind.Dataset && key is not ("name" or "digest" or "context"))
        {
            return Invalid($"Invalid dataset key '{key}' specified. Valid keys are ['name', 'digest', 'context']");
        }

        if (kind != FieldKind.Attribute) { return new Field(kind, key); }

        return fields.Attribute(key, toOrder) is { } attribute
            ? new Field(kind, attribute)
            : Invalid($"Invalid attribute key '{key}' specified. Valid keys are {fields.ValidAttributes}");
    }

    private static Result<Condition> WithNumber(ref FilterLexer lexer, SearchFields fields, Field field, Comparator comparator, string clause)
    {
        if (Ends(ref lexer, "a number") is { } ends) { return ends; }

        var found = lexer.TryText(out var text) ? $"'{text}'" : lexer.BareValue();
        if (found.Length == 0) { return BadClause(fields, clause); }

        if (found.StartsWith('\'') || !double.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || double.IsNaN(number))
        {
            return Invalid(field.Kind == FieldKind.Metric
                ? $"Expected numeric value type for metric. Found {found}"
                : $"Expected numeric value type for numeric attribute: {field.Name}. Found {found}");
        }

        return comparator is Comparator.Like or Comparator.ILike
            ? Invalid($"Invalid comparator '{Sign(comparator)}' not one of '{{'>', '>=', '=', '!=', '<', '<='}}' for {NameOf(field)}")
            : new Condition(field, comparator) { Number = number };
    }

    private static Result<Condition> WithText(ref FilterLexer lexer, SearchFields fields, Field field, Comparator comparator, string clause)
    {
        if (Ends(ref lexer, "a text in quotes such as 'my-value'") is { } ends) { return ends; }

        if (!lexer.TryText(out var text))
        {
            var found = lexer.BareValue();
            return found.Length == 0 ? BadClause(fields, clause)
                : double.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? Invalid($"Expected a quoted string value for {NameOf(field)} (e.g. 'my-value'). Got value {found}")
                : Invalid($"Parameter value is either not quoted or unidentified quote types used for string value {found}. Use either single or double quotes.");
        }

        if (comparator is Comparator.Like or Comparator.ILike && System.Text.Encoding.UTF8.GetByteCount(text) is > Limits.FilterPatternBytes and var bytes)
        {
            return Invalid($"Invalid pattern for {NameOf(field)}: it has {bytes} bytes; at most {Limits.FilterPatternBytes} are compared by {Sign(comparator)}.");
        }

        return comparator is Comparator.Equal or Comparator.NotEqual or Comparator.Like or Comparator.ILike
            ? new Condition(field, comparator) { Text = text }
            : Invalid($"Invalid comparator '{Sign(comparator)}' not one of '{{'=', '!=', 'LIKE', 'ILIKE'}}' for {NameOf(field)}");
    }

    private static Result<Condition> InList(ref FilterLexer lexer, SearchFields fields, Field field, Comparator comparator)
    {
        if (fields.IsNumber(field)) { return Invalid($"Invalid comparator '{Sign(comparator)}' for {NameOf(field)}: a list is compared with texts, not with numbers."); }

        var values = new List<string>();
        if (!lexer.TryChar('(')) { return Ends(ref lexer, "a list of texts such as ('a', 'b')") ?? BadClause(fields, lexer.Rest); }

        while (lexer.TryText(out var value))
        {
            values.Add(value);
            if (!lexer.TryChar(',')) { break; }
        }

        if (!lexer.TryChar(')'))
        {
            return Ends(ref lexer, values.Count > 0 && lexer.Last != "," ? "',' or ')'" : "a text in quotes such as 'my-value'") ?? Invalid($"While parsing a list in the query, expected string value, punctuation, or whitespace, but got different type in list: ({lexer.Rest}");
        }

        return values.Count == 0
            ? Invalid("While parsing a list in the query, expected a non-empty list of string values, but got empty list")
            : new Condition(field, comparator) { List = values };
    }

    /// <summary>The fault of AND, OR or a closing parenthesis where a comparison should stand; null when none stands here.</summary>
    private static Problem? MissingBefore(ref FilterLexer lexer, SearchFields fields) =>
        lexer.TryWord("AND") || lexer.TryWord("OR") || lexer.TryChar(')')
            ? Unfinished($"nothing stands before '{lexer.Last}' at character {lexer.LastPlace}", $"a comparison such as {fields.Example}")
            : null;

    /// <summary>The fault of a filter that ends here; null when it goes on.</summary>
    private static Problem? Ends(ref FilterLexer lexer, string expected)
    {
        if (!lexer.AtEnd) { return null; }

        var last = KeyRules.Cut(lexer.Last, ShownChars);
        return Unfinished($"nothing stands after {(last.Contains('\'', StringComparison.Ordinal) ? last : $"'{last}'")} at character {lexer.LastPlace}", expected);
    }

    // What was read of a comparator says what is left of it.
    private static string RestOf(Comparator begun) => begun switch
    {
        Comparator.IsNull => "NULL or NOT NULL",
        Comparator.IsNotNull => "NULL",
        Comparator.NotIn => "IN",
        _ => "a comparator such as =, >, LIKE, IN or IS NULL",
    };

    private static Problem Unfinished(string what, string expected) => Invalid($"Invalid clause(s) in filter string: {what}; expected {expected}.");

    private static string NameOf(Field field) => field.Kind switch
    {
        FieldKind.Metric => "metric",
        FieldKind.Param => "parameter",
        FieldKind.Tag => "tag",
        FieldKind.Dataset => "dataset",
        _ => $"attribute '{field.Name}'",
    };

    private static string Sign(Comparator comparator) => comparator switch
    {
        Comparator.Equal => "=",
        Comparator.NotEqual => "!=",
        Comparator.Less => "<",
        Comparator.LessOrEqual => "<=",
        Comparator.Greater => ">",
        Comparator.GreaterOrEqual => ">=",
        Comparator.Like => "LIKE",
        Comparator.ILike => "ILIKE",
        Comparator.In => "IN",
        Comparator.NotIn => "NOT IN",
        Comparator.IsNull => "IS NULL",
        _ => "IS NOT NULL",
    };

    private static string FirstWord(string rest) => rest.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";

    private static Problem BadClause(SearchFields fields, string clause) =>
        Invalid($"Invalid clause(s) in filter string: {(fields.QuotesClauses ? $"'{clause}'" : clause)}");

    private static Problem Invalid(string detail) => Problem.Invalid("filter", detail);
}
