using Slipway.Kernel;

namespace Slipway.Training.Design;

/// <summary>The numbers that a model is fitted to, without the intercept.</summary>
/// <param name="Terms">Name and feature of each column.</param>
/// <param name="Columns">One array per term, each as long as there are rows.</param>
internal sealed record DesignMatrix(IReadOnlyList<(string Name, string Feature)> Terms, double[][] Columns, int Rows)
{
    /// <summary>Fills the matrix, of which fitting holds about four copies, 8 bytes a number; a row whose level no training row had is a fault that names column and level.</summary>
    public static Result<DesignMatrix> Make(IReadOnlyList<Feature> features, IReadOnlyDictionary<string, Column> columns, int rows)
    {
        var count = features.Sum(feature => feature.Terms.Count);
        if ((long)rows * count > Limits.DesignCells)
        {
            return Problem.Invalid("features", $"{rows} rows by {count} terms are {(long)rows * count} numbers; one fit may hold {Limits.DesignCells}. Use fewer features, or a sample of the rows.");
        }

        var matrix = new double[count][];
        for (var i = 0; i < count; i++) { matrix[i] = new double[rows]; }

        var first = 0;
        foreach (var feature in features)
        {
            var column = columns[feature.Column];
            var terms = new double[feature.Terms.Count];
            for (var row = 0; row < rows; row++)
            {
                Array.Clear(terms);
                if (!feature.Fill(column, row, terms))
                {
                    return Problem.Invalid(feature.Rule.Path, $"Column '{feature.Column}' holds '{column.TextAt(row)}' in row {row + 1}, which no training row had; it had {string.Join(", ", feature.Levels.Select(level => $"'{level}'"))}.");
                }

                for (var i = 0; i < terms.Length; i++) { matrix[first + i][row] = terms[i]; }
            }

            first += terms.Length;
        }

        return new DesignMatrix([.. features.SelectMany(feature => feature.Terms.Select(term => (term, feature.Column)))], matrix, rows);
    }
}
