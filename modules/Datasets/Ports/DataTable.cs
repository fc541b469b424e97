namespace Slipway.Datasets.Ports;

/// <summary>Columns in memory, all of the same length.</summary>
public sealed record DataTable(int Rows, IReadOnlyList<DataColumn> Columns)
{
    /// <summary>Null when there is no such column.</summary>
    public DataColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);
}

/// <summary>One column; which subclass it is tells the type of its values.</summary>
/// <param name="name">As in the file.</param>
/// <param name="unit">UCUM unit from the contract; null when none was named.</param>
/// <param name="missing">True per row whose value is missing; null when none is.</param>
public abstract class DataColumn(string name, string? unit, bool[]? missing)
{
    public string Name { get; } = name;

    public string? Unit { get; } = unit;

    public bool HasMissing { get; } = missing is not null;

    public bool IsMissing(int row) => missing is not null && missing[row];

    /// <summary>The values as numbers (true = 1), NaN where missing; null for text.</summary>
    public abstract double[]? ToNumbers();

    /// <summary>The values as text in the invariant culture (true, false; dates as ISO 8601), null where missing.</summary>
    public abstract string?[] ToTexts();

    private protected double NumberOr(int row, double value) => IsMissing(row) ? double.NaN : value;

    private protected string?[] Texts(int rows, Func<int, string?> text)
    {
        var texts = new string?[rows];
        for (var row = 0; row < rows; row++) { texts[row] = IsMissing(row) ? null : text(row); }

        return texts;
    }
}
