using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;

namespace Slipway.Webhooks.Hooks;

/// <summary>Deletes a webhook with the log of its deliveries; what waits is not sent any more.</summary>
internal sealed class DeleteWebhook(Db db, LiveHub live)
{
    public static void Map(RouteGroupBuilder hooks) => hooks
        .MapDelete("/{id}", async (string id, Caller caller, DeleteWebhook handler, CancellationToken ct) => (await handler.Handle(caller, id, ct)).ToHttp())
        .Needs(Permissions.Manage).WithName(nameof(DeleteWebhook)).WithSummary("Deletes a webhook with the log of its deliveries.")
        .Produces(204).ProducesProblem(403).ProducesProblem(404);

    public async Task<Result<Done>> Handle(Caller caller, string id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Manage) is { } denied) { return denied; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (WebhookStore.Find(tx, caller.Workspace, id) is not { } hook) { return Faults.NoWebhook(id); }

            WebhookStore.Delete(tx, id);
            tx.Audit(caller, Actions.Delete, hook.Subject, before: hook.Audited);
            tx.AfterCommit(() => live.Send(new LiveChange("webhook", caller.Workspace, id)));
            return Done.Value;
        }, ct);
    }
}
