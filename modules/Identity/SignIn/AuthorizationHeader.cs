using System.Text;

namespace Slipway.Identity.SignIn;

/// <summary>Reads <c>Authorization</c> (RFC 9110, section 11.6.2); what cannot be read is null, whatever it holds.</summary>
internal static class AuthorizationHeader
{
    private const int MaxChars = 4_096;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The token of <c>Bearer</c> (RFC 6750).</summary>
    public static string? Bearer(string header) => After(header, "Bearer ");

    /// <summary>Name and password of <c>Basic</c> (RFC 7617), in UTF-8.</summary>
    public static (string Name, string Password)? Basic(string header)
    {
        if (After(header, "Basic ") is not { } encoded) { return null; }

        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length)) { return null; }

        try
        {
            var text = StrictUtf8.GetString(bytes, 0, length);
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 || text.Contains('\0', StringComparison.Ordinal) ? null : (text[..colon], text[(colon + 1)..]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? After(string header, string scheme) =>
        header.Length <= MaxChars && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;
}
