namespace Slipway.DuckDb;

/// <summary>Decimals as an integer and the number of digits after the point.</summary>
internal static class Decimals
{
    // The largest mantissa of .NET's decimal, 2^96 - 1.
    private static readonly Int128 Most = ((Int128)1 << 96) - 1;

    public static decimal From(Int128 mantissa, int scale, string column)
    {
        var (size, negative) = (Int128.Abs(mantissa), mantissa < 0);
        // Zeros at the end carry nothing that a decimal must keep when there is no room for them.
        while ((scale > 28 || size > Most) && scale > 0 && size % 10 == 0) { (size, scale) = (size / 10, scale - 1); }

        if (scale > 28 || size > Most)
        {
            throw new DuckDbException(DuckDbErrorKind.Value, $"column {column} has the value {mantissa}e-{scale}, more digits than a decimal of .NET holds; cast it to DOUBLE or VARCHAR");
        }

        return new decimal((int)(uint)(size & uint.MaxValue), (int)(uint)((size >> 32) & uint.MaxValue), (int)(uint)((size >> 64) & uint.MaxValue), negative, (byte)scale);
    }

    /// <summary>Mantissa of a value at a scale of at least its own.</summary>
    /// <exception cref="DuckDbException">More than 38 digits.</exception>
    public static Int128 At(decimal value, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = ((Int128)(uint)bits[2] << 64) | ((Int128)(uint)bits[1] << 32) | (uint)bits[0];
        try
        {
            for (var i = value.Scale; i < scale; i++) { mantissa = checked(mantissa * 10); }
        }
        catch (OverflowException)
        {
            mantissa = Int128.MaxValue;
        }

        if (mantissa > Largest) { throw new DuckDbException(DuckDbErrorKind.Value, $"the decimal {value} with {scale} digits after the point has more than 38 digits"); }

        return bits[3] < 0 ? -mantissa : mantissa;
    }

    // The power is exact up to 10^22, so that short decimals come out as their literal would.
    public static double ToDouble(Int128 mantissa, int scale) => (double)mantissa / Math.Pow(10, scale);

    private static readonly Int128 Largest = Int128.Parse("99999999999999999999999999999999999999", System.Globalization.CultureInfo.InvariantCulture);
}
