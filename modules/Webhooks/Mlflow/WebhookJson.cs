using System.Text.Json;
using Slipway.Kernel;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Deliveries;
using Slipway.Webhooks.Events;
using Slipway.Webhooks.Hooks;

namespace Slipway.Webhooks.Mlflow;

/// <summary>Webhooks as MLflow writes them.</summary>
internal static class WebhookJson
{
    public static void Write(Utf8JsonWriter json, Webhook hook, Caller caller)
    {
        json.WriteStartObject();
        json.WriteString("webhook_id"u8, hook.Id);
        json.WriteString("name"u8, hook.Name);
        if (hook.Description is { } description) { json.WriteString("description"u8, description); }

        json.WriteString("url"u8, hook.ShownUrl(caller));
        var events = hook.Events.Select(EventCatalogue.Find).Where(kind => kind is { IsMlflow: true }).ToList();
        if (events.Count > 0) { json.WriteStartArray("events"u8); }

        foreach (var kind in events)
        {
            json.WriteStartObject();
            json.WriteString("entity"u8, kind!.Entity);
            json.WriteString("action"u8, kind.Action);
            json.WriteEndObject();
        }

        if (events.Count > 0) { json.WriteEndArray(); }

        json.WriteString("status"u8, hook.Active ? "ACTIVE"u8 : "DISABLED"u8);
        json.WriteNumber("creation_timestamp"u8, hook.CreatedMs);
        json.WriteNumber("last_updated_timestamp"u8, hook.UpdatedMs);
        json.WriteEndObject();
    }

    public static void Result(Utf8JsonWriter json, Delivery delivery)
    {
        json.WriteStartObject("result"u8);
        json.WriteBoolean("success"u8, delivery.State == WebhookDeliveryState.Delivered);
        if (delivery.Status is { } status) { json.WriteNumber("response_status"u8, status); }

        if (delivery.Answer is { } answer) { json.WriteString("response_body"u8, answer); }

        if (delivery.Error is { } error) { json.WriteString("error_message"u8, error); }

        json.WriteEndObject();
    }
}
