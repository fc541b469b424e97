using Slipway.Webhooks.Contracts;

namespace Slipway.Webhooks.Events;

/// <summary>Something that a webhook may hear of.</summary>
/// <param name="Name">Stable; those of MLflow are its entity and action in lower case, <c>model_version.created</c>.</param>
/// <param name="Entity">MLflow's name; null = its clients do not know this event.</param>
/// <param name="Action">As <paramref name="Entity"/>.</param>
internal sealed record EventKind(string Name, string Group, string Meaning, string? Entity = null, string? Action = null)
{
    /// <summary>False: nothing tells it yet.</summary>
    public bool Sent { get; init; } = true;

    public bool IsMlflow => Entity is not null;

    public WebhookEventView ToView() => new(Name, Group, Meaning, IsMlflow, Sent);

    public static EventKind Mlflow(string entity, string action, string group, string meaning) =>
        new($"{entity}.{action}".ToLowerInvariant(), group, meaning, entity, action);
}
