using Slipway.Registry.Contracts;

namespace Slipway.Registry.Cards;

/// <summary>What the card says of the data: what it was trained on, and within which values it was.</summary>
internal static class CardData
{
    public static CardSection Section(VersionRecords records)
    {
        var (evidence, figures) = (records.Evidence, new List<CardFigure>());
        if (evidence.Dataset is { } dataset) { figures.Add(new CardFigure("Dataset", $"{dataset} version {evidence.DatasetVersion}", "dataset", evidence.SourceDigest)); }

        if (evidence.DatasetRows is { } rows) { figures.Add(new CardFigure("Rows of the dataset", Figures.Count(rows), "dataset", evidence.SourceDigest)); }

        if (evidence.DataDigest is { } data) { figures.Add(new CardFigure("Training data", data, "data", data)); }

        if (evidence.ContractDigest is { } contract) { figures.Add(new CardFigure("Contract", contract, "contract", contract)); }

        figures.AddRange((records.Training?.Fit ?? new Dictionary<string, double>()).Select(fit => new CardFigure($"Fit {fit.Key}", Figures.Text(fit.Value), "training", evidence.TrainingDigest)));
        string? missing = evidence.DataDigest is null ? "What it was trained on is not recorded; register it from a pipeline, which records it."
            : evidence.ContractDigest is null ? "The dataset has no contract."
            : null;
        return new CardSection("training-data", "Training data", figures, Missing: missing);
    }

    /// <summary>The values that the training data held: outside them nobody has seen the model work.</summary>
    public static CardSection Limits(VersionRecords records)
    {
        const string Title = "Limits";
        if (records.Profile is not { } profile)
        {
            return new CardSection("limits", Title, [], Missing: "No profile of the training data is recorded, so nobody can say within which values the model was seen to work.");
        }

        var inputs = records.Signature?.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var ranges = profile.Where(column => inputs is null || inputs.Contains(column.Name)).Select(column => (Column: column, column.Range)).Where(column => column.Range is not null);
        return new CardSection(
            "limits", Title,
            [.. ranges.Select(range => new CardFigure(
                range.Column.Name, records.Contract?.Units.GetValueOrDefault(range.Column.Name) is { } unit and not "1" ? $"{range.Range} {unit}" : range.Range!, "profile", records.Evidence.ProfileDigest))],
            "What the training data held: smallest and greatest value, or every value of a column of text. Outside them nobody has seen the model work.");
    }
}
