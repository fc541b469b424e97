using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Serving.Endpoints;

/// <summary>
/// Which of two versions a unit gets: the same one each time, and when a share is widened no unit that has the canary loses it. The bucket of a unit is the first 8 bytes of
/// SHA-256(salt ‖ endpoint ‖ unit), big-endian, modulo 10,000; the canary has the buckets below its share.
/// </summary>
internal static class Split
{
    public const int Buckets = 10_000;
    private const int OnStack = 512;

    /// <param name="salt">The endpoint's id: two endpoints of the same name at different times split differently.</param>
    /// <returns>0 to 9,999.</returns>
    public static int BucketOf(string salt, string endpoint, string unit)
    {
        var bytes = Encoding.UTF8.GetMaxByteCount(salt.Length + endpoint.Length + unit.Length);
        Span<byte> text = bytes <= OnStack ? stackalloc byte[OnStack] : new byte[bytes];
        var length = Encoding.UTF8.GetBytes(salt, text);
        length += Encoding.UTF8.GetBytes(endpoint, text[length..]);
        length += Encoding.UTF8.GetBytes(unit, text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % Buckets);
    }

    /// <summary>The number of buckets of a share; at least one of a share above 0, and never all.</summary>
    public static int Of(double share) => Math.Clamp((int)Math.Round(share * Buckets), 1, Buckets - 1);
}
