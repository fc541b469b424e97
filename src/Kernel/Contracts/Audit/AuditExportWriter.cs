using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Slipway.Kernel.Contracts;

/// <summary>
/// The export of a log as NDJSON (media type application/x-ndjson): a header line, then entries in order of index, each checkpoint right after the
/// last entry that it covers. Bytes and hashes are base64.
/// </summary>
public sealed class AuditExportWriter(IBufferWriter<byte> output) : IDisposable
{
    public const string MediaType = "application/x-ndjson";
    public const int Format = 1;

    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Header(string origin, long size, long exportedMs, IEnumerable<byte[]> publicKeys)
    {
        Begin("header"u8);
        _json.WriteNumber("format"u8, Format);
        _json.WriteString("origin"u8, origin);
        _json.WriteNumber("size"u8, size);
        _json.WriteNumber("exportedMs"u8, exportedMs);
        _json.WriteStartArray("publicKeys"u8);
        foreach (var key in publicKeys) { _json.WriteBase64StringValue(key); }

        _json.WriteEndArray();
        End();
    }

    public void Entry(long index, ReadOnlySpan<byte> leafHash, ReadOnlySpan<byte> entry)
    {
        Begin("entry"u8);
        _json.WriteNumber("index"u8, index);
        _json.WriteBase64String("leaf"u8, leafHash);
        _json.WriteBase64String("entry"u8, entry);
        End();
    }

    public void Checkpoint(string note)
    {
        Begin("checkpoint"u8);
        _json.WriteString("note"u8, note);
        End();
    }

    public void Dispose() => _json.Dispose();

    private void Begin(ReadOnlySpan<byte> kind)
    {
        _json.WriteStartObject();
        _json.WriteString("kind"u8, kind);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        output.Write("\n"u8);
    }
}
