using System.Globalization;

namespace Slipway.Datasets.Units;

/// <summary>A factor that a mistaken unit leaves behind.</summary>
/// <param name="Factor">Values as found = values as they should be × factor.</param>
/// <param name="Words">Such as <c>'%' in place of '1'</c>, or that no unit is known for it.</param>
internal sealed record UnitCandidate(double Factor, string Words)
{
    public override string ToString() => $"{Words}, factor {Factor.ToString("G5", CultureInfo.InvariantCulture)}";
}

/// <summary>Units that people take for one another.</summary>
internal static class UnitMistakes
{
    /// <summary>In the order in which they are likely, among those of one kind.</summary>
    private static readonly IReadOnlyList<Unit> Everyday =
    [
        .. new[]
        {
            "%", "1", "[ppth]", "kg", "g", "[lb_av]", "mg", "[oz_av]", "t", "m", "km", "cm", "mm", "[ft_i]", "[in_i]", "[mi_i]", "m/s", "km/h", "[mi_i]/h", "[kn_i]", "s", "min", "h", "d", "ms", "a",
            "L", "mL", "[gal_us]", "[gal_br]", "m3", "m2", "[sft_i]", "J", "kJ", "cal", "kcal", "kW.h", "W", "kW", "[HP]", "Pa", "kPa", "bar", "[psi]", "mm[Hg]", "N", "[lbf_av]", "N.s", "[lbf_av].s",
            "g/L", "mg/dL", "mg/L", "ug/mL", "mol/L", "mmol/L", "umol/L", "/h", "/d", "/wk", "/mo", "/a", "By", "bit", "kBy", "MBy", "deg", "rad", "Hz", "kHz",
        }.Select(text => UnitParser.TryParse(text, out var unit, out var fault) ? unit : throw new InvalidOperationException(fault)),
    ];

    private static readonly (double Factor, string Words)[] Decimal = [(100, "a factor of a hundred"), (1_000, "a factor of a thousand"), (10, "a decimal place"), (1e6, "a factor of a million"), (0.01, "a factor of a hundred"), (0.001, "a factor of a thousand"), (0.1, "a decimal place")];

    // Amount of substance to mass needs the molar mass; these two substances are the usual ones (glucose 180.18 g/mol, creatinine 113.12 g/mol).
    private static readonly (string Right, string Found, double Factor, string Substance)[] Substances =
    [
        ("mmol/L", "mg/dL", 18.018, "glucose"), ("mg/dL", "mmol/L", 1 / 18.018, "glucose"),
        ("umol/L", "mg/dL", 1 / 88.42, "creatinine"), ("mg/dL", "umol/L", 88.42, "creatinine"),
    ];

    /// <summary>Candidates, the likeliest first; with a unit, those that it is taken for come before mere decimal places.</summary>
    public static IReadOnlyList<UnitCandidate> Of(Unit? unit)
    {
        var units = unit is null or { IsSpecial: true } ? [] : Everyday
            .Where(other => other.IsComparableTo(unit) && Math.Abs((unit.Scale / other.Scale) - 1) > 1e-9)
            .Select(other => new UnitCandidate(unit.Scale / other.Scale, $"'{other.Text}' in place of '{unit.Text}'"));
        var substances = Substances.Where(pair => pair.Right == unit?.Text).Select(pair => new UnitCandidate(pair.Factor, $"'{pair.Found}' of {pair.Substance} in place of '{pair.Right}'"));
        return [.. units.Concat(substances).Concat(Decimal.Select(other => new UnitCandidate(other.Factor, other.Words))).DistinctBy(candidate => Math.Round(Math.Log(candidate.Factor), 6))];
    }

    /// <summary>The candidate whose factor is a ratio, within 2 %; null when none is.</summary>
    public static UnitCandidate? Explaining(Unit? unit, double ratio) => double.IsFinite(ratio) && ratio > 0
        ? Of(unit).FirstOrDefault(candidate => Math.Abs((ratio / candidate.Factor) - 1) <= 0.02)
        : null;
}
