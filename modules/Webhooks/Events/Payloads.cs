using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Kernel;

namespace Slipway.Webhooks.Events;

/// <summary>What is sent. Events of MLflow have its form (specification: webhooks), with the workspace beside it; the others carry the fact as it was told.</summary>
internal sealed class Payloads(MlflowData data)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON of at most <see cref="Limits.WebhookPayloadBytes"/>; what would be longer goes without its long fields, and says so.</summary>
    public string Write(ReadTx tx, StoredFact fact, EventKind kind)
    {
        var about = kind.IsMlflow ? data.Of(tx, fact) : JsonNode.Parse(fact.Body)!.AsObject();
        var text = Text(kind, fact.Workspace, fact.Subject, fact.AtMs, about);
        if (System.Text.Encoding.UTF8.GetByteCount(text) <= Limits.WebhookPayloadBytes) { return text; }

        var kept = about.Where(field => field.Value is not (JsonObject or JsonArray) && field.Value?.ToJsonString().Length is null or < 2_000).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()));
        return Text(kind, fact.Workspace, fact.Subject, fact.AtMs, new JsonObject(kept) { ["truncated"] = true });
    }

    /// <summary>What a test sends: the form of the real thing, about things that do not exist.</summary>
    public static string Sample(EventKind kind, string workspace, long nowMs) => Text(kind, workspace, "sample", nowMs, Samples.Of(kind));

    private static string Text(EventKind kind, string workspace, string subject, long atMs, JsonObject about)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(atMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        var payload = kind.IsMlflow
            ? new JsonObject { ["entity"] = kind.Entity!.ToLowerInvariant(), ["action"] = kind.Action!.ToLowerInvariant(), ["timestamp"] = time, ["workspace"] = workspace, ["data"] = about }
            : new JsonObject { ["event"] = kind.Name, ["timestamp"] = time, ["workspace"] = workspace, ["subject"] = subject, ["data"] = about };
        return payload.ToJsonString(Json);
    }
}
