using System.Globalization;
using System.Security.Cryptography;

namespace Slipway.Identity.SignIn;

/// <summary>
/// Passwords as stored: <c>pbkdf2-sha512$iterations$salt$hash</c>, salt (16 bytes) and hash (32 bytes) in base64. PBKDF2 of RFC 8018 with HMAC-SHA-512,
/// by the framework; 210,000 iterations are what OWASP's Password Storage Cheat Sheet asks of it. The form says its own parameters, so they may grow.
/// </summary>
internal static class PasswordHash
{
    public const int Iterations = 210_000;
    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>Compared with when there is no such person, so that the answer takes as long.</summary>
    public static readonly string OfNobody = Create(RandomToken.Create());

    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Iterations))}";
    }

    /// <exception cref="FormatException">The stored text is no such hash.</exception>
    public static bool Verify(string stored, string password)
    {
        var parts = stored.Split('$');
        if (parts.Length != 4 || parts[0] != Scheme) { throw new FormatException("A stored password hash has an unknown form."); }

        var iterations = int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture);
        return CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(parts[3]), Derive(password, Convert.FromBase64String(parts[2]), iterations));
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes);
}
