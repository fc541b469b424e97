namespace Slipway.Webhooks.Contracts;

/// <summary>Who hears of what happens in a workspace.</summary>
/// <param name="Url">Where it is sent; scheme and host alone for those who may not change it.</param>
/// <param name="Events">Names of events, sorted.</param>
/// <param name="Active">False: what happens meanwhile is not sent, also not later; what waits already is sent when it is active again.</param>
/// <param name="HasSecret">Deliveries are signed; the secret itself is never given out.</param>
/// <param name="Waiting">Deliveries that are not sent yet or will be sent again.</param>
/// <param name="FailingSinceMs">The first failed attempt since the last one that was answered well; absent while all is well.</param>
/// <param name="LastError">What went wrong at the last attempt; absent when nothing did.</param>
public sealed record WebhookView(
    string Id, string Name, string Url, IReadOnlyList<string> Events, bool Active, bool HasSecret, long CreatedMs, long UpdatedMs, string By, long Waiting,
    string? Description = null, long? FailingSinceMs = null, long? LastAttemptMs = null, string? LastError = null);

/// <param name="Name">1 to 63 letters, digits and <c>. _ -</c>, with a letter or digit at both ends.</param>
/// <param name="Url">https, of a public host unless the server's settings allow more; at most 2,048 characters.</param>
/// <param name="Events">At least one name of an event.</param>
/// <param name="Secret">1 to 1,000 characters; deliveries are signed with it. Absent = they are not signed.</param>
public sealed record CreateWebhookRequest(string Name, string Url, IReadOnlyList<string> Events, string? Description = null, string? Secret = null, bool Active = true);

/// <summary>What is absent stays as it is.</summary>
/// <param name="Secret">Empty = deliveries are not signed any more.</param>
public sealed record UpdateWebhookRequest(
    string? Name = null, string? Url = null, IReadOnlyList<string>? Events = null, string? Description = null, string? Secret = null, bool? Active = null);

/// <param name="Event">Which sample is sent; absent = of the first event of the webhook.</param>
public sealed record TestWebhookRequest(string? Event = null);

/// <summary>Something that a webhook may hear of.</summary>
/// <param name="Mlflow">MLflow's clients know it too.</param>
/// <param name="Sent">False: it may be subscribed to, but nothing in this version of the server tells it.</param>
public sealed record WebhookEventView(string Name, string Group, string Meaning, bool Mlflow, bool Sent);

public enum WebhookDeliveryState
{
    Waiting,
    Delivered,

    /// <summary>Given up; it may be sent again by hand.</summary>
    Failed,
}

/// <summary>One thing that happened, on its way to one webhook.</summary>
/// <param name="Id">As in the header <c>X-MLflow-Delivery-Id</c>; the same in every attempt.</param>
/// <param name="Subject">What it is about, such as <c>run/0192…</c>.</param>
/// <param name="DueMs">When the next attempt is made; absent when it has ended.</param>
/// <param name="Status">HTTP status of the last attempt; absent when there was no answer.</param>
/// <param name="TookMs">Of the last attempt.</param>
/// <param name="Answer">The first 1,024 bytes of it.</param>
/// <param name="Body">What is sent, JSON; absent in lists.</param>
public sealed record WebhookDeliveryView(
    string Id, string Event, string Subject, WebhookDeliveryState State, bool Test, long Attempts, long CreatedMs, long? DueMs = null, long? EndedMs = null,
    long? Status = null, long? TookMs = null, string? Answer = null, string? Error = null, string? Body = null);
