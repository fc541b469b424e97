using System.Globalization;

namespace Slipway.Registry.Cards;

/// <summary>Numbers as people read them, in the invariant culture.</summary>
internal static class Figures
{
    /// <summary>Six significant digits; <c>not a number</c> for NaN and null.</summary>
    public static string Text(double? value) => value is { } number && !double.IsNaN(number) ? number.ToString("G6", CultureInfo.InvariantCulture) : "not a number";

    /// <summary><c>p 0.0312</c>, or <c>p &lt; 0.0001</c>: smaller ones differ in nothing that a reader could use.</summary>
    public static string P(double? value) => value < 0.0001 ? "p < 0.0001" : $"p {(value is { } number && !double.IsNaN(number) ? number.ToString("G4", CultureInfo.InvariantCulture) : "not a number")}";

    /// <summary>With thousands separators.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary><c>0.83 [0.79, 0.87]</c>; the interval is left out when an end is missing.</summary>
    public static string Interval(double value, double? low, double? high) =>
        low is { } from && high is { } to ? $"{Text(value)} [{Text(from)}, {Text(to)}]" : Text(value);
}
