namespace Slipway.Identity.Keys;

/// <summary>CRC-32 of ISO-HDLC (polynomial 0xEDB88320 reflected), as in zip and Ethernet; over keys of 60 bytes it needs no table.</summary>
internal static class Crc32
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) { crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1))); }
        }

        return ~crc;
    }
}
