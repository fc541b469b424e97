using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Slipway.Server.Tests;

public sealed class TlsTests
{
    [Fact]
    public async Task An_https_address_serves_the_certificate_of_the_pem_files()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-tls-").FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var (cert, pem) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        await File.WriteAllTextAsync(cert, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(pem, key.ExportPkcs8PrivateKeyPem());

        await using var server = await TestServer.Start(TestDatabase.Sqlite, options => options with { Urls = "https://127.0.0.1:0", TlsCert = cert, TlsKey = pem });
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString();
        using var http = new HttpClient(handler) { BaseAddress = server.BaseAddress };
        using var answer = await http.GetAsync("/health");

        Assert.Equal("OK", await answer.Content.ReadAsStringAsync());
        Assert.Contains("max-age", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
