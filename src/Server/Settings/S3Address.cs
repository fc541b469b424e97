using System.Text.RegularExpressions;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>Reads <c>s3://bucket/prefix</c> and the settings that go with it.</summary>
internal static partial class S3Address
{
    private const string Scheme = "s3://";

    public static bool IsBucket(string? blobs) => blobs?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Of settings without <see cref="Faults"/>.</summary>
    public static S3Options Of(ServerOptions options)
    {
        var (bucket, prefix) = Split(options.Blobs!);
        return new S3Options
        {
            Bucket = bucket,
            Prefix = prefix.Length == 0 ? "" : prefix + "/",
            Endpoint = options.S3Endpoint is { } endpoint ? new Uri(endpoint) : null,
            PublicEndpoint = options.S3PublicEndpoint is { } open ? new Uri(open) : null,
            Direct = options.S3Direct is { } direct ? Enum.Parse<DirectTransfers>(direct, ignoreCase: true) : DirectTransfers.Uploads,
            Region = options.S3Region,
            PathStyle = options.S3PathStyle is { } style ? bool.Parse(style) : null,
            AccessKey = options.S3AccessKey,
            SecretKey = options.S3SecretKey,
            PartsFolder = Path.Combine(options.Data, "blob-parts"),
        };
    }

    public static IEnumerable<string> Faults(ServerOptions options)
    {
        if (!IsBucket(options.Blobs))
        {
            if (options.Blobs?.Contains("://", StringComparison.Ordinal) == true) { yield return $"blobs: '{options.Blobs}' is neither a folder nor a bucket; write a bucket like s3://bucket/prefix."; }

            foreach (var (name, value) in new[] { ("s3-endpoint", options.S3Endpoint), ("s3-public-endpoint", options.S3PublicEndpoint), ("s3-direct", options.S3Direct), ("s3-region", options.S3Region), ("s3-path-style", options.S3PathStyle), ("s3-access-key", options.S3AccessKey), ("s3-secret-key", options.S3SecretKey) })
            {
                if (value is not null) { yield return $"{name}: it is set, but blobs names no bucket; write blobs like s3://bucket/prefix, or leave {name} out."; }
            }

            yield break;
        }

        var (bucket, prefix) = Split(options.Blobs!);
        if (!BucketName().IsMatch(bucket)) { yield return $"blobs: '{bucket}' is no name of a bucket: 3 to 63 lower-case letters, digits, dots and dashes."; }

        if (!PrefixText().IsMatch(prefix)) { yield return $"blobs: the prefix '{prefix}' may hold letters, digits, '.', '_', '-' and '/' between names."; }

        foreach (var (name, value) in new[] { ("s3-endpoint", options.S3Endpoint), ("s3-public-endpoint", options.S3PublicEndpoint) })
        {
            if (value is not null && !IsAddress(value)) { yield return $"{name}: '{value}' is not an address; write it like https://minio.example.org:9000."; }
        }

        if (options.S3PublicEndpoint is not null && options.S3Endpoint is null) { yield return "s3-public-endpoint: it is set, but s3-endpoint is not; leave it out for Amazon's store."; }

        if (options.S3Direct is not (null or "none" or "uploads" or "all")) { yield return $"s3-direct: '{options.S3Direct}' is neither none, uploads nor all."; }

        if (options.S3PathStyle is { } style && !bool.TryParse(style, out _)) { yield return $"s3-path-style: '{style}' is neither true nor false."; }

        if (options.S3AccessKey is null != options.S3SecretKey is null) { yield return "s3-access-key, s3-secret-key: one needs the other; leave both out for AWS's usual chain."; }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery is "/" or "" && url.UserInfo.Length == 0;

    private static (string Bucket, string Prefix) Split(string blobs)
    {
        var path = blobs[Scheme.Length..].Split('/', 2);
        return (path[0], path.Length == 1 ? "" : path[1].Trim('/'));
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();

    [GeneratedRegex(@"\A([A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*)?\z")]
    private static partial Regex PrefixText();
}
