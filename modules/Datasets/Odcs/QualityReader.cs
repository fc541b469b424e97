using YamlDotNet.RepresentationModel;

namespace Slipway.Datasets.Odcs;

/// <summary>Reads one rule of a <c>quality</c> list. Library rules are checked; text, SQL and foreign engines are shown as not checked.</summary>
internal static class QualityReader
{
    private static readonly Dictionary<string, QualityMetric> Metrics = new(StringComparer.Ordinal)
    {
        ["nullValues"] = QualityMetric.NullValues, ["missingValues"] = QualityMetric.MissingValues, ["invalidValues"] = QualityMetric.InvalidValues,
        ["duplicateValues"] = QualityMetric.DuplicateValues, ["rowCount"] = QualityMetric.RowCount,
    };

    private static readonly Dictionary<string, Operator> Operators = Enum.GetValues<Operator>().ToDictionary(op => char.ToLowerInvariant(op.ToString()[0]) + op.ToString()[1..], StringComparer.Ordinal);
    private static readonly Dictionary<string, Severity> Severities = new(StringComparer.Ordinal) { ["error"] = Severity.Error, ["warning"] = Severity.Warning, ["info"] = Severity.Info };
    private static readonly Dictionary<string, bool> Measures = new(StringComparer.Ordinal) { ["rows"] = false, ["percent"] = true };

    private static readonly string[] Known =
    [
        "id", "name", "description", "dimension", "businessImpact", "method", "scheduler", "schedule", "tags", "customProperties", "authoritativeDefinitions", "type", "query", "engine", "implementation", "rule",
    ];

    /// <param name="columns">The table's columns for a rule on the table; null for a rule on one column.</param>
    public static QualityRule Read(YamlObject rule, IReadOnlySet<string>? columns)
    {
        var severity = rule.OneOf("severity", Severities) ?? Severity.Error;
        var text = rule.Text("description") ?? rule.Text("name");
        var type = rule.Text("type") ?? "library";
        if (type is "text" or "sql" or "custom") { return new QualityRule(QualityMetric.NotChecked, Threshold.None, severity, text ?? $"A rule of type {type}."); }

        if (type != "library") { rule.Wrong("type", $"is '{type}'; it may be library, text, sql, custom"); }

        var metric = rule.OneOf("metric", Metrics, required: true);
        var arguments = rule.Object("arguments");
        var read = new QualityRule(metric ?? QualityMetric.NotChecked, Bound(rule), severity, text)
        {
            ValidValues = arguments?.Has("validValues") == true ? arguments.Texts("validValues") : null,
            Pattern = arguments is null ? null : TypeOptionsReader.Pattern(arguments, "pattern"),
            MissingValues = arguments?.Texts("missingValues") ?? [],
            Properties = arguments?.Texts("properties") ?? [],
        };
        arguments?.RefuseOthers();
        Fits(rule, read, columns);
        rule.RefuseOthers([.. Known, .. Operators.Keys, "unit"]);
        return read;
    }

    private static Threshold Bound(YamlObject rule)
    {
        var percent = rule.OneOf("unit", Measures) ?? false;
        var given = Operators.Where(op => rule.Has(op.Key)).ToList();
        if (given.Count != 1)
        {
            rule.Wrong("metric", given.Count == 0 ? $"has no bound; add one of {string.Join(", ", Operators.Keys)}" : $"has {given.Count} bounds ({string.Join(", ", given.Select(op => op.Key))}); one rule has one");
            return Threshold.None;
        }

        var (name, kind) = given[0];
        if (kind is not (Operator.MustBeBetween or Operator.MustNotBeBetween))
        {
            var bound = rule.Number(name) ?? 0;
            return new Threshold(kind, bound, bound, percent);
        }

        var bounds = rule.List(name).Select(item => YamlObject.NumberOf(item.Node)).ToList();
        if (bounds is [{ } low, { } high] && low <= high) { return new Threshold(kind, low, high, percent); }

        rule.Wrong(name, "is no list of two numbers, the smaller first");
        return Threshold.None;
    }

    private static void Fits(YamlObject rule, QualityRule read, IReadOnlySet<string>? columns)
    {
        switch (read.Metric)
        {
            case QualityMetric.InvalidValues when read.ValidValues is null && read.Pattern is null:
                rule.Wrong("arguments", "is missing: invalidValues needs validValues or a pattern");
                break;
            case QualityMetric.RowCount when columns is null:
                rule.Wrong("metric", "is rowCount, which belongs to the quality list of the table");
                break;
            case QualityMetric.DuplicateValues when columns is not null && (read.Properties.Count == 0 || !read.Properties.All(columns.Contains)):
                rule.Wrong("arguments", $"needs properties: names of columns of the table{(read.Properties.FirstOrDefault(name => !columns.Contains(name)) is { } unknown ? $"; '{unknown}' is none" : "")}");
                break;
            case QualityMetric.NullValues or QualityMetric.MissingValues or QualityMetric.InvalidValues when columns is not null:
                rule.Wrong("metric", "concerns one column; move it to that property's quality list");
                break;
        }
    }
}
