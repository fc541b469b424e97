using System.Globalization;
using Slipway.Training.Contracts;

namespace Slipway.Training.Design;

internal enum TermKind
{
    Number,
    Bins,
    Indicator,
    Category,
}

/// <summary>A feature whose levels are known: writes its terms for a row. The model file does the same with operators.</summary>
/// <param name="Levels">Category: all levels of the training rows, sorted; otherwise empty.</param>
/// <param name="Terms">Names of the columns of the design matrix that it fills.</param>
internal sealed record Feature(FeatureRule Rule, ColumnType Type, TermKind Kind, IReadOnlyList<string> Levels, string? Reference, IReadOnlyList<string> Terms)
{
    public string Column => Rule.Column;

    /// <summary>The levels that have a coefficient, in the order of the terms.</summary>
    public IEnumerable<string> OwnLevels => Levels.Where(level => level != Reference);

    /// <summary>The terms of one row.</summary>
    /// <param name="terms">Length = number of terms; holds zeros.</param>
    /// <returns>False when the row holds a level that training has not seen, or no finite number: its terms are NaN.</returns>
    public bool Fill(Column column, int row, Span<double> terms)
    {
        if (Type == ColumnType.Number && !double.IsFinite(column.Numbers[row]))
        {
            terms.Fill(double.NaN);
            return false;
        }

        switch (Kind)
        {
            case TermKind.Number:
                terms[0] = Rule.Log ? Math.Log(column.Numbers[row]) : column.Numbers[row];
                return true;
            case TermKind.Bins:
                var index = Training.Design.Bins.IndexOf(column.Numbers[row], Rule.Bins!);
                if (index > 0) { terms[index - 1] = 1; }

                return true;
            case TermKind.Indicator:
                terms[0] = column.TextAt(row) == Rule.Positive ? 1 : 0;
                return true;
            default:
                var level = column.TextAt(row);
                var place = 0;
                foreach (var own in OwnLevels)
                {
                    if (own == level)
                    {
                        terms[place] = 1;
                        return true;
                    }

                    place++;
                }

                if (level == Reference) { return true; }

                terms.Fill(double.NaN);
                return false;
        }
    }

    public FeatureView ToView() => new(
        Column, TensorType(Type), Kind.ToString().ToLowerInvariant(), Rule.Bins, Kind == TermKind.Indicator ? Rule.Positive : null, Reference,
        Levels.Count > 0 ? Levels : null, Rule.Log ? "log" : null);

    public static string TensorType(ColumnType type) => type switch { ColumnType.Number => "double", ColumnType.Text => "string", _ => "bool" };

    /// <summary>The number that a level of a column of numbers stands for; NaN, which equals nothing, when it is none.</summary>
    public static double NumberOf(string level) => double.TryParse(level, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
