namespace Slipway.Training.Design;

/// <summary>What a column holds, as far as a model cares.</summary>
internal enum ColumnType
{
    Number,
    Text,
    Boolean,
}

/// <summary>One column in memory; missing = NaN in a column of numbers, null in one of texts. Booleans are the texts <c>true</c> and <c>false</c>.</summary>
internal sealed class Column
{
    private Column(string name, ColumnType type, double[] numbers, string?[] texts) => (Name, Type, Numbers, Texts) = (name, type, numbers, texts);

    public string Name { get; }

    public ColumnType Type { get; }

    /// <summary>Empty unless the column holds numbers.</summary>
    public double[] Numbers { get; }

    /// <summary>Empty when the column holds numbers.</summary>
    public string?[] Texts { get; }

    public int Rows => Type == ColumnType.Number ? Numbers.Length : Texts.Length;

    public static Column OfNumbers(string name, double[] values) => new(name, ColumnType.Number, values, []);

    public static Column OfTexts(string name, string?[] values) => new(name, ColumnType.Text, [], values);

    public static Column OfBooleans(string name, bool?[] values) =>
        new(name, ColumnType.Boolean, [], [.. values.Select(value => value is { } given ? given ? "true" : "false" : null)]);

    /// <summary>The value as it would stand in a YAML file: numbers in their shortest form; null = missing.</summary>
    public string? TextAt(int row) => Type != ColumnType.Number ? Texts[row]
        : double.IsNaN(Numbers[row]) ? null
        : Numbers[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    public bool IsMissing(int row) => Type == ColumnType.Number ? double.IsNaN(Numbers[row]) : Texts[row] is null;
}
