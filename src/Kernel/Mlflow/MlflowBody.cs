using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel.Mlflow;

/// <summary>The bytes of a request, and what MLflow makes of those that are no plain JSON object.</summary>
public static class MlflowBody
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepth };
    private static readonly JsonElement Empty = JsonElement.Parse("{}"u8);

    /// <summary>The problem of a missing or foreign content type; null when the body may be read.</summary>
    public static Problem? TypeFault(HttpRequest request)
    {
        var type = request.ContentType;
        if (string.IsNullOrEmpty(type)) { return new Problem(400, "invalid", "Bad Request. Content-Type header is missing."); }

        var media = type.AsSpan();
        if (media.IndexOf(';') is >= 0 and var end) { media = media[..end]; }

        return media.Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase)
            ? null
            : new Problem(400, "invalid", "Bad Request. Content-Type must be one of ['application/json'].");
    }

    /// <summary>Everything that was sent, as one piece; valid until <see cref="Release"/>.</summary>
    public static async ValueTask<ReadOnlySequence<byte>> Read(HttpRequest request, CancellationToken ct)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(ct);
            if (read.IsCompleted) { return read.Buffer; }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public static void Release(HttpRequest request, ReadOnlySequence<byte> body) => request.BodyReader.AdvanceTo(body.End);

    /// <summary>
    /// The object in the bytes. No bytes and null count as an empty object; a string is read once more as JSON; NaN and Infinity may stand as bare words.
    /// </summary>
    public static Result<ReadBody> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Trim(" \t\r\n"u8).IsEmpty) { return new ReadBody(Empty, null); }

        if (!Utf8.IsValid(bytes)) { return Problem.Invalid("body", "The request body is not UTF-8."); }

        var json = TryParse(bytes, out var fault);
        if (json is null)
        {
            bytes = LiteralNumbers.Quote(bytes);
            json = TryParse(bytes, out _);
        }

        if (json is not null && TextFault(bytes) is { } half) { return half; }

        if (json is { ValueKind: JsonValueKind.String } text)
        {
            bytes = System.Text.Encoding.UTF8.GetBytes(text.GetString()!);
            json = TryParse(bytes, out fault);
            if (json is not null && TextFault(bytes) is { } inner) { return inner; }
        }

        return json switch
        {
            { ValueKind: JsonValueKind.Object } found => new ReadBody(found, null),
            { ValueKind: JsonValueKind.Null } => new ReadBody(Empty, null),
            null => new ReadBody(Empty, fault),
            { } other => Problem.Invalid("body", $"The request body is {JsonKind.Name(other)}; it must be a JSON object."),
        };
    }

    /// <summary>An escape may name half of a surrogate pair, which is JSON and no text: nothing could be kept of it.</summary>
    private static Problem? TextFault(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\\u"u8) < 0) { return null; }

        var json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Limits.JsonDepth });
        try
        {
            while (json.Read())
            {
                if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && json.ValueIsEscaped) { json.GetString(); }
            }
        }
        catch (InvalidOperationException)
        {
            return Problem.Invalid("body", $"The request body has half a character in the text at byte {json.TokenStartIndex + 1}: surrogates such as \\ud83d\\ude00 come in pairs.");
        }

        return null;
    }

    private static JsonElement? TryParse(ReadOnlySpan<byte> bytes, out Problem? fault)
    {
        try
        {
            fault = null;
            return JsonElement.Parse(bytes, Options);
        }
        catch (JsonException error)
        {
            fault = Problem.Invalid("body", $"The request body is not JSON: it cannot be read from line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1} on. It must be a JSON object, nested at most {Limits.JsonDepth} deep.");
            return null;
        }
    }
}

/// <summary>What a body says.</summary>
/// <param name="Json">Its object, or an empty one.</param>
/// <param name="NoJson">The fault of bytes that are no JSON; null when they are. MLflow takes them as an empty object and says what is missing in it, so that comes first here, too.</param>
public readonly record struct ReadBody(JsonElement Json, Problem? NoJson);
