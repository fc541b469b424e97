using System.Globalization;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Odcs;
using Slipway.Datasets.Tables;

namespace Slipway.Datasets.Checks;

/// <summary>The rules of a contract as SQL over a table, in the contract's order.</summary>
internal sealed class RuleCompiler(DataContract contract, TypedTable table)
{
    public IReadOnlyList<Rule> Rules() =>
    [
        .. contract.Columns.SelectMany(Column),
        .. table.Columns.Where(column => contract.Find(column.Name) is null).Select(Unknown),
        .. PrimaryKey(), .. contract.Quality.Select(OnTable),
    ];

    private IEnumerable<Rule> Column(ContractColumn column)
    {
        if (table.Find(column.Name) is not { } found)
        {
            var near = table.Columns.FirstOrDefault(other => string.Equals(other.Name.Trim(), column.Name, StringComparison.OrdinalIgnoreCase));
            yield return new Rule(column.Name, "present", "The file has this column.", Threshold.None, Severity.Error, null)
            {
                KnownCount = Math.Max(1, table.Rows), Hint = near is null ? null : $"The file has '{near.Name}': names are compared with their case.",
            };
            yield break;
        }

        if (column.Type is { } type) { yield return OnValues(found, "type", $"Every value is {Types.Words(type)}.", $"{found.Raw} IS NOT NULL AND {found.Typed} IS NULL"); }

        if (column.Required) { yield return OnValues(found, "required", "No value is missing.", $"{found.Raw} IS NULL"); }

        if (column.Unique) { yield return Duplicates(column.Name, "unique", "No value comes twice.", [found], Threshold.None, Severity.Error); }

        foreach (var rule in Options(column, found)) { yield return rule; }

        foreach (var rule in column.Quality) { yield return OnColumn(rule, found); }
    }

    private static IEnumerable<Rule> Options(ContractColumn column, TableColumn found)
    {
        var (options, value, unit) = (column.Options, found.Typed, column.Unit is { } known ? $" (unit {known.Text})" : "");
        (string Name, double? Bound, string Words, string Operator)[] bounds =
        [
            ("minimum", options.Minimum, "at least", "<"), ("exclusiveMinimum", options.ExclusiveMinimum, "above", "<="),
            ("maximum", options.Maximum, "at most", ">"), ("exclusiveMaximum", options.ExclusiveMaximum, "below", ">="),
        ];
        foreach (var (name, bound, words, broken) in bounds)
        {
            if (bound is not { } number) { continue; }

            // NaN lies in no range; SQL orders it above everything, so the lower bounds must ask for it.
            var nan = found.Target == "DOUBLE" && broken[0] == '<' ? $" OR isnan({value})" : "";
            yield return OnValues(found, name, $"Every value is {words} {Text(number)}{unit}.", $"({value} {broken} {DuckSql.Number(number)}{nan})") with { Range = (column, value) };
        }

        if (options.MultipleOf is { } step) { yield return OnValues(found, "multipleOf", $"Every value is a multiple of {Text(step)}{unit}.", $"abs({value} / {DuckSql.Number(step)} - round({value} / {DuckSql.Number(step)})) > 1e-9"); }

        if (options.MinLength is { } shortest) { yield return OnValues(found, "minLength", $"Every text has at least {shortest} characters.", $"length({value}) < {DuckSql.Number(shortest)}"); }

        if (options.MaxLength is { } longest) { yield return OnValues(found, "maxLength", $"Every text has at most {longest} characters.", $"length({value}) > {DuckSql.Number(longest)}"); }

        if (options.Pattern is { } pattern) { yield return OnValues(found, "pattern", $"Every text matches {pattern}.", Unmatched(value, pattern)); }

        if (options.Earliest is { } first) { yield return OnValues(found, "minimum", $"Nothing is before {first}.", $"{value} < CAST({DuckSql.Text(first)} AS {found.Target})"); }

        if (options.Latest is { } last) { yield return OnValues(found, "maximum", $"Nothing is after {last}.", $"{value} > CAST({DuckSql.Text(last)} AS {found.Target})"); }
    }

    private static Rule OnColumn(QualityRule rule, TableColumn column)
    {
        var name = char.ToLowerInvariant(rule.Metric.ToString()[0]) + rule.Metric.ToString()[1..];
        return rule.Metric switch
        {
            QualityMetric.NullValues => OnValues(column, name, Expectation(rule, "Missing values"), $"{column.Raw} IS NULL", rule),
            QualityMetric.MissingValues => OnValues(
                column, name, Expectation(rule, "Missing values"), $"({column.Raw} IS NULL OR CAST({column.Raw} AS VARCHAR) IN ({List(rule.MissingValues.Append(""))}))", rule),
            QualityMetric.InvalidValues => OnValues(
                column, "allowedValues", Expectation(rule, Allowed(rule)),
                string.Join(" OR ", new[] { rule.ValidValues is { } valid ? NotIn(column, valid) : null, rule.Pattern is { } pattern ? Unmatched($"CAST({column.Raw} AS VARCHAR)", pattern) : null }.Where(part => part is not null)), rule),
            QualityMetric.DuplicateValues => Duplicates(column.Name, name, Expectation(rule, "Values that came before"), [column], rule.Threshold, rule.Severity),
            _ => new Rule(column.Name, "text", rule.Text ?? "A rule in words.", rule.Threshold, rule.Severity, null),
        };
    }

    private Rule OnTable(QualityRule rule) => rule.Metric switch
    {
        QualityMetric.RowCount => new Rule(null, "rowCount", Expectation(rule, "The table has"), rule.Threshold, rule.Severity, null) { KnownCount = table.Rows },
        QualityMetric.DuplicateValues => Duplicates(
            null, "duplicateValues", Expectation(rule, $"Rows with {string.Join(", ", rule.Properties)} as in a row before"), Found(rule.Properties), rule.Threshold, rule.Severity),
        _ => new Rule(null, "text", rule.Text ?? "A rule in words.", rule.Threshold, rule.Severity, null),
    };

    private IEnumerable<Rule> PrimaryKey()
    {
        if (contract.PrimaryKey.Count == 0) { yield break; }

        var (columns, keys) = (Found(contract.PrimaryKey), string.Join(", ", contract.PrimaryKey));
        if (columns.Count != contract.PrimaryKey.Count) { yield break; }

        var column = columns.Count == 1 ? columns[0].Name : null;
        yield return new Rule(column, "primaryKey", $"The key ({keys}) is never missing.", Threshold.None, Severity.Error, string.Join(" OR ", columns.Select(key => $"{key.Raw} IS NULL"))) { Shown = Shown(columns) };
        yield return Duplicates(column, "primaryKey", $"The key ({keys}) comes once.", columns, Threshold.None, Severity.Error);
    }

    private static Rule Unknown(TableColumn column) =>
        new(column.Name, "known", "The contract describes this column.", Threshold.None, Severity.Warning, null) { KnownCount = 1, Hint = "Add it to the contract or leave it out of the file." };

    private static Rule OnValues(TableColumn column, string name, string expectation, string broken, QualityRule? rule = null) =>
        new(column.Name, name, expectation, rule?.Threshold ?? Threshold.None, rule?.Severity ?? Severity.Error, broken) { Shown = $"CAST({column.Raw} AS VARCHAR)" };

    private static Rule Duplicates(string? column, string name, string expectation, IReadOnlyList<TableColumn> keys, Threshold threshold, Severity severity)
    {
        var (list, present) = (string.Join(", ", keys.Select(key => key.Raw)), string.Join(" AND ", keys.Select(key => $"{key.Raw} IS NOT NULL")));
        return new Rule(
            column, name, expectation, threshold, severity, $"rn IN (SELECT rn FROM (SELECT rn, row_number() OVER (PARTITION BY {list} ORDER BY rn) AS n FROM v WHERE {present}) WHERE n > 1)") { Alone = true, Shown = Shown(keys) };
    }

    private static string Shown(IReadOnlyList<TableColumn> keys) =>
        keys.Count == 1 ? $"CAST({keys[0].Raw} AS VARCHAR)" : $"concat_ws(', ', {string.Join(", ", keys.Select(key => $"CAST({key.Raw} AS VARCHAR)"))})";

    private List<TableColumn> Found(IEnumerable<string> names) => [.. names.Select(table.Find).OfType<TableColumn>()];

    private static string Unmatched(string value, string pattern) => $"NOT regexp_full_match({value}, {DuckSql.Text(pattern)})";

    /// <summary>Numbers are compared as numbers (1 is 1.0), texts as they are.</summary>
    private static string NotIn(TableColumn column, IReadOnlyList<string> valid)
    {
        var numbers = valid.Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (double?)null).OfType<double>().ToList();
        return column.Kind is Contracts.ColumnKind.Integer or Contracts.ColumnKind.Number && numbers.Count == valid.Count && valid.Count > 0
            ? $"CAST({column.Typed} AS DOUBLE) NOT IN ({string.Join(", ", numbers.Select(DuckSql.Number))})"
            : $"CAST({column.Raw} AS VARCHAR) NOT IN ({List(valid.Count == 0 ? [""] : valid)})";
    }

    private static string List(IEnumerable<string> values) => string.Join(", ", values.Select(DuckSql.Text));

    private static string Allowed(QualityRule rule)
    {
        var values = rule.ValidValues is { } valid ? $"Values other than {string.Join(", ", valid.Take(12))}{(valid.Count > 12 ? $" and {valid.Count - 12} more" : "")}" : "Values";
        return rule.Pattern is { } pattern ? $"{values} that do not match {pattern}" : values;
    }

    private static string Expectation(QualityRule rule, string what) =>
        $"{(rule.Text is { } text ? text.TrimEnd('.') + ". " : "")}{what}: {rule.Threshold}.";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
