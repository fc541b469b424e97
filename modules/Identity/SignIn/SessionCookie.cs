using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>
/// The cookie that carries a session's token. Over https its name begins with <c>__Host-</c>, so that browsers themselves see to it that no other host
/// and no plain connection has set it (RFC 6265bis, section 4.1.3.2); over plain http (loopback, or by --insecure-http) browsers refuse that name.
/// </summary>
internal sealed class SessionCookie(ServerAddresses addresses, IOptions<IdentityOptions> options)
{
    public const string SecureName = "__Host-slipway";
    public const string PlainName = "slipway";

    private string Name => addresses.SecureCookies ? SecureName : PlainName;

    /// <summary>Null when there is none.</summary>
    public string? Read(HttpRequest request) => request.Cookies.TryGetValue(Name, out var token) ? token : null;

    public void Write(HttpResponse response, string token) => Append(response, token, TimeSpan.FromHours(options.Value.SessionHours));

    public void Delete(HttpResponse response) => Append(response, "", TimeSpan.Zero);

    private void Append(HttpResponse response, string token, TimeSpan maxAge) => response.Cookies.Append(Name, token, new CookieOptions
    {
        HttpOnly = true,
        Secure = addresses.SecureCookies,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = maxAge,
    });
}
