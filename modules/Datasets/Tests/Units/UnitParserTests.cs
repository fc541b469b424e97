using Slipway.Datasets.Units;

namespace Slipway.Datasets.Tests.Units;

/// <summary>Conversions published with UCUM and by NIST (SP 811), and what must be refused.</summary>
public sealed class UnitParserTests
{
    [Theory]
    [InlineData("mg/dL", "g/L", 1, 0.01)]
    [InlineData("[degF]", "Cel", 98.6, 37)]
    [InlineData("Cel", "K", 0, 273.15)]
    [InlineData("km/h", "m/s", 1, 0.2777777777777778)]
    [InlineData("[lb_av]", "kg", 1, 0.45359237)]
    [InlineData("kW.h", "J", 1, 3.6e6)]
    [InlineData("mm[Hg]", "Pa", 1, 133.322387415)]
    [InlineData("m[Hg]", "kPa", 1, 133.322387415)]
    [InlineData("%", "1", 5, 0.05)]
    [InlineData("10*3/uL", "/L", 1, 1e9)]
    [InlineData("{USD}/h", "1/h", 1, 1)]
    [InlineData("[lbf_av].s", "N.s", 1, 4.4482216152605)]
    [InlineData("J/(kg.K)", "m2.s-2.K-1", 1, 1)]
    [InlineData("g{total}/m2{body}", "g.m-2", 1, 1)]
    [InlineData("[mi_i]", "km", 1, 1.609344)]
    [InlineData("[gal_us]", "L", 1, 3.785411784)]
    [InlineData("KiBy", "bit", 1, 8192)]
    [InlineData("cm", "[in_i]", 2.54, 1)]
    [InlineData("damol", "mol", 1, 10)]
    [InlineData("k[iU]/mL", "[iU]/L", 1, 1e6)]
    public void A_value_converts_between_comparable_units(string from, string to, double value, double expected) =>
        Assert.Equal(expected, Parse(from).Convert(value, Parse(to))!.Value, Math.Abs(expected) * 1e-9);

    [Theory]
    [InlineData("kg", "m")]
    [InlineData("mol/L", "mg/dL")]
    [InlineData("[iU]/L", "mol/L")]
    [InlineData("rad", "1")]
    public void Units_of_different_things_do_not_convert(string from, string to) => Assert.Null(Parse(from).Convert(1, Parse(to)));

    [Theory]
    [InlineData("", "1 to 100 characters")]
    [InlineData("percent", "did you mean %?")]
    [InlineData("USD", "did you mean {USD}?")]
    [InlineData("kg m", "without spaces")]
    [InlineData("µg", "ASCII")]
    [InlineData("m/", "ends with '/'")]
    [InlineData("m//s", "has no place")]
    [InlineData("(m", "not closed")]
    [InlineData("m)", "has no place")]
    [InlineData("{m", "not closed")]
    [InlineData("[lb_av", "not closed")]
    [InlineData("k[lb_av]", "no UCUM unit")]
    [InlineData("kkg", "no UCUM unit")]
    [InlineData("Cel/s", "stands alone")]
    [InlineData("Cel2", "no exponent")]
    [InlineData("m0", "exponent '0'")]
    [InlineData("m999999999999", "exponent")]
    [InlineData("0", "number 0")]
    [InlineData("((((((((((m))))))))))", "parentheses")]
    [InlineData("Ym30.Ym30.Ym30", "beyond any use")]
    public void What_is_no_unit_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(UnitParser.TryParse(text, out _, out var fault));

        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_atom_and_every_prefix_can_be_written()
    {
        foreach (var (symbol, atom) in UnitAtoms.All)
        {
            Assert.Equal(atom.Scale, Parse(symbol.StartsWith("10", StringComparison.Ordinal) ? symbol + "1" : symbol).Scale);
            if (atom.Metric) { Assert.All(UnitAtoms.Prefixes, prefix => Parse(prefix.Symbol + symbol)); }
        }
    }

    [Theory]
    [InlineData("Mass", "[lb_av]", true)]
    [InlineData("mass", "m", false)]
    [InlineData("DimensionlessRatio", "%", true)]
    [InlineData("Impulse", "[lbf_av].s", true)]
    [InlineData("Wellbeing", "m", true)]
    public void A_unit_must_measure_its_kind_of_quantity(string kind, string unit, bool right) => Assert.Equal(right, QuantityKinds.Fault(kind, Parse(unit)) is null);

    private static Unit Parse(string text) => UnitParser.TryParse(text, out var unit, out var fault) ? unit : throw new FormatException($"{text}: {fault}");
}
