using Slipway.Kernel;
using Slipway.Webhooks.Contracts;

namespace Slipway.Webhooks.Hooks;

/// <summary>A row of <c>webhooks_hooks</c> with its events.</summary>
/// <param name="Secret">Encrypted; null = deliveries are not signed.</param>
/// <param name="FromPosition">Facts up to this one are older than the webhook.</param>
internal sealed record Webhook(
    string Id, string Workspace, string Name, string? Description, string Url, bool Active, byte[]? Secret, long FromPosition, long CreatedMs, long UpdatedMs, string By)
{
    /// <summary>Names, sorted.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    public long? LastAttemptMs { get; init; }

    public string? LastError { get; init; }

    public long? FailingSinceMs { get; init; }

    public string Subject => SubjectOf(Id);

    public static string SubjectOf(string id) => $"webhook/{id}";

    /// <summary>What the audit log compares: everything but the secret and how deliveries went.</summary>
    public object Audited => new { Name, Description, Url, Active, Events, HasSecret = Secret is not null };

    public WebhookView ToView(Caller caller, long waiting) => new(
        Id, Name, ShownUrl(caller), Events, Active, Secret is not null, CreatedMs, UpdatedMs, By, waiting, Description, FailingSinceMs, LastAttemptMs, LastError);

    /// <summary>Whoever may not change the webhook sees the host alone: receivers such as chats keep their secret in the path.</summary>
    public string ShownUrl(Caller caller) => caller.Has(Permissions.Manage) ? Url : new Uri(Url).GetLeftPart(UriPartial.Authority) + "/…";
}

/// <summary>Ids of webhooks and deliveries: UUIDs as MLflow writes them, sortable as all of ours.</summary>
internal static class HookIds
{
    public static string New(TimeProvider clock) => Guid.ParseExact(Ids.New(clock), "N").ToString("D");
}
