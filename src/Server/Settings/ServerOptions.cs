using System.Net;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>The server's own settings: a flag of <c>serve</c>, <c>SLIPWAY_…</c> in the environment, or a key of <c>slipway.yaml</c>; the first found wins, in this order.</summary>
public sealed record ServerOptions
{
    /// <summary>Addresses to listen on, separated by <c>;</c>. Default <c>http://127.0.0.1:8080</c>.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>Folder of everything the server keeps that is not said elsewhere. Default <c>slipway-data</c> in the working folder; made when missing.</summary>
    public string Data { get; init; } = "slipway-data";

    /// <summary>A SQLite file, or a PostgreSQL URL. Default <c>slipway.db</c> in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>Folder of the content-addressed blobs, or <c>s3://bucket/prefix</c>. Default <c>blobs</c> in the data folder.</summary>
    public string? Blobs { get; init; }

    /// <summary>Address of a self-hosted S3 store. Default: Amazon's.</summary>
    public string? S3Endpoint { get; init; }

    /// <summary>Address under which clients reach the store, for signed addresses. Default: <see cref="S3Endpoint"/>.</summary>
    public string? S3PublicEndpoint { get; init; }

    /// <summary><c>none</c>, <c>uploads</c> or <c>all</c>: what may pass the server by, on signed addresses of the bucket. Default <c>uploads</c>.</summary>
    public string? S3Direct { get; init; }

    /// <summary>Region of the bucket. Default: as AWS's environment or profile says; <c>us-east-1</c> with an endpoint.</summary>
    public string? S3Region { get; init; }

    /// <summary><c>true</c>: the bucket stands in the path, <c>false</c>: in the host name. Default: true with an endpoint.</summary>
    public string? S3PathStyle { get; init; }

    /// <summary>Default: AWS's usual chain (environment, profile, web identity, container, instance).</summary>
    public string? S3AccessKey { get; init; }

    /// <summary>Secret of <see cref="S3AccessKey"/>.</summary>
    public string? S3SecretKey { get; init; }

    /// <summary><c>local</c>: callers on this machine need no credentials; <c>required</c>: everybody does. Default: local while every address is loopback.</summary>
    public string? Auth { get; init; }

    /// <summary>PEM file with the certificate chain for https addresses.</summary>
    public string? TlsCert { get; init; }

    /// <summary>PEM file with the private key of <see cref="TlsCert"/>.</summary>
    public string? TlsKey { get; init; }

    /// <summary>What people type to reach the server, when it differs from the addresses (behind a proxy, or listening on every address).</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Networks (CIDR, separated by commas) whose <c>X-Forwarded-For</c> and <c>-Proto</c> are believed. Default: none.</summary>
    public string? TrustedProxies { get; init; }

    /// <summary>Further host names that requests may name, separated by commas.</summary>
    public string? AllowedHosts { get; init; }

    /// <summary>Allows plain HTTP beyond loopback. Default false.</summary>
    public bool InsecureHttp { get; init; }

    /// <summary>PEM file of the key that signs audit checkpoints; made when missing. Default <c>audit-key.pem</c> in the data folder.</summary>
    public string? AuditKey { get; init; }

    /// <summary>Folder to which each audit checkpoint is written as well; best on another machine's disk. Default: none.</summary>
    public string? AuditWitness { get; init; }

    /// <summary>File of the key that secrets of others (such as of webhooks) are encrypted with; made when missing. Default <c>secrets-key</c> in the data folder.</summary>
    public string? SecretsKey { get; init; }

    /// <summary>Stored bytes that no record has named for so many hours are set aside, and erased as many hours later. Default 24, at least 24; 0 = never.</summary>
    public int BlobGraceHours { get; init; } = 24;

    public string DatabaseOrDefault => Database ?? Path.Combine(Data, "slipway.db");

    public string BlobsOrDefault => Blobs ?? Path.Combine(Data, "blobs");

    /// <summary>The bucket that <see cref="Blobs"/> names; null = it is a folder.</summary>
    public S3Options? Bucket => S3Address.IsBucket(Blobs) ? S3Address.Of(this) : null;

    public string AuditKeyOrDefault => AuditKey ?? Path.Combine(Data, "audit-key.pem");

    public string SecretsKeyOrDefault => SecretsKey ?? Path.Combine(Data, "secrets-key");

    public IReadOnlyList<Uri> Addresses => [.. Split(Urls, ';').Select(url => new Uri(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal)))];

    public IReadOnlyList<IPNetwork> Proxies => [.. Split(TrustedProxies, ',').Select(cidr => IPNetwork.Parse(cidr))];

    public IReadOnlyList<string> Hosts => Split(AllowedHosts, ',');

    internal static string[] Split(string? list, char separator) =>
        (list ?? "").Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
