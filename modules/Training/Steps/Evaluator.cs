using System.Globalization;
using Slipway.Kernel;
using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Findings;
using Slipway.Training.Groups;
using Slipway.Training.Ports;
using Slipway.Training.Scores;

namespace Slipway.Training.Steps;

/// <summary>What is evaluated: scores of a file on columns with known outcomes.</summary>
/// <param name="Inputs">Names of the columns that the file takes.</param>
/// <param name="TrainingFindings">What the training rows said; listed again unless these rows say it too.</param>
internal sealed record EvaluationInput(
    string ModelDigest, string DataDigest, LabelRule Label, bool Binary, IReadOnlyDictionary<string, Column> Columns, IReadOnlyList<string> Inputs, double[] Scores,
    IReadOnlyList<FindingView> TrainingFindings);

/// <summary>Puts the report together; nothing is stored.</summary>
internal static class Evaluator
{
    // The four-fifths rule (29 CFR 1607.4 D), both ways.
    private const double LeastRatio = 0.8;
    private const double MostRatio = 1.25;

    public static Result<EvaluationReport> Run(EvaluateSettings settings, EvaluationInput input, CancellationToken ct)
    {
        if (Labels.Read(input.Label, input.Columns[input.Label.Column], input.Binary).Fails(out var problem, out var label)) { return problem; }

        if (GroupFaults(settings, input) is { Count: > 0 } faults) { return Problem.Invalid(faults); }

        if (!input.Binary && settings.Decision is not null) { return Problem.Invalid("with.threshold", "The model predicts a number, not a probability; leave 'threshold', 'decisions', 'favourable' and 'groups' out."); }

        var report = new EvaluationReport(
            input.Binary ? "binary" : "regression", input.ModelDigest, input.DataDigest, input.Scores.Length,
            new LabelView(input.Label.Column, input.Label.Positive, input.Label.Log ? "log" : null), new Dictionary<string, double?>(), [], []);
        return input.Binary ? Binary(report, settings, input, label, ct) : Regression(report, input, label);
    }

    private static List<Fault> GroupFaults(EvaluateSettings settings, EvaluationInput input)
    {
        var faults = new List<Fault>();
        for (var i = 0; i < settings.Groups.Count; i++)
        {
            var (column, reference) = (settings.Groups[i].Column, settings.Groups[i].Reference);
            var values = Enumerable.Range(0, input.Scores.Length).Select(input.Columns[column].TextAt).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            if (values.Count > Limits.CategoryLevels) { faults.Add(new Fault($"with.groups[{i}].column", $"Column '{column}' has {values.Count} values; at most {Limits.CategoryLevels} groups are compared.")); }
            else if (!values.Contains(reference))
            {
                faults.Add(new Fault($"with.groups[{i}].reference", $"Column '{column}' never holds '{reference}' in these rows; it holds {string.Join(", ", values.Select(value => $"'{value}'"))}."));
            }
        }

        return faults;
    }

    private static EvaluationReport Regression(EvaluationReport report, EvaluationInput input, double[] label) => report with
    {
        Metrics = RegressionMeasures.Of(input.Scores, label).ToDictionary(measure => measure.Name, measure => measure.Value, StringComparer.Ordinal),
        Findings = Single(input, label),
    };

    private static Result<EvaluationReport> Binary(EvaluationReport report, EvaluateSettings settings, EvaluationInput input, double[] label, CancellationToken ct)
    {
        var scores = input.Scores;
        var outside = Array.FindIndex(scores, score => score is < 0 or > 1);
        if (outside >= 0) { return Problem.Invalid("model", string.Create(CultureInfo.InvariantCulture, $"The model scores row {outside + 1} with {scores[outside]}; a probability lies between 0 and 1.")); }

        var decided = settings.Decision is null ? null : Array.ConvertAll(scores, score => score >= settings.Decision.Threshold);
        var measures = OutcomeMeasures.Binary(scores, label, decided, ct);
        report = report with { Metrics = measures.Metrics, Calibration = measures.Calibration, Confusion = measures.Confusion };
        if (settings.Decision is not { } decision) { return report with { Findings = Single(input, label) }; }

        List<GroupComparisonView> groups = [.. settings.Groups.Select(rule => Compare(rule, decision, input, label))];
        return report with { Decision = decision, Groups = groups, Findings = [.. Single(input, label), .. groups.SelectMany(Disparities)] };
    }

    private static GroupComparisonView Compare(GroupRule rule, DecisionView decision, EvaluationInput input, double[] label)
    {
        var high = decision.Favourable == decision.AtOrAbove;
        return GroupComparison.Of(
            rule, input.Columns[rule.Column], Array.ConvertAll(input.Scores, score => score >= decision.Threshold == high), Array.ConvertAll(label, value => value == 1 == high), input.Scores);
    }

    private static List<FindingView> Single(EvaluationInput input, double[] label)
    {
        var found = SingleFeature.Find(input.Inputs.Select(name => input.Columns[name]), label, input.Binary, "held-out rows");
        return [.. found, .. input.TrainingFindings.Where(earlier => !found.Any(finding => finding.Code == earlier.Code && finding.Subject == earlier.Subject))];
    }

    private static IEnumerable<FindingView> Disparities(GroupComparisonView comparison)
    {
        foreach (var contrast in comparison.Contrasts)
        {
            if (contrast.Decisions.Ratio is not { } ratio || ratio is >= LeastRatio and <= MostRatio) { continue; }

            yield return new FindingView(
                "selection_ratio", "warning", $"{comparison.Column} = {contrast.Group}",
                string.Create(CultureInfo.InvariantCulture, $"Where {comparison.Column} is '{contrast.Group}', the favourable decision is {ratio:0.000} times as frequent as where it is '{contrast.Reference}'{(contrast.Decisions.Interval is { } interval ? $" (95 % interval {interval.Low:0.000} to {interval.High:0.000})" : "")}; four fifths ({LeastRatio} to {MostRatio}) is the usual bound. In the data itself the ratio is {(contrast.Labels.Ratio is { } labels ? labels.ToString("0.000", CultureInfo.InvariantCulture) : "not defined")}."),
                new Dictionary<string, double> { ["ratio"] = ratio, ["fisher_p"] = contrast.Decisions.FisherP });
        }

        foreach (var small in comparison.Groups.Where(group => group.Suppressed))
        {
            yield return new FindingView("small_group", "notice", $"{comparison.Column} = {small.Group}", $"Group '{small.Group}' of {comparison.Column} has {small.Rows} rows; from {comparison.MinimumRows} on its rates are shown{(small.Group == comparison.Reference ? ", and others are compared with it" : "")}.");
        }
    }
}
