using Microsoft.AspNetCore.Http;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>
/// Keeps pages of other origins from using what a browser sends by itself: cookies, the place at the machine, remembered Basic credentials.
/// Source: Fetch Standard, section 3.2 (Origin), and Fetch Metadata, section 2 (Sec-Fetch-Site).
/// </summary>
internal static class OriginRule
{
    /// <summary>Content types that a page may send to any origin without asking first (Fetch Standard, CORS-safelisted request header).</summary>
    private static readonly string[] FormTypes = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"];

    /// <param name="cookie">The request shows itself by a cookie, so it comes from a browser, which always names its origin when it changes something.</param>
    public static Problem? Refusal(HttpRequest request, ServerAddresses addresses, bool cookie) => Fault(new RequestOrigin(
        request.Method,
        request.Headers.Origin.Count == 0 ? null : request.Headers.Origin.ToString(),
        request.Headers["Sec-Fetch-Site"].ToString(),
        request.ContentType,
        cookie,
        [$"{request.Scheme}://{request.Host.Value}", addresses.PublicUrl.GetLeftPart(UriPartial.Authority)])) is { } fault
            ? new Problem(403, "foreign_origin", fault)
            : null;

    /// <summary>What is wrong, or null.</summary>
    public static string? Fault(RequestOrigin request)
    {
        if (request.Origin is { } origin)
        {
            return request.Own.Contains(origin, StringComparer.OrdinalIgnoreCase)
                ? null
                : $"The request comes from a page of '{(origin.Length <= 200 ? origin : "…")}', and only pages of this server may use your sign-in.";
        }

        if (IsSafe(request.Method)) { return null; }

        if (request.FetchSite is { Length: > 0 } site) { return site == "same-origin" ? null : "The request comes from a page of another site."; }

        if (request.Cookie) { return "A request with a session's cookie that changes something must say where it comes from (Origin); programs use an API key instead."; }

        // A form can only POST; other methods are asked for in advance (preflight), and an artifact's PUT may well be text/plain.
        return HttpMethods.IsPost(request.Method) && FormTypes.Contains(request.ContentType?.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase)
            ? $"A body of type '{request.ContentType}' can come from a form of any page; send application/json, or credentials."
            : null;
    }

    public static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}

/// <summary>What a request says about where it comes from.</summary>
/// <param name="Origin">The header; null when there is none. Several are never one of our own.</param>
/// <param name="FetchSite">The header <c>Sec-Fetch-Site</c>; empty when there is none.</param>
/// <param name="Own">Origins of this server's own pages.</param>
internal sealed record RequestOrigin(string Method, string? Origin, string? FetchSite, string? ContentType, bool Cookie, IReadOnlyList<string> Own);
