using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Deliveries;
using Slipway.Webhooks.Events;

namespace Slipway.Webhooks.Hooks;

/// <summary>Webhooks, the newest first; one of them; and what there is to hear of.</summary>
internal sealed class GetWebhooks(Db db)
{
    public static void Map(RouteGroupBuilder hooks)
    {
        hooks.MapGet("", async (string? cursor, int? limit, Caller caller, GetWebhooks handler, CancellationToken ct) => (await handler.Page(caller, cursor, limit ?? 100, ct)).ToHttp())
            .Needs(Permissions.Read).WithName("ListWebhooks").WithSummary("The webhooks of the workspace, the newest first.")
            .Produces<Page<WebhookView>>().ProducesProblem(400);
        hooks.MapGet("/events", (Caller caller) => (caller.Lacks(Permissions.Read) is { } denied ? (Result<IReadOnlyList<WebhookEventView>>)denied : Result(EventCatalogue.View)).ToHttp())
            .Needs(Permissions.Read).WithName("ListWebhookEvents").WithSummary("What a webhook may hear of.")
            .Produces<IReadOnlyList<WebhookEventView>>();
        hooks.MapGet("/{id}", async (string id, Caller caller, GetWebhooks handler, CancellationToken ct) => (await handler.View(caller, id, ct)).ToHttp())
            .Needs(Permissions.Read).WithName("GetWebhook").WithSummary("One webhook.")
            .Produces<WebhookView>().ProducesProblem(404);
    }

    public async Task<Result<Webhook>> One(Caller caller, string id, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        return await db.Read(tx => WebhookStore.Find(tx, caller.Workspace, id), ct) is { } hook ? hook : Faults.NoWebhook(id);
    }

    /// <summary>The newest first, at most so many.</summary>
    public async Task<Result<List<Webhook>>> Newest(Caller caller, string? before, int limit, CancellationToken ct) =>
        caller.Lacks(Permissions.Read) is { } denied ? denied : await db.Read(tx => WebhookStore.Newest(tx, caller.Workspace, before, limit), ct);

    private async Task<Result<WebhookView>> View(Caller caller, string id, CancellationToken ct)
    {
        if ((await One(caller, id, ct)).Fails(out var problem, out var hook)) { return problem; }

        return hook.ToView(caller, await db.Read(tx => DeliveryStore.Waiting(tx, [id]).GetValueOrDefault(id), ct));
    }

    private async Task<Result<Page<WebhookView>>> Page(Caller caller, string? cursor, int limit, CancellationToken ct)
    {
        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        if ((await Newest(caller, cursor, limit + 1, ct)).Fails(out var problem, out var found)) { return problem; }

        var shown = found.Take(limit).ToList();
        var waiting = await db.Read(tx => DeliveryStore.Waiting(tx, [.. shown.Select(hook => hook.Id)]), ct);
        return new Page<WebhookView>([.. shown.Select(hook => hook.ToView(caller, waiting.GetValueOrDefault(hook.Id)))], found.Count > limit ? shown[^1].Id : null);
    }

    private static Result<IReadOnlyList<WebhookEventView>> Result(IReadOnlyList<WebhookEventView> events) => events.ToList();
}
