using System.Globalization;

namespace Slipway.Serving.Log;

/// <summary>The key of one prediction: the request's id (UUIDv7) and the row's number in it, such as <c>0192f3a1b2c37d4e8f60718293a4b5c6-0</c>.</summary>
internal static class PredictionId
{
    private const int RequestChars = 32;

    /// <param name="requestId">32 lower-case hex digits.</param>
    /// <param name="row">From 0.</param>
    public static string Of(ReadOnlySpan<char> requestId, int row) => string.Create(CultureInfo.InvariantCulture, $"{requestId}-{row}");

    public static string Of(UInt128 request, int row) => string.Create(CultureInfo.InvariantCulture, $"{(ulong)(request >> 64):x16}{(ulong)request:x16}-{row}");

    /// <summary>False when the text is no such key.</summary>
    public static bool TryParse(string text, out UInt128 request, out int row)
    {
        (request, row) = (0, 0);
        return text.Length > RequestChars + 1 && text[RequestChars] == '-' && TryParseRequest(text.AsSpan(0, RequestChars), out request)
            && int.TryParse(text.AsSpan(RequestChars + 1), NumberStyles.None, CultureInfo.InvariantCulture, out row) && Of(request, row) == text;
    }

    public static bool TryParseRequest(ReadOnlySpan<char> hex, out UInt128 request)
    {
        request = 0;
        return hex.Length == RequestChars && UInt128.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out request);
    }

    /// <summary>When the request was made: the first 48 bits of a UUIDv7 (RFC 9562, section 5.7), in Unix milliseconds.</summary>
    public static long TimeMs(UInt128 request) => (long)(request >> 80);
}
