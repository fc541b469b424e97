using System.Globalization;

namespace Slipway.Datasets.Ports;

/// <summary>Numbers with a fraction. A missing value is NaN here, and <see cref="DataColumn.IsMissing"/> says so.</summary>
public sealed class NumberColumn(string name, string? unit, bool[]? missing, double[] values) : DataColumn(name, unit, missing)
{
    public double[] Values { get; } = values;

    public override double[] ToNumbers() => Values;

    public override string?[] ToTexts() => Texts(Values.Length, row => Values[row].ToString("R", CultureInfo.InvariantCulture));
}

/// <summary>Whole numbers; 0 where missing.</summary>
public sealed class IntegerColumn(string name, string? unit, bool[]? missing, long[] values) : DataColumn(name, unit, missing)
{
    public long[] Values { get; } = values;

    public override double[] ToNumbers() => [.. Values.Select((value, row) => NumberOr(row, value))];

    public override string?[] ToTexts() => Texts(Values.Length, row => Values[row].ToString(CultureInfo.InvariantCulture));
}

/// <summary>True or false; false where missing.</summary>
public sealed class BooleanColumn(string name, string? unit, bool[]? missing, bool[] values) : DataColumn(name, unit, missing)
{
    public bool[] Values { get; } = values;

    public override double[] ToNumbers() => [.. Values.Select((value, row) => NumberOr(row, value ? 1 : 0))];

    public override string?[] ToTexts() => Texts(Values.Length, row => Values[row] ? "true" : "false");
}

/// <summary>Text, and everything else that is neither number nor truth value (dates as ISO 8601); null where missing.</summary>
public sealed class TextColumn(string name, string? unit, bool[]? missing, string?[] values) : DataColumn(name, unit, missing)
{
    public string?[] Values { get; } = values;

    public override double[]? ToNumbers() => null;

    public override string?[] ToTexts() => Values;
}
