namespace Slipway.Datasets.Units;

/// <summary>A unit of measure in UCUM's case-sensitive notation (specification 2.2).</summary>
/// <param name="Text">As written.</param>
/// <param name="Scale">How many base units one of it is; for a special unit, one step of its scale.</param>
/// <param name="Offset">Base units at 0 of a special unit with another zero, such as 273.15 for <c>Cel</c>; 0 elsewhere.</param>
internal sealed record Unit(string Text, double Scale, Dimension Dimension, double Offset = 0)
{
    /// <summary>True for <c>Cel</c> and <c>[degF]</c>: their zero is not the zero of the quantity, so they stand alone.</summary>
    public bool IsSpecial => Offset != 0;

    public bool IsComparableTo(Unit other) => Dimension == other.Dimension;

    /// <summary>A value of this unit in another one.</summary>
    /// <returns>Null when the two measure different things: <c>kg</c> is no length.</returns>
    public double? Convert(double value, Unit to) => IsComparableTo(to) ? ((value * Scale) + Offset - to.Offset) / to.Scale : null;
}
