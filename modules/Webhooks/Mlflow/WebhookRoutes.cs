using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Kernel.Search;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Deliveries;
using Slipway.Webhooks.Events;
using Slipway.Webhooks.Hooks;

namespace Slipway.Webhooks.Mlflow;

/// <summary>Webhooks at the MLflow edge. Events that MLflow does not know are neither shown nor changed here.</summary>
internal sealed class WebhookRoutes(CreateWebhook create, UpdateWebhook update, DeleteWebhook delete, GetWebhooks get, TestWebhook test)
{
    private const string At = "/mlflow/webhooks";
    private const string One = At + "/{webhook_id}";
    private const int MaxLimit = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflow("POST", At, Permissions.Manage, Create);
        routes.MapMlflow("GET", At, Permissions.Read, List);
        routes.MapMlflow("GET", One, Permissions.Read, async (context, caller, ct) => await Answer(context, caller, await get.One(caller, IdOf(context), ct)));
        routes.MapMlflow("PATCH", One, Permissions.Manage, Update);
        routes.MapMlflow("DELETE", One, Permissions.Manage, async (context, caller, ct) => await MlflowJson.Empty(context, await delete.Handle(caller, IdOf(context), ct)));
        routes.MapMlflow("POST", One + "/test", Permissions.Manage, Test);
    }

    private async Task<Problem?> Create(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (name, url, description, secret) = (input.Required("name"), input.Required("url"), input.Text("description"), input.Text("secret"));
        var active = input.Enum<WebhookStatus>("status", WireNames.Of) != WebhookStatus.Disabled;
        var events = Events(input);
        if (input.Problem is { } fault) { return fault; }

        if (events.Fails(out var unknown, out var names)) { return unknown; }

        return names.Count == 0
            ? MlflowFaults.Missing("events")
            : await Answer(context, caller, await create.Handle(caller, new CreateWebhookRequest(name, url, names, description, secret, active), ct));
    }

    private async Task<Problem?> Update(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var asked = new UpdateWebhookRequest(
            input.Text("name"), input.Text("url"), null, input.Text("description"), input.Text("secret"),
            input.Enum<WebhookStatus>("status", WireNames.Of) is { } status ? status == WebhookStatus.Active : null);
        var events = Events(input);
        if (input.Problem is { } fault) { return fault; }

        if (events.Fails(out var unknown, out var names)) { return unknown; }

        // An empty list cannot be told from none here, and a webhook without events makes no sense.
        asked = asked with { Events = names.Count == 0 ? null : names };
        return await Answer(context, caller, await update.Handle(caller, IdOf(context), asked, ct, keep: name => EventCatalogue.Find(name) is { IsMlflow: false }));
    }

    private async Task<Problem?> List(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (limit, token) = (input.Integer("max_results") ?? 100, input.Text("page_token"));
        if ((input.Problem ?? MlflowFaults.LimitFault(limit, MaxLimit)) is { } fault) { return fault; }

        if (PageToken.Parse(token).Fails(out problem, out var page)) { return problem; }

        // A workspace has no more webhooks than fit into one look.
        if ((await get.Newest(caller, null, Limits.WebhooksPerWorkspace, ct)).Fails(out problem, out var all)) { return problem; }

        var shown = all.Skip((int)Math.Min(page.Offset, all.Count)).Take((int)limit).ToList();
        var end = page.Offset + shown.Count;
        return await MlflowJson.Answer(context, async json =>
        {
            await MlflowJson.List(json, "webhooks", shown, (writer, hook) => WebhookJson.Write(writer, hook, caller));
            MlflowJson.NextPage(json, end < all.Count ? new PageToken(end).ToString() : null);
        });
    }

    private async Task<Problem?> Test(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        string? name = null;
        if (input.Object("event") is { } given && Event(given).Fails(out problem, out name)) { return problem; }

        if (input.Problem is { } fault) { return fault; }

        if ((await test.Handle(caller, IdOf(context), name, ct)).Fails(out problem, out var delivery)) { return problem; }

        return await MlflowJson.Answer(context, json => WebhookJson.Result(json, delivery));
    }

    private static async Task<Problem?> Answer(HttpContext context, Caller caller, Result<Webhook> result) => result.Fails(out var problem, out var hook)
        ? problem
        : await MlflowJson.Answer(context, json =>
        {
            json.WritePropertyName("webhook"u8);
            WebhookJson.Write(json, hook, caller);
        });

    private static string IdOf(HttpContext context) => (string)context.GetRouteValue("webhook_id")!;

    private static Result<List<string>> Events(MlflowInput input)
    {
        var names = new List<string>();
        foreach (var item in input.Objects("events"))
        {
            if (Event(item).Fails(out var problem, out var name)) { return problem; }

            names.Add(name);
        }

        return names;
    }

    private static Result<string> Event(MlflowInput input)
    {
        var (entity, action) = (input.Enum<WebhookEntity>("entity", WireNames.Of), input.Enum<WebhookAction>("action", WireNames.Of));
        if (entity is null || action is null)
        {
            return Problem.Invalid("events", $"A webhook event needs an entity and an action that there are; these pairs are: {Pairs(null)}.");
        }

        var (about, done) = (WireNames.Of(entity.Value), WireNames.Of(action.Value));
        return EventCatalogue.All.FirstOrDefault(kind => kind.Entity == about && kind.Action == done) is { } known
            ? known.Name
            : Problem.Invalid("events", $"Invalid action '{done}' for entity '{about}'. Valid pairs are: {Pairs(about)}.");
    }

    private static string Pairs(string? entity) =>
        string.Join(", ", EventCatalogue.All.Where(kind => kind.IsMlflow && (entity is null || kind.Entity == entity)).Select(kind => $"{kind.Entity} {kind.Action}"));
}
