using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Monitoring.Windows;

/// <summary>Results as blobs, so that a verdict can name what decided by its digest.</summary>
internal sealed class Evidence(IBlobStore blobs)
{
    // A figure that has no digits is one of the strings NaN, Infinity and -Infinity.
    private static readonly JsonSerializerOptions Json = new(WireJson.Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <returns>SHA-256 of the JSON.</returns>
    public async Task<string> Put<T>(T result, CancellationToken ct)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(result, Json));
        return (await blobs.Put(content, ct)).Digest;
    }

    public async Task<T> Read<T>(string digest, CancellationToken ct)
    {
        using var content = new MemoryStream();
        await blobs.CopyTo(digest, null, content, ct);
        return JsonSerializer.Deserialize<T>(content.GetBuffer().AsSpan(0, (int)content.Length), Json)!;
    }
}
