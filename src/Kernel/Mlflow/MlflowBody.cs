using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel.Mlflow;

/// <summary>The bytes of a request, and what MLflow makes of those that are no plain JSON object.</summary>
public static class MlflowBody
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Limits.JsonDepth };

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
    /// The object in the bytes. Malformed JSON and null count as an empty object; a string is read once more as JSON; NaN and Infinity may stand as bare words.
    /// </summary>
    public static Result<JsonElement> Parse(ReadOnlySpan<byte> bytes)
    {
        var json = TryParse(bytes) ?? TryParse(LiteralNumbers.Quote(bytes));
        if (json is { ValueKind: JsonValueKind.String } text) { json = TryParse(System.Text.Encoding.UTF8.GetBytes(text.GetString()!)); }

        return json switch
        {
            { ValueKind: JsonValueKind.Object } found => found,
            null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => JsonElement.Parse("{}"u8),
            { } other => Problem.Invalid("body", $"The request body is {JsonKind.Name(other)}; it must be a JSON object."),
        };
    }

    private static JsonElement? TryParse(ReadOnlySpan<byte> bytes)
    {
        try { return JsonElement.Parse(bytes, Options); }
        catch (JsonException) { return null; }
    }
}
