namespace Slipway.Kernel;

/// <summary>Digests as names: only 64 lower-case hex digits pass, so no text of a client ever becomes a path.</summary>
public static class BlobDigest
{
    public const int HexDigits = 64;

    public static bool IsValid(string? digest) => digest is { Length: HexDigits } && digest.All(char.IsAsciiHexDigitLower);

    /// <exception cref="ArgumentException">It is no digest.</exception>
    public static string Checked(string digest) => IsValid(digest)
        ? digest
        : throw new ArgumentException($"A blob is named by the {HexDigits} lower-case hex digits of its SHA-256, not by a text of {digest.Length} characters.", nameof(digest));
}
