namespace Slipway.Identity.SignIn;

/// <summary>What a new password must be: long. Nothing is asked about kinds of characters (NIST SP 800-63B, section 3.1.1.2).</summary>
internal static class PasswordRule
{
    public const int MinChars = 12;
    public const int MaxChars = 256;

    /// <summary>What is wrong, or null; never repeats the password.</summary>
    public static string? Fault(string password) => password.Length is >= MinChars and <= MaxChars
        ? null
        : $"A password has {MinChars} to {MaxChars} characters; this one has {password.Length}.";
}
