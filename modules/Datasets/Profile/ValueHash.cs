using System.Text;

namespace Slipway.Datasets.Profile;

/// <summary>
/// 64-bit hashes of values, the same in every process and for ever: FNV-1a (Fowler, Noll, Vo) for text, then in both cases the finaliser of MurmurHash3 (A. Appleby), which spreads the bits.
/// </summary>
internal static class ValueHash
{
    private const ulong Offset = 14695981039346656037, Prime = 1099511628211;

    /// <summary>Minus zero is zero, and every NaN is one.</summary>
    public static ulong Of(double value) => Spread(BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : double.IsNaN(value) ? double.NaN : value));

    public static ulong Of(string text)
    {
        var hash = Offset;
        Span<byte> near = stackalloc byte[256];
        var bytes = text.Length * 3 <= near.Length ? near[..Encoding.UTF8.GetBytes(text, near)] : Encoding.UTF8.GetBytes(text);
        foreach (var part in bytes) { hash = (hash ^ part) * Prime; }

        return Spread(hash);
    }

    private static ulong Spread(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
