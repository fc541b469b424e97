using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Monitoring.Ports;
using Slipway.Registry.Ports;
using Slipway.Serving.Ports;
using Slipway.Tracking.Ports;
using Slipway.Webhooks.Events;

namespace Slipway.Webhooks.Tests.Events;

/// <summary>Which fact is told as what, and how long that may be.</summary>
public sealed class PayloadTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Each_fact_has_its_event()
    {
        (StoredFact Fact, string? Event)[] table =
        [
            (Stored(new ModelRegistered("w", "m")), "registered_model.created"), (Stored(new ModelRegistered("w", "m", true)), "prompt.created"),
            (Stored(new VersionRegistered("w", "m", 1, "s", null, null, null, null, null)), "model_version.created"),
            (Stored(new VersionRegistered("w", "m", 1, "s", null, null, null, null, null, Prompt: true)), "prompt_version.created"),
            (Stored(new ModelTagSet("w", "m", "k", "v")), "model.tagSet"), (Stored(new ModelTagSet("w", "m", "k", "v", true)), "prompt_tag.set"),
            (Stored(new ModelTagDeleted("w", "m", "k")), "model.tagDeleted"), (Stored(new ModelTagDeleted("w", "m", "k", true)), "prompt_tag.deleted"),
            (Stored(new VersionTagSet("w", "m", 1, "k", "v")), "model_version_tag.set"), (Stored(new VersionTagSet("w", "m", 1, "k", "v", true)), "prompt_version_tag.set"),
            (Stored(new VersionTagDeleted("w", "m", 1, "k")), "model_version_tag.deleted"), (Stored(new VersionTagDeleted("w", "m", 1, "k", true)), "prompt_version_tag.deleted"),
            (Stored(new AliasChanged("w", "m", "a", null, 1)), "model_version_alias.created"), (Stored(new AliasChanged("w", "m", "a", 1, null)), "model_version_alias.deleted"),
            (Stored(new AliasChanged("w", "m", "a", 1, 2, true)), "prompt_alias.created"), (Stored(new AliasChanged("w", "m", "a", 1, null, true)), "prompt_alias.deleted"),
            (Stored(new RunFinished("w", "r", "0", "n", "finished", 1)), "run.finished"), (Stored(new RunFinished("w", "r", "0", "n", "killed", 1)), "run.failed"),
            (Stored(new RunMoved("w", "r", "0", "1")), "run.moved"), (Stored(new RunPurged("w", "r", "0")), "run.purged"), (Stored(new ExperimentPurged("w", "1", "n")), "experiment.purged"),
            (Stored(new RunStarted("w", "r", "0", "n")), null), (Stored(new ApprovalVoided("w", "a", "m", 1, [], "changed")), "approval.voided"),
            (Stored(new RolledBack("w", "e", "m", 2, 1, "drift")), "rollout.rolledBack"), (Stored(new DriftDetected("w", "e", "m", 1, [], 1, 2, "d")), "drift.detected"),
        ];

        foreach (var (fact, name) in table) { Assert.Equal(name, FactEvents.Of(fact)); }
    }

    [Fact]
    public void Every_event_that_is_sent_has_a_fact_and_every_sample_the_form_of_its_event()
    {
        Assert.Equal(EventCatalogue.All.Count, EventCatalogue.All.Select(kind => kind.Name).Distinct().Count());
        foreach (var kind in EventCatalogue.All)
        {
            var sample = JsonNode.Parse(Payloads.Sample(kind, "w", 1_795_244_520_219))!;
            Assert.Equal(kind.Name, kind.IsMlflow ? $"{sample["entity"]}.{sample["action"]}" : (string?)sample["event"]);
            Assert.Equal(("2026-11-21T07:02:00.219+00:00", "w"), ((string?)sample["timestamp"], (string?)sample["workspace"]));
        }

        Assert.Equal(["budget_policy.exceeded"], EventCatalogue.All.Where(kind => !kind.Sent).Select(kind => kind.Name));
    }

    [Fact]
    public void What_is_too_long_goes_without_its_long_fields_and_says_so()
    {
        var tags = new Dictionary<string, string> { ["long"] = new('x', Limits.WebhookPayloadBytes) };
        var payloads = new Payloads(new MlflowData(new Written(new Description("short", tags))));

        var text = payloads.Write(null!, Stored(new VersionRegistered("w", "m", 7, "s3://b/m", null, null, null, "r1", null)), EventCatalogue.Find("model_version.created")!);

        Assert.True(Encoding.UTF8.GetByteCount(text) < 1_000);
        Assert.Equal("""{"name":"m","version":"7","source":"s3://b/m","run_id":"r1","description":"short","truncated":true}""", JsonNode.Parse(text)!["data"]!.ToJsonString());
    }

    [Fact]
    public void A_prompt_is_told_with_its_template_and_without_the_marks_by_which_it_is_kept()
    {
        var tags = new Dictionary<string, string> { ["mlflow.prompt.is_prompt"] = "true", ["mlflow.prompt.text"] = "Hello {{name}}", ["lang"] = "en" };
        var payloads = new Payloads(new MlflowData(new Written(new Description(null, tags))));

        var text = payloads.Write(null!, Stored(new VersionRegistered("w", "p", 1, "prompt-template", null, null, null, null, null, Prompt: true)), EventCatalogue.Find("prompt_version.created")!);

        Assert.Equal("""{"name":"p","version":"1","template":"Hello {{name}}","tags":{"lang":"en"},"description":null}""", JsonNode.Parse(text)!["data"]!.ToJsonString());
    }

    private static StoredFact Stored<T>(T fact)
        where T : IFact => new(1, "f1", T.Kind, fact.Workspace, fact.Subject, "ada", 1_795_244_520_219, JsonSerializer.Serialize(fact, Web));

    private sealed class Written(Description all) : IDescriptions
    {
        public Description? OfModel(ReadTx tx, string workspace, string model) => all;

        public Description? OfVersion(ReadTx tx, string workspace, string model, long version) => all;
    }
}
