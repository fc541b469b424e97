namespace Slipway.Monitoring.References;

/// <summary>What production is compared with, as it is stored: made once, when the version is registered, and never read from the data again.</summary>
/// <param name="Format">Name and version of this shape.</param>
/// <param name="Rows">Rows of the training data; 0 = none is known.</param>
/// <param name="Metrics">Of the evaluation, by name; those that are not defined are left out.</param>
/// <param name="Missing">What the version's records lack, in sentences.</param>
/// <param name="Sketch">SHA-256 of the sketch of the training data in the blob store; null = none is known.</param>
/// <param name="Score">Null when the evaluation has no score bins.</param>
/// <param name="Label">Null without an evaluation.</param>
internal sealed record Reference(
    string Format, string Model, long Version, long Rows, IReadOnlyList<ReferenceShare> Decisions, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<string> Missing,
    string? Sketch = null, ScoreBins? Score = null, ReferenceLabel? Label = null)
{
    public const string CurrentFormat = "slipway.reference/1";
}

/// <summary>Scores of the evaluation in ten groups of about equally many rows.</summary>
/// <param name="Edges">Greatest score of each group but the last, ascending.</param>
/// <param name="Counts">Shape [edges + 1].</param>
internal sealed record ScoreBins(double[] Edges, long[] Counts, double Mean)
{
    /// <summary>The place of a score's bin: bin i holds scores in (edge i − 1, edge i].</summary>
    public int Find(double score)
    {
        var at = Array.BinarySearch(Edges, score);
        return at < 0 ? ~at : at;
    }
}

/// <param name="Share">Of the evaluation's rows, 0 to 1.</param>
internal sealed record ReferenceShare(string Decision, long Count, double Share);

/// <param name="Positive">The label's value that the score is the probability of; null = a regression.</param>
/// <param name="AtOrAbove">The decision of scores at or above the threshold; null when the evaluation names no decisions.</param>
/// <param name="Favourable">The decision that is good for the person concerned; null when nobody said.</param>
internal sealed record ReferenceLabel(string Column, string? Positive = null, string? AtOrAbove = null, string? Below = null, string? Favourable = null);
