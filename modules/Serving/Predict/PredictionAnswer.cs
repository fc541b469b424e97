using Slipway.Serving.Live;

namespace Slipway.Serving.Predict;

/// <summary>Rows of a request that one version scored.</summary>
/// <param name="Rows">Their numbers, from 0; null = all.</param>
/// <param name="Scores">One per row; NaN where the model gives none.</param>
internal sealed record ScoredPart(LiveDeployment Deployment, int[]? Rows, OutputColumn[] Outputs, double[] Scores);

/// <summary>The answer to a request, in the order of its rows.</summary>
/// <param name="RequestId">A row's prediction has this id, a hyphen and the number of the row, from 0.</param>
/// <param name="Outputs">Of the model; of several versions those that all of them have.</param>
/// <param name="Decisions">One per row; null when no version has a threshold.</param>
internal sealed record PredictionAnswer(string RequestId, int Rows, IReadOnlyList<ScoredPart> Parts, IReadOnlyList<OutputColumn> Outputs, string?[]? Decisions)
{
    /// <summary>The version that answered all rows; null when several did.</summary>
    public long? Version => Parts.Count == 1 ? Parts[0].Deployment.Row.Version : null;

    /// <summary>By row.</summary>
    public long[] Versions()
    {
        var versions = new long[Rows];
        foreach (var part in Parts)
        {
            if (part.Rows is null) { Array.Fill(versions, part.Deployment.Row.Version); }
            else { foreach (var row in part.Rows) { versions[row] = part.Deployment.Row.Version; } }
        }

        return versions;
    }

    public static PredictionAnswer Of(string requestId, int rows, IReadOnlyList<ScoredPart> parts) =>
        new(requestId, rows, parts, parts.Count == 1 ? parts[0].Outputs : Merged(parts, rows), DecisionsOf(parts, rows));

    private static string?[]? DecisionsOf(IReadOnlyList<ScoredPart> parts, int rows)
    {
        string?[]? decisions = null;
        foreach (var part in parts)
        {
            if (part.Deployment.Row.Threshold is null) { continue; }

            decisions ??= new string?[rows];
            for (var i = 0; i < part.Scores.Length; i++) { decisions[part.Rows?[i] ?? i] = part.Deployment.Decide(part.Scores[i]); }
        }

        return decisions;
    }

    private static List<OutputColumn> Merged(IReadOnlyList<ScoredPart> parts, int rows)
    {
        var merged = new List<OutputColumn>();
        foreach (var first in parts[0].Outputs)
        {
            var all = parts.Select(part => (part, Output: part.Outputs.FirstOrDefault(one => Fits(first, one) && one.Shape[0] == part.Scores.Length))).ToList();
            if (all.Exists(one => one.Output is null)) { continue; }

            var width = first.Length / parts[0].Scores.Length;
            var whole = first with
            {
                Shape = [rows, .. first.Shape[1..]],
                Numbers = first.Numbers is null ? null : new double[rows * width],
                Integers = first.Integers is null ? null : new long[rows * width],
                Texts = first.Texts is null ? null : new string[rows * width],
            };
            foreach (var (part, output) in all)
            {
                Place(output!.Numbers, whole.Numbers, part.Rows!, width);
                Place(output.Integers, whole.Integers, part.Rows!, width);
                Place(output.Texts, whole.Texts, part.Rows!, width);
            }

            merged.Add(whole);
        }

        return merged;
    }

    private static bool Fits(OutputColumn one, OutputColumn other) => one.Name == other.Name && one.Type == other.Type && one.Shape.AsSpan(1).SequenceEqual(other.Shape.AsSpan(1));

    private static void Place<T>(T[]? from, T[]? to, int[] rows, int width)
    {
        if (from is null || to is null) { return; }

        for (var i = 0; i < rows.Length; i++) { Array.Copy(from, i * width, to, rows[i] * width, width); }
    }
}
