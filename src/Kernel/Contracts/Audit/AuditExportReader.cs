using System.Text.Json;

namespace Slipway.Kernel.Contracts;

/// <summary>Reads an export (<see cref="AuditExportWriter"/>) line by line into a verifier; a line that cannot be read is a fault, not an end.</summary>
public static class AuditExportReader
{
    private const int MaxLineBytes = 64 << 20;

    public static void Read(Stream export, AuditVerifier verifier)
    {
        var buffer = new byte[1 << 16];
        var (start, end, line) = (0, 0, 0L);
        while (true)
        {
            var feed = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                Line(buffer.AsSpan(start, feed), ++line, verifier);
                start += feed + 1;
                continue;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
            {
                if (end >= MaxLineBytes)
                {
                    verifier.Fault(AuditFaults.BadExport, $"Line {line + 1} is longer than {MaxLineBytes} bytes; reading stopped there.");
                    return;
                }

                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = export.Read(buffer, end, buffer.Length - end);
            if (read == 0) { break; }

            end += read;
        }

        if (end > 0) { verifier.Fault(AuditFaults.BadExport, $"Line {line + 1}, the last, is cut off."); }
    }

    private static void Line(ReadOnlySpan<byte> text, long number, AuditVerifier verifier)
    {
        try
        {
            var json = new Utf8JsonReader(text);
            if (!Next(ref json, JsonTokenType.StartObject) || !Name(ref json, "kind"u8) || !Next(ref json, JsonTokenType.String)) { throw new JsonException("no kind"); }

            if (json.ValueTextEquals("entry"u8)) { Entry(ref json, verifier); }
            else if (json.ValueTextEquals("checkpoint"u8)) { Checkpoint(ref json, verifier); }
            else if (json.ValueTextEquals("header"u8)) { Header(ref json, verifier); }
            else { throw new JsonException($"'{json.GetString()}' is no kind of line"); }
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            verifier.Fault(AuditFaults.BadExport, $"Line {number} of the export cannot be read: {error.Message}");
        }
    }

    private static void Entry(ref Utf8JsonReader json, AuditVerifier verifier)
    {
        Expect(Name(ref json, "index"u8) && Next(ref json, JsonTokenType.Number), "index");
        var index = json.GetInt64();
        Expect(Name(ref json, "leaf"u8) && Next(ref json, JsonTokenType.String), "leaf");
        var leaf = json.GetBytesFromBase64();
        Expect(Name(ref json, "entry"u8) && Next(ref json, JsonTokenType.String), "entry");
        var entry = json.GetBytesFromBase64();
        End(ref json);
        if (leaf.Length != MerkleHash.Size) { throw new FormatException($"a leaf hash has {MerkleHash.Size} bytes, not {leaf.Length}"); }

        verifier.Entry(index, leaf, entry);
    }

    private static void Checkpoint(ref Utf8JsonReader json, AuditVerifier verifier)
    {
        Expect(Name(ref json, "note"u8) && Next(ref json, JsonTokenType.String), "note");
        var note = json.GetString()!;
        End(ref json);
        verifier.Checkpoint(note);
    }

    private static void Header(ref Utf8JsonReader json, AuditVerifier verifier)
    {
        Expect(Name(ref json, "format"u8) && Next(ref json, JsonTokenType.Number), "format");
        if (json.GetInt32() != AuditExportWriter.Format) { throw new FormatException($"format {json.GetInt32()}; this program reads {AuditExportWriter.Format}"); }

        Expect(Name(ref json, "origin"u8) && Next(ref json, JsonTokenType.String), "origin");
        var origin = json.GetString()!;
        Expect(Name(ref json, "size"u8) && Next(ref json, JsonTokenType.Number), "size");
        var size = json.GetInt64();
        Expect(Name(ref json, "exportedMs"u8) && Next(ref json, JsonTokenType.Number), "exportedMs");
        var exportedMs = json.GetInt64();
        Expect(Name(ref json, "publicKeys"u8) && Next(ref json, JsonTokenType.StartArray), "publicKeys");
        var keys = new List<byte[]>();
        while (Next(ref json, JsonTokenType.String)) { keys.Add(json.GetBytesFromBase64()); }

        Expect(json.TokenType == JsonTokenType.EndArray, "publicKeys");
        End(ref json);
        verifier.Header(origin, size, exportedMs, keys);
    }

    private static bool Next(ref Utf8JsonReader json, JsonTokenType type) => json.Read() && json.TokenType == type;

    private static bool Name(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => Next(ref json, JsonTokenType.PropertyName) && json.ValueTextEquals(name);

    private static void End(ref Utf8JsonReader json) => Expect(Next(ref json, JsonTokenType.EndObject) && !json.Read(), "end of line");

    private static void Expect(bool found, string what)
    {
        if (!found) { throw new JsonException($"expected {what}"); }
    }
}
