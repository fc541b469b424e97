using System.Net;

namespace Slipway.Kernel;

/// <summary>Where this server listens and how it may be reached; read once at start.</summary>
/// <param name="Urls">What it binds, such as <c>http://127.0.0.1:8080</c>.</param>
/// <param name="PublicUrl">What people type, without a trailing slash; links that leave the server begin with it.</param>
public sealed record ServerAddresses(IReadOnlyList<Uri> Urls, Uri PublicUrl)
{
    /// <summary>True when callers without credentials are the local owner: asked for, and every address is loopback.</summary>
    public bool LocalMode { get; init; }

    /// <summary>Plain HTTP beyond loopback was asked for: cookies lose their Secure flag and every page says so.</summary>
    public bool InsecureHttp { get; init; }

    /// <summary>Cookies may carry Secure and the <c>__Host-</c> prefix.</summary>
    public bool SecureCookies => PublicUrl.Scheme == Uri.UriSchemeHttps;

    public static bool IsLoopback(Uri url) =>
        url.Host is "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
