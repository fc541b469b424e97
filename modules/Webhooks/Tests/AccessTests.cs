using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Webhooks.Contracts;

namespace Slipway.Webhooks.Tests;

public sealed class AccessTests
{
    private const string Url = "https://93.184.216.34/services/T0/secret-of-the-path";

    [Theory, EachDatabase]
    public async Task Whoever_may_not_is_refused_by_every_route(string database)
    {
        await using var harbour = await Harbour.Open(database);
        var walk = new AccessWalk(harbour.Server, "webhooks", ("{id}", "0192"), ("{webhook_id}", "0192"), ("{delivery}", "0193"));

        await walk.RefusesReaders();
        await walk.RefusesStrangers();
    }

    [Theory, EachDatabase]
    public async Task Another_workspace_has_webhooks_of_its_own(string database)
    {
        await using var receiver = await Receiver.Open();
        await using var harbour = await Harbour.Open(database);
        using var stranger = await harbour.Server.Program(Role.Admin, "retail");
        var hook = await harbour.Hook(receiver.Url, "registered_model.created");

        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, ""), (HttpMethod.Delete, ""), (HttpMethod.Get, "/deliveries"), (HttpMethod.Post, "/test"), (HttpMethod.Patch, "")])
        {
            var (status, _) = await harbour.Send(method, $"/api/v1/w/retail/webhooks/{hook.Id}{path}", method == HttpMethod.Get || method == HttpMethod.Delete ? null : new TestWebhookRequest() is var body && path == "/test" ? body : new UpdateWebhookRequest(Name: "mine"), stranger);
            Assert.Equal((path, 404), (path, status));
        }

        Assert.Equal((200, """{"items":[]}"""), await harbour.Send(HttpMethod.Get, "/api/v1/w/retail/webhooks", by: stranger));
        Assert.Equal(200, (await harbour.Send(HttpMethod.Post, "/api/2.0/mlflow/registered-models/create", new { name = "theirs" }, stranger)).Status);
        await harbour.Mlf("POST", "registered-models/create", new { name = "ours" });
        await Harbour.Until(receiver, 1);
        await Harbour.Until(() => harbour.Log(hook.Id), log => log is [{ State: WebhookDeliveryState.Delivered }]);
        Assert.Contains("\"ours\"", Assert.Single(receiver.All).Body, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_webhook_hears_of_every_model_of_its_workspace_and_only_those_see_it_from_whom_nothing_is_hidden(string database)
    {
        await using var receiver = await Receiver.Open();
        await using var harbour = await Harbour.Open(database);
        await harbour.Mlf("POST", "registered-models/create", new { name = "hidden" });
        (string, Role) none = ("workspace/default/model/hidden", Role.None);
        using var admin = await harbour.Server.Program("admin", "default", ("workspace/default", Role.Admin), none);
        using var auditor = await harbour.Server.Program("auditor", "default", ("workspace/default", Role.Auditor), none);
        using var contributor = await harbour.Server.Program("contributor", "default", ("workspace/default", Role.Contributor), none);
        var (made, text) = await harbour.Send(HttpMethod.Post, Harbour.Hooks, new CreateWebhookRequest("hook", receiver.Url, ["model.tagSet"]), admin);
        Assert.True(made == 201, text);
        var hook = (await harbour.Done<Page<WebhookView>>(HttpMethod.Get, Harbour.Hooks)).Items.Single();
        var role = (await harbour.Done<Page<GrantView>>(HttpMethod.Get, "/api/v1/grants")).Items.Single(grant => grant is { PrincipalName: "admin", Level: Role.Admin });

        Assert.Equal(204, (await harbour.Send(HttpMethod.Delete, $"/api/v1/grants/{role.Id}")).Status);
        await harbour.Mlf("POST", "registered-models/set-tag", new { name = "hidden", key = "k", value = "v" });
        await Harbour.Until(receiver, 1);
        var delivered = await Harbour.Until(() => harbour.Log(hook.Id), log => log is [{ State: WebhookDeliveryState.Delivered }]);

        foreach (var path in (string[])[Harbour.Hooks, $"{Harbour.Hooks}/{hook.Id}", $"{Harbour.Hooks}/{hook.Id}/deliveries", $"{Harbour.Hooks}/{hook.Id}/deliveries/{delivered[0].Id}"])
        {
            Assert.Equal((path, 200), (path, (await harbour.Send(HttpMethod.Get, path, by: auditor)).Status));
            Assert.Equal((path, 403), (path, (await harbour.Send(HttpMethod.Get, path, by: contributor)).Status));
            Assert.Equal((path, 404), (path, (await harbour.Send(HttpMethod.Get, path, by: admin)).Status));
        }
    }

    [Theory, EachDatabase]
    public async Task A_secret_is_never_given_out_and_an_auditor_sees_the_host_alone(string database)
    {
        await using var harbour = await Harbour.Open(database);
        using var auditor = await harbour.Server.Program(Role.Auditor, "default");
        var hook = await harbour.Signed("planted-canary-1", Url, "run.failed");
        await harbour.Done<WebhookView>(HttpMethod.Patch, $"{Harbour.Hooks}/{hook.Id}", new UpdateWebhookRequest(Secret: "planted-canary-2"));

        var seen = (await harbour.Send(HttpMethod.Get, Harbour.Hooks, by: auditor)).Body + (await harbour.Send(HttpMethod.Get, $"/api/2.0/mlflow/webhooks/{hook.Id}", by: auditor)).Body;
        var owned = (await harbour.Send(HttpMethod.Get, Harbour.Hooks)).Body + (await harbour.Mlf("GET", "webhooks")).ToJsonString();
        var stored = await harbour.Server.Db.Read(tx => tx.QueryOne($"SELECT secret FROM webhooks_hooks", row => row.GetFieldValue<byte[]>(0)), default);

        Assert.DoesNotContain("secret-of-the-path", seen, StringComparison.Ordinal);
        Assert.Contains("https://93.184.216.34/…", seen, StringComparison.Ordinal);
        Assert.Contains("secret-of-the-path", owned, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-canary", seen + owned + System.Text.Encoding.Latin1.GetString(stored!), StringComparison.Ordinal);
        Assert.True((await harbour.Look(hook.Id)).HasSecret);

        // Of another key, as after the loss of the file: nothing is sent unsigned.
        var foreign = new SecretBox(Path.Combine(harbour.Server.Folder, "other")).Seal("x", $"webhook/{hook.Id}");
        await harbour.Server.Db.Write(tx => tx.Execute($"UPDATE webhooks_hooks SET secret = {foreign}"), default);
        var unsent = await harbour.Done<WebhookDeliveryView>(HttpMethod.Post, $"{Harbour.Hooks}/{hook.Id}/test", new TestWebhookRequest());
        Assert.Equal((WebhookDeliveryState.Failed, null), (unsent.State, unsent.Status));
        Assert.Contains("give the webhook its secret anew", unsent.Error, StringComparison.Ordinal);
        await harbour.Done<WebhookView>(HttpMethod.Patch, $"{Harbour.Hooks}/{hook.Id}", new UpdateWebhookRequest(Secret: ""));
        Assert.False((await harbour.Look(hook.Id)).HasSecret);
    }

    [Theory, EachDatabase]
    public async Task Every_change_is_audited(string database)
    {
        await using var receiver = await Receiver.Open();
        await using var harbour = await Harbour.Open(database);
        var hook = await harbour.Hook(receiver.Url, "run.failed");
        await harbour.Done<WebhookView>(HttpMethod.Patch, $"{Harbour.Hooks}/{hook.Id}", new UpdateWebhookRequest(Name: "other", Events: ["run.finished", "run.failed", "run.failed"]));
        var test = await harbour.Done<WebhookDeliveryView>(HttpMethod.Post, $"{Harbour.Hooks}/{hook.Id}/test", new TestWebhookRequest());
        await harbour.Done<WebhookDeliveryView>(HttpMethod.Post, $"{Harbour.Hooks}/{hook.Id}/deliveries/{test.Id}/redeliver");
        Assert.Equal(204, (await harbour.Send(HttpMethod.Delete, $"{Harbour.Hooks}/{hook.Id}")).Status);

        var subject = $"webhook/{hook.Id}";
        Assert.Equal(
            ["webhook.create", "webhook.update", "webhook.test", "webhook.redeliver", "webhook.delete"],
            await harbour.Server.Db.Read(tx => tx.Query($"SELECT action FROM kernel_audit_entries WHERE subject = {subject} ORDER BY entry_id", row => row.GetString(0)), default));
    }

    [Theory, EachDatabase]
    public async Task Wrong_input_is_told_by_field(string database)
    {
        await using var harbour = await Harbour.Open(database);
        (CreateWebhookRequest Asked, string Field, string Says)[] tries =
        [
            (new("", Url, ["run.failed"]), "name", "must start and end with a letter or digit"),
            (new("a b", Url, ["run.failed"]), "name", "'a b' is invalid"),
            (new(new string('a', 64), Url, ["run.failed"]), "name", "must start"),
            (new("a", Url, []), "events", "At least one"),
            (new("a", Url, ["run.burst"]), "events", "'run.burst' is no event; these are: registered_model.created"),
            (new("a", "ftp://x.example/", ["run.failed"]), "url", "Allowed schemes are: http, https"),
            (new("a", "http://10.0.0.1/", ["run.failed"]), "url", "'10.0.0.1' resolves to 10.0.0.1"),
            (new("a", "http://user:password@93.184.216.34/", ["run.failed"]), "url", "before '@'"),
            (new("a", Url, ["run.failed"], Secret: new string('s', 1_001)), "secret", "1001 characters"),
            (new("a", Url, ["run.failed"], Description: new string('s', 5_001)), "description", "5001 characters"),
        ];

        foreach (var (asked, field, says) in tries)
        {
            var (status, body) = await harbour.Send(HttpMethod.Post, Harbour.Hooks, asked);
            Assert.Equal(400, status);
            Assert.Contains($"\"field\":\"{field}\"", body, StringComparison.Ordinal);
            Assert.Contains(says, System.Text.RegularExpressions.Regex.Unescape(body), StringComparison.Ordinal);
        }

        Assert.Empty((await harbour.Done<Page<WebhookView>>(HttpMethod.Get, Harbour.Hooks)).Items);
    }
}
