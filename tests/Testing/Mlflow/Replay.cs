using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Slipway.Testing.Mlflow;

/// <summary>Sends recorded requests to a server and compares what comes back with what MLflow said.</summary>
public sealed partial class Replay(HttpClient http)
{
    private static readonly HashSet<string> Times =
    [
        "creation_time", "last_update_time", "creation_timestamp", "last_updated_timestamp", "creation_timestamp_ms", "last_updated_timestamp_ms", "created_time", "created_at", "last_updated_at",
    ];

    private readonly Dictionary<string, string> _values = [];

    /// <returns>Null when the answer is the recorded one; otherwise both, to be read.</returns>
    public async Task<string?> Send(Exchange exchange)
    {
        using var request = Request(exchange);
        using var answer = await http.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var body = IsJson(answer) && bytes.Length > 0 && exchange.Line["response_text"] is null ? JsonNode.Parse(bytes) : null;
        foreach (var (name, pointer) in exchange.Captures)
        {
            if (Find(body, pointer) is { } value) { _values[name] = value; }
        }

        var (wanted, found) = (Wanted(exchange), $"{(int)answer.StatusCode} {Shown(body, bytes, exchange)}");
        return wanted == found ? null : $"{exchange.Seq} {exchange.Name}\n  wanted {wanted}\n  found  {found}";
    }

    private HttpRequestMessage Request(Exchange exchange)
    {
        var line = exchange.Line;
        var request = new HttpRequestMessage(new HttpMethod(exchange.Method), Fill((string)line["path"]!) + Query(line["query"] as JsonObject));
        var body = line["request_base64"] is { } base64 ? Convert.FromBase64String((string)base64!)
            : line["request_text"] is { } text ? Encoding.UTF8.GetBytes(Fill((string)text!))
            : line["request_body"] is { } json ? Encoding.UTF8.GetBytes(Fill(json.ToJsonString()))
            : null;
        if (body is not null) { request.Content = new ByteArrayContent(body); }

        foreach (var (name, value) in line["request_headers"] as JsonObject ?? [])
        {
            if (name == "content-type") { (request.Content ??= new ByteArrayContent([])).Headers.ContentType = MediaTypeHeaderValue.Parse((string)value!); }
            else if (name == "host") { request.Headers.Host = (string)value!; }
            else if (name == "origin") { request.Headers.Add(name, (string)value!); }
        }

        if (line["auth"] is JsonArray { Count: 2 } auth)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{(string)auth[0]!}:{(string)auth[1]!}")));
        }

        return request;
    }

    private string Query(JsonObject? query) => query is null || query.Count == 0 ? "" : "?" + string.Join('&', query.SelectMany(
        pair => (pair.Value as JsonArray)?.Select(item => (pair.Key, item)) ?? [(pair.Key, pair.Value)],
        (_, pair) => $"{pair.Key}={Uri.EscapeDataString(Fill(pair.Item2!.GetValueKind() == JsonValueKind.String ? (string)pair.Item2! : pair.Item2.ToJsonString()))}"));

    private string Wanted(Exchange exchange)
    {
        var line = exchange.Line;
        var body = line["response_body"] is { } json ? Normalise(JsonNode.Parse(Fill(json.ToJsonString())), exchange)
            : line["response_base64"] is { } base64 ? (string)base64!
            : line["response_text"] is { } text ? Plain(Fill((string)text!), exchange.Status)
            : "";
        return $"{exchange.Status} {body}";
    }

    private static string Shown(JsonNode? body, byte[] bytes, Exchange exchange) =>
        body is not null ? Normalise(body, exchange)
        : exchange.Line["response_base64"] is not null ? Convert.ToBase64String(bytes)
        // MLflow serves JSON artifacts as text; the recording shows them parsed.
        : exchange.Line["response_body"] is not null && bytes.FirstOrDefault() is (byte)'{' or (byte)'[' ? Normalise(JsonNode.Parse(bytes), exchange)
        : Plain(Encoding.UTF8.GetString(bytes), exchange.Status);

    /// <summary>Refusals say first what they are and then, here, why; pages of an unknown path or method say nothing to a client.</summary>
    private static string Plain(string text, int status) => status switch
    {
        401 or 403 => text.Split('.')[0],
        404 or 405 => "",
        _ => text,
    };

    private string Fill(string text) => Hole().Replace(text, hole => _values.GetValueOrDefault(hole.Groups[1].Value, hole.Value));

    private static string? Find(JsonNode? node, string pointer)
    {
        foreach (var part in pointer.Split('/').Skip(1))
        {
            node = node is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)] : node?[part];
        }

        return node is null ? null : node.GetValueKind() == JsonValueKind.String ? (string)node! : node.ToJsonString();
    }

    private static bool IsJson(HttpResponseMessage answer) => answer.Content.Headers.ContentType?.MediaType == "application/json";

    /// <summary>One text for all forms of the same answer: sorted names and unordered lists, numbers as doubles, no times, no generated names.</summary>
    private static string Normalise(JsonNode? node, Exchange exchange) => Text(node, "", Reading.Of(exchange));

    private static string Text(JsonNode? node, string name, Reading how) => node switch
    {
        JsonObject fields => "{" + string.Join(", ", fields.Where(field => field.Key is not ("sqlstate" or "error_class"))
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}: {(Times.Contains(field.Key) || (how.Generated && field.Key == "run_name") ? "-" : Text(field.Value, field.Key, how))}")) + "}",
        JsonArray items when name == "runs" && how.SizeOnly => $"{items.Count} of them",
        JsonArray items when name is "metrics" or "params" or "tags" || (name == "runs" && how.AsSet) =>
            "[" + string.Join(", ", items.Select(item => Text(item, "", how)).Order(StringComparer.Ordinal)) + "]",
        JsonArray items => "[" + string.Join(", ", items.Select(item => Text(item, "", how))) + "]",
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.GetValue<JsonElement>().GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Message((string)value!, how.Generated),
        null => "null",
        _ => node.ToJsonString(),
    };

    /// <summary>What the note of a line says of its answer.</summary>
    /// <param name="Generated">Names in it were made up by the server.</param>
    /// <param name="AsSet">Its runs are equal in what they are ordered by; MLflow then goes by their random ids.</param>
    /// <param name="SizeOnly">As <paramref name="AsSet"/>, and there were more than one page holds.</param>
    private readonly record struct Reading(bool Generated, bool AsSet, bool SizeOnly)
    {
        public static Reading Of(Exchange exchange)
        {
            var note = (string?)exchange.Line["note"] ?? "";
            return new(note.Contains("generated", StringComparison.Ordinal), note.Contains("compare as a set", StringComparison.Ordinal), note.Contains("as a set of size", StringComparison.Ordinal));
        }
    }

    private static string Message(string text, bool generated)
    {
        var end = text.IndexOf("already exists.", StringComparison.Ordinal);
        text = end < 0 ? text : text[..end];
        text = generated ? GeneratedName().Replace(text, "-") : text;
        return Set().Replace(text, set => "{" + string.Join(", ", set.Groups[1].Value.Split(", ").Order(StringComparer.Ordinal)) + "}");
    }

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\{('[^{}:]*')\}")]
    private static partial Regex Set();

    [GeneratedRegex(@"\A[a-z]+-[a-z]+-\d+\z")]
    private static partial Regex GeneratedName();
}
