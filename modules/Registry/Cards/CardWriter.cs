using Slipway.Registry.Contracts;

namespace Slipway.Registry.Cards;

/// <summary>
/// Writes the card of a version from its records, in the sections of a model card (Mitchell et al., "Model Cards for Model Reporting", FAT* 2019): nobody types a figure. The same
/// records give the same card.
/// </summary>
internal static class CardWriter
{
    public static ModelCard Write(VersionRecords records) => new(
        [Purpose(records), Model(records), CardData.Section(records), CardMeasures.Evaluation(records), CardMeasures.Fairness(records), Findings(records), CardData.Limits(records), Provenance(records)]);

    private static CardSection Purpose(VersionRecords records)
    {
        var text = records.Version.Description.Length > 0 ? records.Version.Description : records.ModelDescription;
        return string.IsNullOrEmpty(text)
            ? new CardSection("purpose", "Purpose", [], Missing: "Nobody has written what it is for; describe the version or the model.")
            : new CardSection("purpose", "Purpose", [], text);
    }

    private static CardSection Model(VersionRecords records)
    {
        var figures = new List<CardFigure>();
        var (evidence, digest) = (records.Evidence, records.Evidence.TrainingDigest);
        if (evidence.ModelDigest is { } model) { figures.Add(new CardFigure("File", model, "model", model)); }

        if (records.Training is { } training)
        {
            figures.Add(new CardFigure("Kind", $"{training.Model} regression", "training", digest));
            figures.Add(new CardFigure("Predicts", training.Label.Positive is { } positive ? $"{training.Label.Column} = {positive}"
                : training.Label.Transform is { } transform ? $"{transform}({training.Label.Column})" : training.Label.Column, "training", digest));
            figures.AddRange(training.Coefficients.Select(term => new CardFigure(
                $"Coefficient {term.Term}", $"{Figures.Interval(term.Estimate, term.Low, term.High)}, standard error {Figures.Text(term.StandardError)}, {Figures.P(term.PValue)}", "training", digest)));
        }

        if (records.Mlmodel is { Flavours.Count: > 0 } mlmodel) { figures.Add(new CardFigure("Loads as", string.Join(", ", mlmodel.Flavours), "MLmodel", evidence.MlmodelDigest)); }

        var (signed, by) = records.Training is not null ? ("training", digest) : ("MLmodel", evidence.MlmodelDigest);
        figures.AddRange((records.Signature?.Inputs ?? []).Select(input => new CardFigure($"Input {input.Name}", input.Unit switch { null => input.Type, "1" => $"{input.Type}, dimensionless", _ => $"{input.Type}, in {input.Unit}" }, signed, by)));
        figures.AddRange((records.Signature?.Outputs ?? []).Select(output => new CardFigure($"Output {output.Name}", output.Type, signed, by)));
        return new CardSection("model", "Model", figures, Missing: records.Signature is null ? "Inputs and outputs are not recorded." : null);
    }

    private static CardSection Findings(VersionRecords records)
    {
        var findings = records.Findings;
        return new CardSection(
            "findings", "Findings",
            [.. findings.Select(finding => new CardFigure(finding.Subject is null ? finding.Kind : $"{finding.Kind}: {finding.Subject}", finding.Detail))],
            findings.Count == 0 ? "The records hold no finding." : null);
    }

    private static CardSection Provenance(VersionRecords records)
    {
        var (version, evidence) = (records.Version, records.Evidence);
        var figures = new List<CardFigure>
        {
            new("Registered", $"{DateTimeOffset.FromUnixTimeMilliseconds(version.CreatedMs):yyyy-MM-dd HH:mm:ss} UTC by {version.By}"),
            new("Source", version.Source),
        };
        if (evidence.RunId is { } run) { figures.Add(new CardFigure("Run", records.Run is { } found ? $"{found.Name} ({run}), {found.Status}" : run, "run")); }

        if (evidence.PipelineRunId is { } pipelineRun) { figures.Add(new CardFigure("Pipeline", $"{evidence.Pipeline}, run {pipelineRun}", "pipelineRun")); }

        if (evidence.CodeDigest is { } code) { figures.Add(new CardFigure("Code", code, "code", code)); }

        if (records.Training?.Environment is { } environment)
        {
            figures.Add(new CardFigure("Runs on", $"{environment.Runtime}, {environment.Os}, {environment.Architecture}", "training", evidence.TrainingDigest));
            figures.AddRange(environment.Packages.Select(package => new CardFigure($"Package {package.Key}", package.Value, "training", evidence.TrainingDigest)));
        }
        else if (evidence.EnvironmentDigest is { } libraries) { figures.Add(new CardFigure("Libraries", libraries, "environment", libraries)); }

        string[] absent = [.. new[] { (evidence.RunId, "a run"), (evidence.CodeDigest, "code"), (evidence.EnvironmentDigest, "libraries") }.Where(part => part.Item1 is null).Select(part => part.Item2)];
        return new CardSection("provenance", "Provenance", figures, Missing: absent.Length == 0 ? null : $"Not recorded: {string.Join(", ", absent)}.");
    }
}
