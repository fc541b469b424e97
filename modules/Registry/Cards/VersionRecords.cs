using Slipway.Registry.Contracts;
using Slipway.Registry.Versions;
using Slipway.Tracking.Ports;
using Slipway.Training.Contracts;

namespace Slipway.Registry.Cards;

/// <summary>The records behind a version, read by their digests; null = not recorded or not readable.</summary>
internal sealed record VersionRecords(ModelVersion Version, Evidence Evidence)
{
    /// <summary>The description of the model, where the version has none.</summary>
    public string? ModelDescription { get; init; }

    public TrainingReport? Training { get; init; }

    public EvaluationReport? Evaluation { get; init; }

    public RunRecord? Run { get; init; }

    /// <summary>The model as its run logged it, where the version is one of a logged model.</summary>
    public LoggedModelRecord? Logged { get; init; }

    public MlmodelText? Mlmodel { get; init; }

    public ContractText? Contract { get; init; }

    public IReadOnlyList<ColumnProfile>? Profile { get; init; }

    /// <summary>Records that are named and cannot be read, each with a sentence.</summary>
    public IReadOnlyList<VersionFinding> Unreadable { get; init; } = [];

    /// <summary>Of the training record, or else of MLflow's description; with the contract's units.</summary>
    public ModelSignature? Signature => Training is { } training
        ? new ModelSignature(
            [.. training.Signature.Inputs.Select(input => new SignatureField(input.Name, input.Type, Contract?.Units.GetValueOrDefault(input.Name)))],
            [.. training.Signature.Outputs.Select(output => new SignatureField(output.Name, output.Type))])
        : Mlmodel?.Signature;

    /// <summary>
    /// What the evaluation measured; of a version without one what was measured last of its logged model; of one whose logged model has nothing what its run logged last, of
    /// whichever model that was.
    /// </summary>
    public IReadOnlyList<MetricFigure> Metrics => Evaluation is { } evaluation ? [.. evaluation.Metrics.Select(metric => new MetricFigure(metric.Key, "evaluation", metric.Value))]
        : Logged is { Measures.Count: > 0 } logged ? Figures(logged.Measures.GroupBy(measure => measure.Key, StringComparer.Ordinal).Select(one => (one.Key, one.MaxBy(measure => (measure.Step, measure.TimeMs))!.Value)), "model")
        : Figures((Run?.Metrics ?? new Dictionary<string, double>()).Select(metric => (metric.Key, metric.Value)), "run");

    public IReadOnlyList<GroupFigure> Fairness => [.. (Evaluation?.Groups ?? []).SelectMany(comparison => comparison.Groups.Select(group => Figure(comparison, group)))];

    public IReadOnlyList<VersionFinding> Findings =>
    [
        .. Unreadable,
        .. Missing(),
        .. (Training?.Findings ?? []).Concat(Evaluation?.Findings ?? []).Select(finding => new VersionFinding(finding.Code, finding.Detail, finding.Subject, finding.Severity)).Distinct(),
    ];

    // Unknown is not good: what a version should have and has not is a finding of its own.
    private IEnumerable<VersionFinding> Missing()
    {
        if (Evidence.ModelDigest is null) { yield return Absent("model", WhyNoDigest()); }

        if (Evidence.DataDigest is null) { yield return Absent("data", "The data it was trained on is not recorded; a pipeline's register step records it."); }

        if (Evidence.EvaluationDigest is null) { yield return Absent("evaluation", "No evaluation on held-out data is recorded; a pipeline's evaluate step makes one."); }

        if (Signature is null) { yield return Absent("signature", "Nothing says which inputs the model takes and what it gives; log the model with a signature."); }
    }

    private string WhyNoDigest() => Elsewhere is { } address
        ? $"Its files are at {address}, outside this server, so nothing says what its bytes are; they cannot be verified until they are imported."
        : "No file was at the source when the version was registered, so nothing says what its bytes are.";

    private string? Elsewhere =>
        Evidence.Location is { } location ? location.StartsWith("mlflow-artifacts:/", StringComparison.Ordinal) ? null : location
        : Evidence.PipelineRunId is null ? Version.Source
        : null;

    private static IReadOnlyList<MetricFigure> Figures(IEnumerable<(string Name, double Value)> metrics, string from) =>
        [.. metrics.OrderBy(metric => metric.Name, StringComparer.Ordinal).Select(metric => new MetricFigure(metric.Name, from, double.IsNaN(metric.Value) ? null : metric.Value))];

    private static VersionFinding Absent(string subject, string detail) => new("missing_evidence", detail, subject, "notice");

    private static GroupFigure Figure(GroupComparisonView comparison, GroupView group)
    {
        var against = comparison.Contrasts.FirstOrDefault(contrast => contrast.Group == group.Group)?.Decisions;
        return new GroupFigure(
            comparison.Column, group.Group, group.Rows, group.Group == comparison.Reference, group.Suppressed, group.SelectionRate, group.SelectionInterval?.Low, group.SelectionInterval?.High,
            against?.Ratio, against?.Interval?.Low, against?.Interval?.High, against?.FisherP);
    }
}
