using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.Kernel.Contracts;
using Slipway.Webhooks.Contracts;
using Slipway.Webhooks.Deliveries;

namespace Slipway.Webhooks.Tests.Deliveries;

/// <summary>What happens in the server arrives at a real receiver.</summary>
public sealed class DeliveryTests
{
    [Theory, EachDatabase]
    public async Task What_happens_in_the_registry_arrives_signed_in_the_form_of_Mlflow(string database)
    {
        await using var receiver = await Receiver.Open();
        await using var harbour = await Harbour.Open(database);
        await harbour.Mlf("POST", "registered-models/create", new { name = "before" });
        var created = await harbour.Mlf("POST", "webhooks", new { name = "ci", url = receiver.Url, secret = "s3cr3t", events = Mlflow() });
        var hook = (string)created["webhook"]!["webhook_id"]!;

        await harbour.Mlf("POST", "registered-models/create", new { name = "m", description = "late payers", tags = new[] { new { key = "team", value = "risk" } } });
        await harbour.Mlf("POST", "model-versions/create", new { name = "m", source = "s3://bucket/m", description = "first", tags = new[] { new { key = "a", value = "b" } } });
        await harbour.Mlf("POST", "model-versions/set-tag", new { name = "m", version = "1", key = "checked", value = new string('y', 2_000) });
        await harbour.Mlf("DELETE", "model-versions/delete-tag", new { name = "m", version = "1", key = "a" });
        await harbour.Mlf("POST", "registered-models/alias", new { name = "m", alias = "champion", version = "1" });
        await harbour.Mlf("DELETE", "registered-models/alias", new { name = "m", alias = "champion" });
        await harbour.Mlf("POST", "registered-models/create", new { name = "p", tags = new[] { new { key = "mlflow.prompt.is_prompt", value = "true" }, new { key = "kind", value = "chat" } } });
        await harbour.Mlf("POST", "registered-models/set-tag", new { name = "p", key = "lang", value = "de" });

        var heard = await Harbour.Until(receiver, 8);
        Assert.Equal(
            [
                """model_version.created {"name":"m","version":"1","source":"s3://bucket/m","run_id":null,"tags":{"a":"b"},"description":"first"}""",
                """model_version_alias.created {"name":"m","alias":"champion","version":"1"}""",
                """model_version_alias.deleted {"name":"m","alias":"champion"}""",
                """model_version_tag.deleted {"name":"m","version":"1","key":"a"}""",
                $$"""model_version_tag.set {"name":"m","version":"1","key":"checked","value":"{{new string('y', 2_000)}}"}""",
                """prompt.created {"name":"p","tags":{"kind":"chat"},"description":null}""",
                """prompt_tag.set {"name":"p","key":"lang","value":"de"}""",
                """registered_model.created {"name":"m","tags":{"team":"risk"},"description":"late payers"}""",
            ],
            heard.Select(one => JsonNode.Parse(one.Body)!).Select(body => $"{body["entity"]}.{body["action"]} {Steady(body["data"]!)}").Order(StringComparer.Ordinal));
        Assert.All(heard, one =>
        {
            Assert.Equal(("application/json", "/hook"), (one.ContentType, one.Path));
            Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData("s3cr3t"u8, Encoding.UTF8.GetBytes($"{one.Id}.{one.Timestamp}.{one.Body}"))), one.Signature);
            Assert.Equal("default", (string?)JsonNode.Parse(one.Body)!["workspace"]);
        });
        Assert.Equal(8, heard.Select(one => Guid.Parse(one.Id)).Distinct().Count());
        var log = await Harbour.Until(() => harbour.Log(hook), log => log.All(one => one.State == WebhookDeliveryState.Delivered));
        Assert.Equal(heard.Select(one => one.Id).Order(), log.Select(one => one.Id).Order());
        Assert.All(log, one => Assert.Equal((1, 200, 1_024), (one.Attempts, one.Status, one.Answer!.Length)));

        // What people wrote is told as it is when the fact is heard: one tag may be deleted by then, and another set.
        static string Steady(JsonNode data)
        {
            if (data["source"] is not null) { data["tags"] = new JsonObject { ["a"] = "b" }; }

            (data["tags"] as JsonObject)?.Remove("lang");

            return data.ToJsonString();
        }
    }

    [Theory, EachDatabase]
    public async Task What_Mlflow_does_not_tell_is_told_under_native_names_and_never_shown_to_its_clients(string database)
    {
        await using var receiver = await Receiver.Open();
        await using var harbour = await Harbour.Open(database);
        string[] events = ["run.finished", "run.failed", "run.moved", "run.purged", "experiment.deleted", "experiment.purged", "stage.changed", "version.deleted", "model.tagSet", "registered_model.created"];
        var hook = await harbour.Hook(receiver.Url, events);

        var run = (string)(await harbour.Mlf("POST", "runs/create", new { experiment_id = "0", run_name = "r" }))["run"]!["info"]!["run_id"]!;
        await harbour.Mlf("POST", "runs/update", new { run_id = run, status = "FAILED", end_time = 5 });
        var good = (string)(await harbour.Mlf("POST", "runs/create", new { experiment_id = "0", run_name = "s" }))["run"]!["info"]!["run_id"]!;
        await harbour.Mlf("POST", "runs/update", new { run_id = good, status = "FINISHED", end_time = 6 });
        var experiment = (string)(await harbour.Mlf("POST", "experiments/create", new { name = "e" }))["experiment_id"]!;
        Assert.Equal(200, (await harbour.Send(HttpMethod.Post, "/api/v1/w/default/runs/move", new { runIds = new[] { good }, experimentId = experiment })).Status);
        await harbour.Mlf("POST", "experiments/delete", new { experiment_id = experiment });
        Assert.Equal(200, (await harbour.Send(HttpMethod.Post, "/api/v1/w/default/trash/purge", new { experiments = new[] { experiment } })).Status);
        await harbour.Mlf("POST", "registered-models/create", new { name = "m" });
        await harbour.Mlf("POST", "registered-models/set-tag", new { name = "m", key = "team", value = "risk" });
        await harbour.Mlf("POST", "model-versions/create", new { name = "m", source = "s3://bucket/m" });
        await harbour.Mlf("POST", "model-versions/transition-stage", new { name = "m", version = "1", stage = "Staging" });
        await harbour.Mlf("DELETE", "model-versions/delete", new { name = "m", version = "1" });

        var heard = (await Harbour.Until(receiver, events.Length)).Select(one => JsonNode.Parse(one.Body)!).ToList();
        Assert.Equal(events.Order(StringComparer.Ordinal), heard.Select(body => (string?)body["event"] ?? "registered_model.created").Order(StringComparer.Ordinal));
        var failed = heard.Single(body => (string?)body["event"] == "run.failed");
        Assert.Equal(("default", $"run/{run}", "failed"), ((string?)failed["workspace"], (string?)failed["subject"], (string?)failed["data"]!["status"]));
        Assert.Equal(("0", experiment, $"run/{good}"), About("run.moved", "fromExperimentId", "experimentId"));
        Assert.Equal((good, experiment, $"run/{good}"), About("run.purged", "runId", "experimentId"));
        Assert.Equal(("e", experiment, $"experiment/{experiment}"), About("experiment.purged", "name", "experimentId"));
        Assert.All(receiver.All, one => Assert.Null(one.Signature));

        var shown = (await harbour.Mlf("GET", $"webhooks/{hook.Id}"))["webhook"]!;
        Assert.Equal("""[{"entity":"REGISTERED_MODEL","action":"CREATED"}]""", shown["events"]!.ToJsonString());
        await harbour.Mlf("PATCH", $"webhooks/{hook.Id}", new { events = new[] { new { entity = "PROMPT", action = "CREATED" } } });
        Assert.Equal([.. events.Where(name => name != "registered_model.created").Append("prompt.created").Order(StringComparer.Ordinal)], (await harbour.Look(hook.Id)).Events);

        (string?, string?, string?) About(string name, string first, string second)
        {
            var body = heard.Single(body => (string?)body["event"] == name);
            return ((string?)body["data"]![first], (string?)body["data"]![second], (string?)body["subject"]);
        }
    }

    [Theory, EachDatabase]
    public async Task A_receiver_that_fails_is_asked_again_and_shown_as_failing_until_it_answers(string database)
    {
        var well = false;
        await using var receiver = await Receiver.Open(_ => Volatile.Read(ref well) ? 200 : 503);
        await using var harbour = await Harbour.Open(database);
        var hook = await harbour.Hook(receiver.Url, "registered_model.created");
        await harbour.Mlf("POST", "registered-models/create", new { name = "m" });

        var failing = await Harbour.Until(() => harbour.Look(hook.Id), seen => seen.FailingSinceMs is not null);
        Assert.Equal((1, "Answered 503."), (failing.Waiting, failing.LastError));
        Volatile.Write(ref well, true);
        var log = await Harbour.Until(() => harbour.Log(hook.Id), log => log is [{ State: WebhookDeliveryState.Delivered }]);

        Assert.Equal(receiver.All.Count, log[0].Attempts);
        Assert.True(log[0].Attempts >= 2);
        Assert.Single(receiver.All.Select(one => (one.Id, one.Body)).Distinct());
        Assert.Null((await harbour.Look(hook.Id)).FailingSinceMs);
    }

    [Theory, EachDatabase]
    public async Task What_the_receiver_calls_wrong_is_given_up_at_once_and_can_be_sent_again_under_the_same_id(string database)
    {
        await using var receiver = await Receiver.Open(count => count switch { 1 => 422, 2 => 302, _ => 200 });
        await using var harbour = await Harbour.Open(database);
        var hook = await harbour.Hook(receiver.Url, "registered_model.created");
        await harbour.Mlf("POST", "registered-models/create", new { name = "m" });

        var failed = (await Harbour.Until(() => harbour.Log(hook.Id), log => log is [{ State: WebhookDeliveryState.Failed }]))[0];
        Assert.Equal((1, 422, "Answered 422."), (failed.Attempts, failed.Status, failed.Error));
        await Redeliver();
        var moved = (await Harbour.Until(() => harbour.Log(hook.Id), log => log is [{ Status: 302, State: WebhookDeliveryState.Failed }]))[0];
        Assert.Contains("redirects are not followed", moved.Error, StringComparison.Ordinal);
        await Redeliver();
        await Harbour.Until(() => harbour.Log(hook.Id), log => log is [{ State: WebhookDeliveryState.Delivered }]);

        Assert.Equal([failed.Id], receiver.All.Select(one => one.Id).Distinct());
        Assert.All(receiver.All, one => Assert.Equal("/hook", one.Path));
        Assert.Equal(3, receiver.All.Count);

        Task<WebhookDeliveryView> Redeliver() => harbour.Done<WebhookDeliveryView>(HttpMethod.Post, $"{Harbour.Hooks}/{hook.Id}/deliveries/{failed.Id}/redeliver");
    }

    [Theory, EachDatabase]
    public async Task A_test_tells_at_once_how_it_went(string database)
    {
        await using var receiver = await Receiver.Open(count => count == 1 ? 200 : 500);
        await using var harbour = await Harbour.Open(database);
        var hook = await harbour.Signed("secret", receiver.Url, "run.failed", "prompt_version.created");

        var good = await harbour.Mlf("POST", $"webhooks/{hook.Id}/test", new { @event = new { entity = "MODEL_VERSION", action = "CREATED" } });
        Assert.Equal((true, 200), ((bool)good["result"]!["success"]!, (int)good["result"]!["response_status"]!));
        Assert.StartsWith("heard 1", (string)good["result"]!["response_body"]!, StringComparison.Ordinal);
        var bad = await harbour.Done<WebhookDeliveryView>(HttpMethod.Post, $"{Harbour.Hooks}/{hook.Id}/test", new TestWebhookRequest());
        Assert.Equal((WebhookDeliveryState.Failed, 500, true, "prompt_version.created"), (bad.State, bad.Status, bad.Test, bad.Event));

        Assert.Equal(2, receiver.All.Count);
        Assert.Equal("model_version", (string?)JsonNode.Parse(receiver.All[0].Body)!["entity"]);
        Assert.Contains("template", receiver.All[1].Body, StringComparison.Ordinal);
        Assert.Equal(2, (await harbour.Log(hook.Id)).Count(one => one.Test));
        Assert.Equal(400, (await harbour.Send(HttpMethod.Post, $"/api/2.0/mlflow/webhooks/{hook.Id}/test", new { @event = new { entity = "MODEL_VERSION", action = "EXCEEDED" } })).Status);
    }

    [Theory, EachDatabase]
    public async Task A_disabled_webhook_hears_nothing_and_a_deleted_one_leaves_nothing(string database)
    {
        await using var receiver = await Receiver.Open();
        await using var harbour = await Harbour.Open(database);
        var (off, on) = (await harbour.Hook(receiver.Url, "registered_model.created"), await harbour.Hook(receiver.Url, "registered_model.created"));
        await harbour.Done<WebhookView>(HttpMethod.Patch, $"{Harbour.Hooks}/{off.Id}", new UpdateWebhookRequest(Active: false));

        await harbour.Mlf("POST", "registered-models/create", new { name = "m" });
        await Harbour.Until(() => harbour.Log(on.Id), log => log is [{ State: WebhookDeliveryState.Delivered }]);

        Assert.Empty(await harbour.Log(off.Id));
        Assert.Single(receiver.All);
        Assert.Equal(204, (await harbour.Send(HttpMethod.Delete, $"{Harbour.Hooks}/{on.Id}")).Status);
        Assert.Equal(404, (await harbour.Send(HttpMethod.Get, $"{Harbour.Hooks}/{on.Id}/deliveries")).Status);
        Assert.Equal(0, await harbour.Server.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*) FROM webhooks_deliveries", row => row.GetInt64(0)), default));
        Assert.Equal([off.Id], (await harbour.Done<Page<WebhookView>>(HttpMethod.Get, Harbour.Hooks)).Items.Select(one => one.Id));
    }

    [Theory, EachDatabase]
    public async Task What_waits_for_a_disabled_webhook_is_not_due_until_it_is_enabled(string database)
    {
        await using var receiver = await Receiver.Open(_ => 503);
        await using var harbour = await Harbour.Open(database, settings: ("webhooks:retryseconds", "3600"));
        var hook = await harbour.Hook(receiver.Url, "registered_model.created");
        await harbour.Mlf("POST", "registered-models/create", new { name = "m" });
        await Harbour.Until(() => harbour.Look(hook.Id), seen => seen is { FailingSinceMs: not null, Waiting: 1 });
        Task<bool> Due(params string[] busy) => harbour.Server.Db.Read(tx => DeliveryStore.AnyDue(tx, busy, long.MaxValue), default);
        Task Enable(bool active) => harbour.Done<WebhookView>(HttpMethod.Patch, $"{Harbour.Hooks}/{hook.Id}", new UpdateWebhookRequest(Active: active));

        Assert.Equal((true, false), (await Due(), await Due(hook.Id)));
        await Enable(false);
        Assert.False(await Due());
        await Enable(true);
        Assert.True(await Due());
    }

    private static object[] Mlflow() =>
    [
        .. from pair in (string[])["REGISTERED_MODEL CREATED", "MODEL_VERSION CREATED", "MODEL_VERSION_TAG SET", "MODEL_VERSION_TAG DELETED", "MODEL_VERSION_ALIAS CREATED",
               "MODEL_VERSION_ALIAS DELETED", "PROMPT CREATED", "PROMPT_TAG SET", "BUDGET_POLICY EXCEEDED"]
           select new { entity = pair.Split(' ')[0], action = pair.Split(' ')[1] },
    ];
}
