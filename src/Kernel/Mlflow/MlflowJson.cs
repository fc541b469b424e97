using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel.Mlflow;

/// <summary>Answers as MLflow writes them: snake_case, int64 as numbers, what is not set left out. Rooms add the writers of their own things.</summary>
public static class MlflowJson
{
    private const int FlushBytes = 64 * 1024;

    /// <summary>Only what JSON itself asks for is escaped: the answers are never part of a page.</summary>
    public static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object; the callback fills it.</summary>
    public static async Task<Problem?> Answer(HttpContext context, Func<Utf8JsonWriter, ValueTask> fill)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Plain);
        json.WriteStartObject();
        await fill(json);
        json.WriteEndObject();
        return null;
    }

    public static Task<Problem?> Answer(HttpContext context, Action<Utf8JsonWriter> fill) => Answer(context, json =>
    {
        fill(json);
        return ValueTask.CompletedTask;
    });

    /// <summary><c>{}</c>, or the problem of a change that was not made.</summary>
    public static async Task<Problem?> Empty<T>(HttpContext context, Result<T> result)
    {
        if (result.Problem is { } problem) { return problem; }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 2;
        await context.Response.BodyWriter.WriteAsync("{}"u8.ToArray(), context.RequestAborted);
        return null;
    }

    /// <summary>A list, left out when empty; sent in pieces, so that a long one is not held whole.</summary>
    public static async ValueTask List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0) { return; }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
            if (json.BytesPending > FlushBytes) { await json.FlushAsync(); }
        }

        json.WriteEndArray();
    }

    /// <param name="token">Null = this was the last page.</param>
    public static void NextPage(Utf8JsonWriter json, string? token)
    {
        if (token is not null) { json.WriteString("next_page_token"u8, token); }
    }

    /// <summary>Objects of key and value, left out when there are none.</summary>
    public static void Pairs(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<(string Key, string Value)> pairs)
    {
        var open = false;
        foreach (var (key, value) in pairs)
        {
            if (!open) { json.WriteStartArray(name); }

            open = true;
            json.WriteStartObject();
            json.WriteString("key"u8, key);
            json.WriteString("value"u8, value);
            json.WriteEndObject();
        }

        if (open) { json.WriteEndArray(); }
    }
}
