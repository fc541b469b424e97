using System.Globalization;
using Slipway.Kernel;

namespace Slipway.Training.Design;

/// <summary>Fits the rules to the columns that are really there: finds levels and names terms, or says everything that does not go together.</summary>
internal static class FeaturePlan
{
    public static Result<IReadOnlyList<Feature>> Make(IReadOnlyList<FeatureRule> rules, IReadOnlyDictionary<string, Column> columns)
    {
        var faults = new List<Fault>();
        var features = new List<Feature>(rules.Count);
        foreach (var rule in rules)
        {
            if (!columns.TryGetValue(rule.Column, out var column))
            {
                faults.Add(new Fault($"{rule.Path}.column", $"The data has no column '{rule.Column}'; it has {string.Join(", ", columns.Keys.Order(StringComparer.Ordinal))}."));
            }
            else if (FaultOf(rule, column) is { } fault) { faults.Add(fault); }
            else { features.Add(FeatureOf(rule, column)); }
        }

        foreach (var feature in features.Where(feature => feature.Kind == TermKind.Category))
        {
            if (CategoryFault(feature) is { } fault) { faults.Add(fault); }
        }

        return faults.Count > 0 ? Problem.Invalid(faults) : features;
    }

    private static Fault? FaultOf(FeatureRule rule, Column column)
    {
        var missing = Enumerable.Range(0, column.Rows).Count(column.IsMissing);
        if (missing > 0)
        {
            return new Fault($"{rule.Path}.column", $"Column '{rule.Column}' has no value in {missing} of {column.Rows} rows; a model takes only whole rows: fill them or drop them before.");
        }

        if (column.Type != ColumnType.Number)
        {
            return rule.Bins is not null ? NeedsNumbers(rule, column, "bins") : rule.Log ? NeedsNumbers(rule, column, "transform") : null;
        }

        var infinite = Array.FindIndex(column.Numbers, double.IsInfinity);
        if (infinite >= 0) { return new Fault($"{rule.Path}.column", $"Column '{rule.Column}' holds {column.Numbers[infinite]} in row {infinite + 1}; only finite numbers can be fitted."); }

        var place = rule.Log ? Array.FindIndex(column.Numbers, value => value <= 0) : -1;
        return place < 0 ? null : new Fault(
            $"{rule.Path}.transform",
            string.Create(CultureInfo.InvariantCulture, $"Column '{rule.Column}' holds {column.Numbers[place]} in row {place + 1}; a logarithm needs numbers above 0."));
    }

    private static Fault NeedsNumbers(FeatureRule rule, Column column, string setting) => new(
        $"{rule.Path}.{setting}", $"Column '{rule.Column}' holds {(column.Type == ColumnType.Text ? "text" : "booleans")}; '{setting}' needs numbers.");

    private static Fault? CategoryFault(Feature feature)
    {
        var (rule, levels) = (feature.Rule, feature.Levels);
        if (levels.Count > Limits.CategoryLevels)
        {
            return new Fault($"{rule.Path}.column", $"Column '{rule.Column}' has {levels.Count} levels; a category may have {Limits.CategoryLevels}. Use bins, or group the rare ones before.");
        }

        return rule.Reference is { } reference && !levels.Contains(reference)
            ? new Fault($"{rule.Path}.reference", $"Column '{rule.Column}' never holds '{reference}'; it holds {string.Join(", ", levels.Select(level => $"'{level}'"))}.")
            : null;
    }

    private static Feature FeatureOf(FeatureRule rule, Column column)
    {
        if (rule.Bins is { } edges)
        {
            string[] groups = [.. Enumerable.Range(1, edges.Count).Select(index => Bins.NameOf(rule.Column, index, edges))];
            return new Feature(rule, column.Type, TermKind.Bins, [], null, groups);
        }

        if (rule.Positive is { } positive) { return new Feature(rule, column.Type, TermKind.Indicator, [], null, [$"{rule.Column} = {positive}"]); }

        if (column.Type == ColumnType.Number && !rule.Category)
        {
            return new Feature(rule, column.Type, TermKind.Number, [], null, [rule.Log ? $"log({rule.Column})" : rule.Column]);
        }

        var levels = LevelsOf(column);
        var reference = rule.Reference ?? levels.FirstOrDefault();
        return new Feature(rule, column.Type, TermKind.Category, levels, reference, [.. levels.Where(level => level != reference).Select(level => $"{rule.Column} = {level}")]);
    }

    private static string[] LevelsOf(Column column) => column.Type == ColumnType.Number
        ? [.. column.Numbers.Distinct().Order().Select(value => value.ToString("R", CultureInfo.InvariantCulture))]
        : [.. column.Texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
