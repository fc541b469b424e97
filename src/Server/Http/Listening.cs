using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>Binds the addresses, with the limits of the table.</summary>
internal static class Listening
{
    public static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = Limits.Connections;
        kestrel.Limits.MaxRequestBodySize = Limits.JsonBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = Limits.RequestHeaderBytes;
        foreach (var address in options.Addresses)
        {
            if (address.Host == "localhost" && address.Port != 0) { kestrel.ListenLocalhost(address.Port, listen => Secure(listen, address, options)); }
            else
            {
                var ip = address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(address.Host.Trim('[', ']'));
                kestrel.Listen(ip, address.Port, listen => Secure(listen, address, options));
            }
        }
    }

    private static void Secure(ListenOptions listen, Uri address, ServerOptions options)
    {
        if (address.Scheme != "https") { return; }

        // The first certificate of the file is ours; the others are sent along, so that clients find the way to their root.
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.TlsCert!);
        var certificate = X509Certificate2.CreateFromPemFile(options.TlsCert!, options.TlsKey);
        listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ServerCertificateChain = [.. chain.Skip(1)];
        });
    }
}
