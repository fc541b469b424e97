using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Deliveries;
using Slipway.Webhooks.Hooks;

namespace Slipway.Webhooks.Tests;

public sealed class LimitTests
{
    private const string Url = "https://93.184.216.34/x";

    [Fact]
    public async Task A_webhook_more_than_the_most_is_a_409_and_pages_reach_the_last()
    {
        await using var harbour = await Harbour.Open(TestDatabase.Sqlite);
        for (var i = 0; i < Limits.WebhooksPerWorkspace; i++) { await harbour.Hook(Url, "run.failed"); }

        var (status, body) = await harbour.Send(HttpMethod.Post, Harbour.Hooks, new CreateWebhookRequest("more", Url, ["run.failed"]));

        Assert.Equal(409, status);
        Assert.Contains("too_many_webhooks", body, StringComparison.Ordinal);
        var first = await harbour.Done<Page<WebhookView>>(HttpMethod.Get, Harbour.Hooks + "?limit=60");
        var rest = await harbour.Done<Page<WebhookView>>(HttpMethod.Get, $"{Harbour.Hooks}?limit=60&cursor={first.Next}");
        Assert.Equal((60, 40, null), (first.Items.Count, rest.Items.Count, rest.Next));
        var seen = new List<string>();
        for (string? token = ""; token is not null;)
        {
            var page = await harbour.Mlf("GET", $"webhooks?max_results=40&page_token={Uri.EscapeDataString(token)}");
            seen.AddRange(page["webhooks"]!.AsArray().Select(hook => (string)hook!["webhook_id"]!));
            token = (string?)page["next_page_token"];
        }

        Assert.Equal([.. first.Items.Concat(rest.Items).Select(hook => hook.Id)], seen);
    }

    [Theory, EachDatabase]
    public async Task What_waits_past_the_limit_is_noted_as_failed_and_the_log_is_trimmed(string database)
    {
        var clock = new ManualClock();
        await using var harbour = await Harbour.Open(database, clock, ("webhooks:keepdays", "2"));
        var hook = await harbour.Hook("http://127.0.0.1:1/nobody", "registered_model.created");
        var later = clock.NowMs() + 3_600_000;
        await harbour.Server.Db.Write(tx =>
        {
            for (var i = 0; i < Limits.WebhookDeliveries; i++)
            {
                DeliveryStore.Insert(tx, new Delivery($"a{i:d5}", hook.Id, "run.failed", "run/1", false, WebhookDeliveryState.Waiting, 1, clock.NowMs(), later, null, null, null, null, null, "{}"), $"f{i}");
            }
        }, default);

        await harbour.Mlf("POST", "registered-models/create", new { name = "m" });
        var refused = await Harbour.Until(
            async () => (await harbour.Done<Page<WebhookDeliveryView>>(HttpMethod.Get, $"{Harbour.Hooks}/{hook.Id}/deliveries?state=failed")).Items, found => found.Count == 1);
        Assert.Contains("10000 deliveries waited already", refused[0].Error, StringComparison.Ordinal);

        // Nothing is sent meanwhile.
        await harbour.Done<WebhookView>(HttpMethod.Patch, $"{Harbour.Hooks}/{hook.Id}", new UpdateWebhookRequest(Active: false));
        var trim = harbour.Get<TrimRounds>();
        clock.Advance(TimeSpan.FromDays(3));
        while (await trim.Step(default)) { /* batch after batch */ }

        Assert.Equal(0, (await harbour.Look(hook.Id)).Waiting);
        Assert.Contains((await harbour.Log(hook.Id)), one => one.Error == "Not delivered within 2 days.");
        clock.Advance(TimeSpan.FromDays(3));
        while (await trim.Step(default)) { /* batch after batch */ }

        Assert.Empty(await harbour.Log(hook.Id));
    }

    [Theory, EachDatabase]
    public async Task What_was_taken_by_a_process_that_died_is_due_again_for_another(string database)
    {
        var clock = new ManualClock();
        await using var harbour = await Harbour.Open(database, clock);
        var hook = await harbour.Hook("http://127.0.0.1:1/nobody", "run.failed");
        await harbour.Done<WebhookView>(HttpMethod.Patch, $"{Harbour.Hooks}/{hook.Id}", new UpdateWebhookRequest(Active: false));
        var now = clock.NowMs();
        var delivery = new Delivery(HookIds.New(clock), hook.Id, "run.failed", "run/1", false, WebhookDeliveryState.Waiting, 0, now, now, null, null, null, null, null, "{}");

        var takings = await harbour.Server.Db.Write(
            tx =>
            {
                DeliveryStore.Insert(tx, delivery, "fact");
                DeliveryStore.Insert(tx, delivery with { Id = HookIds.New(clock) }, "fact");
                var none = DeliveryStore.Take(tx, [], now, now + 10, 8).Count;
                tx.Execute($"UPDATE webhooks_hooks SET active = 1");
                List<int> counts = [none, DeliveryStore.Take(tx, [hook.Id], now, now + 10, 8).Count, DeliveryStore.Take(tx, [], now, now + 10, 8).Count, DeliveryStore.Take(tx, [], now, now + 10, 8).Count];
                var again = DeliveryStore.Take(tx, [], now + 10, now + 20_000_000, 8);
                counts.AddRange([again.Count, (int)again[0].Attempts, DeliveryStore.Note(tx, again[0] with { Attempts = 1 }) ? 1 : 0]);
                return counts;
            }, default);

        Assert.Equal([0, 0, 1, 0, 1, 2, 0], takings);
    }
}
