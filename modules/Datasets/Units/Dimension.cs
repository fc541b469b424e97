namespace Slipway.Datasets.Units;

/// <summary>Exponents of the seven base units of UCUM (metre, second, gram, radian, kelvin, coulomb, candela), and of arbitrary units such as <c>[iU]</c> as text.</summary>
internal sealed record Dimension(int M, int S, int G, int Rad, int K, int C, int Cd, string Arbitrary = "")
{
    public static readonly Dimension None = new(0, 0, 0, 0, 0, 0, 0);

    public Dimension Times(Dimension other) => new(
        M + other.M, S + other.S, G + other.G, Rad + other.Rad, K + other.K, C + other.C, Cd + other.Cd,
        string.Concat(new[] { Arbitrary, other.Arbitrary }.Where(text => text.Length > 0).Order(StringComparer.Ordinal)));

    public Dimension Power(int exponent) => new(
        M * exponent, S * exponent, G * exponent, Rad * exponent, K * exponent, C * exponent, Cd * exponent,
        Arbitrary.Length == 0 || exponent == 1 ? Arbitrary : $"({Arbitrary})^{exponent}");

    /// <summary>As a term of base units, such as <c>m2.g.s-2</c>; <c>1</c> when it has none.</summary>
    public override string ToString()
    {
        (string Name, int Exponent)[] bases = [("m", M), ("g", G), ("s", S), ("rad", Rad), ("K", K), ("C", C), ("cd", Cd)];
        var terms = bases.Where(part => part.Exponent != 0).Select(part => part.Exponent == 1 ? part.Name : $"{part.Name}{part.Exponent}");
        var text = string.Join('.', terms.Concat(Arbitrary.Length == 0 ? [] : [Arbitrary]));
        return text.Length == 0 ? "1" : text;
    }
}
