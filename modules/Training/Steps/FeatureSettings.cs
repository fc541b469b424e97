using Slipway.Kernel.Yaml;
using Slipway.Pipelines.Ports;
using Slipway.Training.Design;

namespace Slipway.Training.Steps;

/// <summary>Reads features and label of a step's settings; faults stay in the reader.</summary>
internal static class FeatureSettings
{
    private const int MostFeatures = 500;
    private const int MostEdges = 50;
    private static readonly string[] Transforms = ["log"];

    public static IReadOnlyList<FeatureRule> Features(YamlSettings settings)
    {
        var sections = settings.Sections("features", required: true, maxItems: MostFeatures) ?? [];
        if (settings.Has("features") && sections.Count == 0) { settings.Fault("features", $"'{settings.Path}.features' is empty or faulty; it lists at least one feature, such as {{ column: income }}."); }

        var rules = sections.Select(Feature).OfType<FeatureRule>().ToList();
        foreach (var again in rules.GroupBy(rule => rule with { Path = "", Bins = null }).Where(group => group.Count() > 1 && group.All(rule => rule.Bins is null)))
        {
            settings.Fault("features", $"Feature '{again.Key.Column}' stands there {again.Count()} times in the same form; once is enough.");
        }

        return rules;
    }

    public static LabelRule? Label(YamlSettings settings, bool? binary, bool required)
    {
        if (settings.Section("label", required) is not { } section) { return null; }

        var column = section.Text("column", required: true, maxChars: 250);
        var positive = section.Text("positive", required: binary == true);
        var log = section.Word("transform", Transforms) is not null;
        if (binary == false && positive is not null) { section.Fault("positive", $"'{section.Path}.positive' is for logistic models; a linear one predicts the number itself."); }

        if (log && positive is not null) { section.Fault("transform", $"'{section.Path}.transform' does not go with 'positive': a yes or no has no logarithm."); }

        return column is null ? null : new LabelRule(column, positive, log);
    }

    private static FeatureRule? Feature(YamlSettings section)
    {
        var column = section.Text("column", required: true, maxChars: 250);
        var bins = section.Numbers("bins", maxItems: MostEdges);
        var positive = section.Text("positive");
        var reference = section.Text("reference");
        var category = section.Flag("category") ?? false;
        var log = section.Word("transform", Transforms) is not null;
        if (bins is { Count: 0 }) { section.Fault("bins", $"'{section.Path}.bins' is empty; it lists edges in rising order, such as [0.8, 0.95]."); }

        for (var i = 1; i < (bins?.Count ?? 0); i++)
        {
            if (bins![i] <= bins[i - 1]) { section.Fault("bins", FormattableString.Invariant($"'{section.Path}.bins' has {bins[i]} after {bins[i - 1]}; edges rise.")); }
        }

        string[] forms = [.. new[] { bins is null ? null : "bins", positive is null ? null : "positive", category || reference is not null ? "category" : null, log ? "transform" : null }.OfType<string>()];
        if (forms.Length > 1) { section.Fault(forms[1], $"'{section.Path}' has {string.Join(" and ", forms)}; a feature takes one form. Name the column twice for two."); }

        return column is null ? null : new FeatureRule(column) { Bins = bins, Positive = positive, Reference = reference, Category = category || reference is not null, Log = log, Path = section.Path };
    }
}
