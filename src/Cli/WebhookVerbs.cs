using System.CommandLine;
using Slipway.Client;
using Slipway.Webhooks.Contracts;

namespace Slipway.Cli;

/// <summary>Webhooks: who hears of what, and whether it arrived.</summary>
internal static class WebhookVerbs
{
    public static Command Create() => new("webhooks", "Lists, makes, tests and deletes webhooks, and shows what was delivered.")
    {
        List(), Make(), Delete(), Test(), Deliveries(), Redeliver(), Events(),
    };

    private static Argument<string> Hook() => new("WEBHOOK") { Description = "Name or id of the webhook" };

    private static Command List() => new Command("list", "Lists the webhooks, the newest first.").InWorkspace(async (parsed, client, workspace, ct) =>
    {
        var hooks = await client.All<WebhookView>($"{workspace}/webhooks", ct);
        if (parsed.Json(hooks)) { return 0; }

        if (hooks.Count == 0) { Terminal.Line("There is no webhook in this workspace."); }
        else
        {
            TextTable.Print(
                ["WEBHOOK", "STATE", "WAITING", "URL", "EVENTS"],
                [.. hooks.Select(hook => (IReadOnlyList<string?>)[hook.Name, StateOf(hook), Show.Count(hook.Waiting), hook.Url, string.Join(' ', hook.Events)])],
                2);
        }

        return 0;
    });

    private static Command Make()
    {
        var name = new Argument<string>("NAME") { Description = "Letters, digits and . _ - inside" };
        var url = new Argument<string>("URL") { Description = "Where to send, https on a public host" };
        var events = new Option<string[]>("--event") { Description = "What to send, once per event; 'webhooks events' lists them", Required = true };
        var secret = new Option<FileInfo?>("--secret-file") { Description = "File with the secret that deliveries are signed with" };
        var text = new Option<string?>("--description") { Description = "What it is for" };
        return new Command("create", "Makes a webhook.") { name, url, events, secret, text }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var asked = new CreateWebhookRequest(parsed.GetValue(name)!, parsed.GetValue(url)!, parsed.GetValue(events)!, parsed.GetValue(text), await Secret(parsed.GetValue(secret), ct));
            var view = await client.Post<CreateWebhookRequest, WebhookView>($"{workspace}/webhooks", asked, ct);
            if (!parsed.Json(view)) { Terminal.Line($"Webhook {view.Name} ({view.Id}) hears of {Show.Plural(view.Events.Count, "event")} from now on."); }

            return 0;
        });
    }

    private static Command Delete()
    {
        var hook = Hook();
        return new Command("delete", "Deletes a webhook with the log of its deliveries.") { hook }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var found = await Find(client, workspace, parsed.GetValue(hook)!, ct);
            await client.Delete($"{workspace}/webhooks/{found.Id}", ct);
            if (!parsed.Json(found)) { Terminal.Line($"Webhook {found.Name} is deleted."); }

            return 0;
        });
    }

    private static Command Test()
    {
        var (hook, name) = (Hook(), new Option<string?>("--event") { Description = "Which sample; without it, that of the webhook's first event" });
        return new Command("test", "Sends a sample and tells how it went; exit code 1 when it did not arrive.") { hook, name }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var found = await Find(client, workspace, parsed.GetValue(hook)!, ct);
            var went = await client.Post<TestWebhookRequest, WebhookDeliveryView>($"{workspace}/webhooks/{found.Id}/test", new(parsed.GetValue(name)), ct);
            if (!parsed.Json(went)) { Terminal.Line(went.State == WebhookDeliveryState.Delivered ? $"It arrived: {went.Status} in {went.TookMs} ms." : $"It did not arrive: {went.Error}"); }

            return went.State == WebhookDeliveryState.Delivered ? 0 : 1;
        });
    }

    private static Command Deliveries()
    {
        var hook = Hook();
        return new Command("deliveries", "Lists what was sent to a webhook or is to be sent, the newest first.") { hook }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var found = await Find(client, workspace, parsed.GetValue(hook)!, ct);
            var page = await client.Get<Kernel.Contracts.Page<WebhookDeliveryView>>($"{workspace}/webhooks/{found.Id}/deliveries?limit=50", ct);
            if (parsed.Json(page.Items)) { return 0; }

            if (page.Items.Count == 0) { Terminal.Line("Nothing was sent yet."); }
            else
            {
                TextTable.Print(
                    ["DELIVERY", "EVENT", "STATE", "TOLD", "ATTEMPTS", "STATUS", "ERROR"],
                    [.. page.Items.Select(one => (IReadOnlyList<string?>)[
                        one.Id, one.Event, one.Test ? $"{one.State} (test)".ToLowerInvariant() : $"{one.State}".ToLowerInvariant(), Show.Time(one.CreatedMs), Show.Count(one.Attempts), one.Status is { } status ? $"{status}" : "", one.Error])],
                    4);
            }

            return 0;
        });
    }

    private static Command Redeliver()
    {
        var (hook, delivery) = (Hook(), new Argument<string>("DELIVERY") { Description = "Id of the delivery" });
        return new Command("redeliver", "Sends a delivery again, under the same id.") { hook, delivery }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var found = await Find(client, workspace, parsed.GetValue(hook)!, ct);
            var path = $"{workspace}/webhooks/{found.Id}/deliveries/{Uri.EscapeDataString(parsed.GetValue(delivery)!)}/redeliver";
            var view = await client.Post<TestWebhookRequest, WebhookDeliveryView>(path, new(), ct);
            if (!parsed.Json(view)) { Terminal.Line($"Delivery {view.Id} is sent again."); }

            return 0;
        });
    }

    private static Command Events() => new Command("events", "Lists what a webhook may hear of.").InWorkspace(async (parsed, client, workspace, ct) =>
    {
        var events = await client.Get<List<WebhookEventView>>($"{workspace}/webhooks/events", ct);
        if (!parsed.Json(events)) { TextTable.Print(["EVENT", "MEANING"], [.. events.Select(one => (IReadOnlyList<string?>)[one.Name, one.Meaning])]); }

        return 0;
    });

    private static string StateOf(WebhookView hook) => !hook.Active ? "disabled" : hook.FailingSinceMs is { } since ? $"failing since {Show.Time(since)}" : hook.LastAttemptMs is null ? "new" : "well";

    private static async Task<WebhookView> Find(SlipwayClient client, string workspace, string named, CancellationToken ct)
    {
        var found = (await client.All<WebhookView>($"{workspace}/webhooks", ct)).FindAll(hook => hook.Id == named || hook.Name == named);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new SlipwayException($"There is no webhook '{named}' in this workspace; 'webhooks list' shows those that are."),
            _ => throw new SlipwayException($"{found.Count} webhooks are called '{named}'; name one by its id: {string.Join(", ", found.Select(hook => hook.Id))}."),
        };
    }

    private static async Task<string?> Secret(FileInfo? file, CancellationToken ct)
    {
        if (file is null) { return null; }

        try { return (await File.ReadAllTextAsync(file.FullName, ct)).TrimEnd('\r', '\n'); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { throw new SlipwayException($"{file} cannot be read: {error.Message}"); }
    }
}
