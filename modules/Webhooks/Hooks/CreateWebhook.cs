using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Outbound;
using Slipway.Webhooks.Contracts;

namespace Slipway.Webhooks.Hooks;

/// <summary>Makes a webhook; it hears of what is told after it.</summary>
internal sealed class CreateWebhook(Db db, OutboundClient outbound, OutboundRules rules, SecretBox secrets, TimeProvider clock, LiveHub live)
{
    public static void Map(RouteGroupBuilder hooks) => hooks
        .MapPost("", async (CreateWebhookRequest body, Caller caller, CreateWebhook handler, CancellationToken ct) =>
            (await handler.Handle(caller, body, ct)).Then(hook => hook.ToView(caller, 0)).ToCreated(view => $"/api/v1/w/{caller.Workspace}/webhooks/{view.Id}"))
        .Needs(Permissions.Manage).WithName(nameof(CreateWebhook)).WithSummary("Makes a webhook.")
        .Produces<WebhookView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);

    public async Task<Result<Webhook>> Handle(Caller caller, CreateWebhookRequest asked, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Manage) is { } denied) { return denied; }

        if ((WebhookRules.NameFault(asked.Name) ?? WebhookRules.TextFault(asked.Description, asked.Secret)) is { } fault) { return fault; }

        if (WebhookRules.Events(asked.Events).Fails(out var unknown, out var events)) { return unknown; }

        if (await outbound.Check(asked.Url, ct) is { } refusal) { return WebhookRules.UrlProblem(refusal, asked.Url, rules.AllowHttp); }

        var id = HookIds.New(clock);
        var secret = string.IsNullOrEmpty(asked.Secret) ? null : secrets.Seal(asked.Secret, Webhook.SubjectOf(id));
        return await db.Write<Result<Webhook>>(tx =>
        {
            if (WebhookStore.Count(tx, caller.Workspace) >= Limits.WebhooksPerWorkspace)
            {
                return Problem.Conflict("too_many_webhooks", $"The workspace has {Limits.WebhooksPerWorkspace} webhooks, which is the most; delete one first.");
            }

            var now = tx.Clock.NowMs();
            var hook = new Webhook(id, caller.Workspace, asked.Name, asked.Description, asked.Url, asked.Active, secret, FactLog.Reach(tx), now, now, caller.Name) { Events = events };
            WebhookStore.Insert(tx, caller, hook);
            tx.Audit(caller, Actions.Create, hook.Subject, after: hook.Audited);
            tx.AfterCommit(() => live.Send(new LiveChange("webhook", caller.Workspace, id)));
            return hook;
        }, ct);
    }
}
