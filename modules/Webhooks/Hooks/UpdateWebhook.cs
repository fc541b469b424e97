using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Outbound;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Deliveries;

namespace Slipway.Webhooks.Hooks;

/// <summary>Changes a webhook; what is not given stays.</summary>
internal sealed class UpdateWebhook(Db db, OutboundClient outbound, OutboundRules rules, SecretBox secrets, LiveHub live)
{
    public static void Map(RouteGroupBuilder hooks) => hooks
        .MapPatch("/{id}", async (string id, UpdateWebhookRequest body, Caller caller, UpdateWebhook handler, CancellationToken ct) =>
            (await handler.View(caller, id, body, ct)).ToHttp())
        .Needs(Permissions.Manage).WithName(nameof(UpdateWebhook)).WithSummary("Changes a webhook; what is absent stays as it is.")
        .Produces<WebhookView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);

    /// <param name="keep">Events of the webhook that stay whatever the request says; null = none.</param>
    public async Task<Result<Webhook>> Handle(Caller caller, string id, UpdateWebhookRequest asked, CancellationToken ct, Func<string, bool>? keep = null)
    {
        if (caller.Lacks(Permissions.Manage) is { } denied) { return denied; }

        if (((asked.Name is { } name ? WebhookRules.NameFault(name) : null) ?? WebhookRules.TextFault(asked.Description, asked.Secret)) is { } fault) { return fault; }

        IReadOnlyList<string>? events = null;
        if (asked.Events is { } named && WebhookRules.Events(named).Fails(out var unknown, out events)) { return unknown; }

        if (asked.Url is { } url && await outbound.Check(url, ct) is { } refusal) { return WebhookRules.UrlProblem(refusal, url, rules.AllowHttp); }

        var secret = string.IsNullOrEmpty(asked.Secret) ? null : secrets.Seal(asked.Secret, Webhook.SubjectOf(id));
        return await db.Write<Result<Webhook>>(tx =>
        {
            if (WebhookStore.Find(tx, caller.Workspace, id) is not { } before) { return Faults.NoWebhook(id); }

            var after = before with
            {
                Name = asked.Name ?? before.Name,
                Description = asked.Description ?? before.Description,
                Url = asked.Url ?? before.Url,
                Active = asked.Active ?? before.Active,
                Secret = asked.Secret is null ? before.Secret : secret,
                Events = events is null ? before.Events : [.. events.Concat(before.Events.Where(keep ?? (_ => false))).Distinct().Order(StringComparer.Ordinal)],
                UpdatedMs = tx.Clock.NowMs(),
            };
            WebhookStore.Update(tx, after);
            tx.Audit(caller, Actions.Update, after.Subject, before.Audited, after.Audited);
            tx.AfterCommit(() => live.Send(new LiveChange("webhook", caller.Workspace, id)));
            return after;
        }, ct);
    }

    private async Task<Result<WebhookView>> View(Caller caller, string id, UpdateWebhookRequest asked, CancellationToken ct)
    {
        if ((await Handle(caller, id, asked, ct)).Fails(out var problem, out var hook)) { return problem; }

        return hook.ToView(caller, await db.Read(tx => DeliveryStore.Waiting(tx, [id]).GetValueOrDefault(id), ct));
    }
}
