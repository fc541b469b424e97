using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>Headers that every answer carries; a page adds its nonce (see <see cref="WebApp"/>).</summary>
internal sealed class SecurityHeaders(RequestDelegate next, ServerAddresses addresses)
{
    public const string NoContent = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public Task Invoke(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.ContentSecurityPolicy = NoContent;
        headers.CacheControl = "no-store";
        if (addresses.SecureCookies) { headers.StrictTransportSecurity = "max-age=31536000"; }

        return next(context);
    }
}
