using System.Globalization;
using System.Net;

namespace Slipway.Kernel.Outbound;

/// <summary>Reads a URL that a user gave so that there is one way to read it; pure.</summary>
internal static class OutboundUrl
{
    private const int MostChars = 2_048;
    private const string Example = "write it like https://hooks.example.org/path";

    /// <summary>The URL without its fragment, with a host in ASCII; null and the reason when it is refused.</summary>
    public static Uri? Read(string text, bool allowHttp, out OutboundRefusal? refusal)
    {
        refusal = Form(text);
        if (refusal is not null) { return null; }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            refusal = Bad($"'{Cut(text)}' is no URL; {Example}.");
            return null;
        }

        refusal = Scheme(url, allowHttp) ?? Authority(text, url);
        return refusal is null ? new UriBuilder(url) { Host = url.IdnHost, Fragment = "" }.Uri : null;
    }

    private static OutboundRefusal? Form(string text)
    {
        if (text.Length > MostChars) { return Bad($"The URL has {text.Length} characters; at most {MostChars} are taken."); }

        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\' || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
            {
                return Bad($"The URL holds the character U+{(int)c:X4}, which no URL may hold; {Example}.");
            }
        }

        return null;
    }

    private static OutboundRefusal? Scheme(Uri url, bool allowHttp) =>
        url.Scheme == Uri.UriSchemeHttps || (allowHttp && url.Scheme == Uri.UriSchemeHttp) ? null
        : new(RefusalReason.Scheme, $"'{Cut(url.Scheme)}' is not called; the URL must begin with {(allowHttp ? "https:// or http://" : "https://")}.", url.Host);

    /// <summary>What stands between <c>//</c> and the path, as it was written: parsers differ in what they make of strange forms, so only plain ones are taken.</summary>
    private static OutboundRefusal? Authority(string text, Uri url)
    {
        var start = text.IndexOf("//", StringComparison.Ordinal);
        if (start != url.Scheme.Length + 1) { return Bad($"'{Cut(text)}' has no host; {Example}."); }

        var end = text.AsSpan(start + 2).IndexOfAny('/', '?', '#');
        var written = end < 0 ? text[(start + 2)..] : text.Substring(start + 2, end);
        if (written.Contains('@') || url.UserInfo.Length > 0) { return Bad("The URL holds a user name or password before '@'; leave them out, the signature proves who calls."); }

        var host = written.StartsWith('[') ? written[..(written.IndexOf(']') + 1)] : written.Split(':')[0];
        if (host.Length == 0 || url.Port < 1) { return Bad($"'{Cut(text)}' has no host or port; {Example}."); }

        return host.StartsWith('[') ? Six(host) : host.EndsWith('.') ? Bad($"The host '{Cut(host)}' ends with a dot; leave it out.") : Ascii(url) is { } ascii ? Name(host, ascii) : Bad($"'{Cut(host)}' is no host name.");
    }

    // A label that is longer than 63 characters in ASCII is found only here.
    private static string? Ascii(Uri url)
    {
        try { return url.IdnHost; }
        catch (UriFormatException) { return null; }
    }

    private static OutboundRefusal? Six(string host) =>
        host.Contains('%') || !IPAddress.TryParse(host, out _) ? Bad($"'{Cut(host)}' is no IPv6 address without a zone.") : null;

    private static OutboundRefusal? Name(string written, string ascii)
    {
        var last = ascii[(ascii.LastIndexOf('.') + 1)..];
        var numeric = last.Length > 0 && char.IsAsciiDigit(last[0]) && (last.All(char.IsAsciiDigit) || last.StartsWith("0x", StringComparison.OrdinalIgnoreCase));
        if (numeric || IPAddress.TryParse(ascii, out _))
        {
            // 127.1, 2130706433, 0x7f.0.0.1 and 0177.0.0.1 are loopback to some readers.
            return IPAddress.TryParse(written, out var address) && address.ToString() == written ? null
                : Bad($"'{Cut(written)}' is a number that readers take for different addresses; write an address as four decimal numbers, like 192.0.2.10.");
        }

        return ascii.Length <= 253 && ascii.Split('.').All(IsLabel) ? null : Bad($"'{Cut(written)}' is no host name.");
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static OutboundRefusal Bad(string detail) => new(RefusalReason.Url, detail);

    private static string Cut(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
