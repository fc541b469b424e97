using System.Security.Cryptography;
using System.Text;

namespace Slipway.Identity.Keys;

/// <summary>
/// An API key as text: <c>sw_{environment}_{id}_{secret}_{crc}</c>. The id has 8 and the secret 43 base62 characters (256 bits); the CRC lets us and
/// secret scanners tell a key from a typo without a look-up.
/// </summary>
/// <param name="Secret">Only its SHA-256 is stored: a slow hash would add nothing to 256 random bits.</param>
internal sealed record ApiKey(string Environment, string Id, string Secret)
{
    private const string Prefix = "sw_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdChars = 8;
    private const int SecretChars = 43;
    private const int MaxChars = 100;

    public byte[] SecretHash => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    public static ApiKey Create(string environment) =>
        new(environment, RandomNumberGenerator.GetString(Alphabet, IdChars), RandomNumberGenerator.GetString(Alphabet, SecretChars));

    /// <summary>True for what looks like a key, also one with a typo: it is never tried as a password.</summary>
    public static bool IsMeant(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) && text.Count(c => c == '_') == 4;

    /// <summary>Null when the text is no key, or one with a typo.</summary>
    public static ApiKey? Parse(string text)
    {
        if (text.Length > MaxChars || !text.StartsWith(Prefix, StringComparison.Ordinal)) { return null; }

        var parts = text.Split('_');
        if (parts.Length != 5 || parts[1].Length == 0 || parts[2].Length != IdChars || parts[3].Length != SecretChars) { return null; }

        var key = new ApiKey(parts[1], parts[2], parts[3]);
        return parts[1].All(char.IsAsciiLetterOrDigit) && parts[2].All(char.IsAsciiLetterOrDigit) && parts[3].All(char.IsAsciiLetterOrDigit) && key.ToString() == text
            ? key
            : null;
    }

    /// <summary>The whole key with its secret.</summary>
    public override string ToString()
    {
        var text = $"{Prefix}{Environment}_{Id}_{Secret}";
        return $"{text}_{Base62(Crc32.Of(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Base62(uint value) => string.Create(6, value, (chars, rest) =>
    {
        for (var i = chars.Length - 1; i >= 0; i--, rest /= 62) { chars[i] = Alphabet[(int)(rest % 62)]; }
    });
}
