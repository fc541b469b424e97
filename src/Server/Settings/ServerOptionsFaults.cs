using System.Net;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>Everything that is wrong with the settings, at once, in the words of the settings.</summary>
internal static class ServerOptionsFaults
{
    public static List<string> Of(ServerOptions options)
    {
        var faults = new List<string>();
        var addresses = Addresses(options, faults);
        Tls(options, addresses, faults);
        Auth(options, addresses, faults);
        Public(options, addresses, faults);
        faults.AddRange(S3Address.Faults(options));
        foreach (var cidr in ServerOptions.Split(options.TrustedProxies, ',').Where(cidr => !IPNetwork.TryParse(cidr, out _)))
        {
            faults.Add($"trusted-proxies: '{cidr}' is not a network; write it like 10.0.0.0/8.");
        }

        if (options.BlobGraceHours is not (0 or (>= 24 and <= 87_600))) { faults.Add($"blob-grace-hours: {options.BlobGraceHours} is not 24 to 87,600 hours, nor 0 (stored bytes never go)."); }

        return faults;
    }

    private static List<Uri> Addresses(ServerOptions options, List<string> faults)
    {
        var good = new List<Uri>();
        foreach (var url in ServerOptions.Split(options.Urls, ';'))
        {
            var text = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery is "/" or "") { good.Add(address!); }
            else { faults.Add($"urls: '{url}' is not an address; write it like http://127.0.0.1:8080."); }
        }

        foreach (var address in good.Where(address => address.Host != "localhost" && !IPAddress.TryParse(address.Host.Trim('[', ']'), out _)))
        {
            faults.Add($"urls: '{address.Host}' is a name; listen on an address (like 0.0.0.0) and give the name as public-url.");
        }

        if (good.Count == 0 && faults.Count == 0) { faults.Add("urls: at least one address is needed, like http://127.0.0.1:8080."); }

        foreach (var address in good.Where(address => address.Scheme == "http" && !ServerAddresses.IsLoopback(address) && !options.InsecureHttp))
        {
            faults.Add($"urls: {address} would carry passwords and keys in clear over the network; use https with --tls-cert and --tls-key, or say --insecure-http.");
        }

        return good;
    }

    private static void Tls(ServerOptions options, List<Uri> addresses, List<string> faults)
    {
        var wanted = addresses.Exists(address => address.Scheme == "https");
        if (wanted && (options.TlsCert is null || options.TlsKey is null)) { faults.Add("tls-cert, tls-key: an https address needs both PEM files."); }

        foreach (var (name, file) in new[] { ("tls-cert", options.TlsCert), ("tls-key", options.TlsKey) })
        {
            if (file is not null && !File.Exists(file)) { faults.Add($"{name}: there is no file '{file}'."); }
        }
    }

    private static void Auth(ServerOptions options, List<Uri> addresses, List<string> faults)
    {
        if (options.Auth is not (null or "local" or "required")) { faults.Add($"auth: '{options.Auth}' is neither local nor required."); }

        if (options.Auth != "local") { return; }

        if (addresses.Find(address => !ServerAddresses.IsLoopback(address)) is { } open)
        {
            faults.Add($"auth: local would make everybody who reaches {open} the owner; use required, or listen on 127.0.0.1 only.");
        }

        if (options.TrustedProxies is not null) { faults.Add("auth: local cannot stand behind a proxy (trusted-proxies); use required."); }
    }

    private static void Public(ServerOptions options, List<Uri> addresses, List<string> faults)
    {
        if (options.PublicUrl is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            faults.Add($"public-url: '{text}' is not a URL; write it like https://slipway.example.org.");
        }

        if (options.PublicUrl is null && addresses.Exists(address => address.Host is "0.0.0.0" or "[::]"))
        {
            faults.Add("public-url: needed when listening on every address, so that links and the host check know the server's name.");
        }
    }
}
