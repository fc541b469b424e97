using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>Digest of an object's state: SHA-256 of its JSON with sorted names and no white space (as RFC 8785 orders it), so that two programs agree.</summary>
public static class AuditDigest
{
    /// <summary>64 lower-case hex digits; null for null.</summary>
    public static string? Of(object? state)
    {
        if (state is null) { return null; }

        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes)) { Write(json, JsonSerializer.SerializeToElement(state, WireJson.Options)); }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(property.Name);
                    Write(json, property.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) { Write(json, item); }

                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
