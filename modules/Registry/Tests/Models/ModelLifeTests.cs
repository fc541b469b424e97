using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Tests.Models;

public sealed class ModelLifeTests
{
    [Theory, EachDatabase]
    public async Task A_model_with_a_strange_name_is_found_by_it_everywhere(string database)
    {
        await using var shelf = await Shelf.Open(database);
        const string Name = "100% of \"it's\" a?b#c 学習";
        await shelf.CreateModel(Name);
        await shelf.Register(Name);
        var path = Uri.EscapeDataString(Name);

        Assert.Equal(Name, (await shelf.Read<ModelView>($"models/{path}")).Name);
        Assert.Equal(1, (await shelf.Read<ModelVersionView>($"models/{path}/versions/1")).Version);
        Assert.Equal(200, (await shelf.Native("PUT", $"models/{path}/aliases/champion", new SetAliasRequest(1))).Status);
        Assert.Equal(1, (await shelf.Read<ModelView>($"models/{path}")).Aliases["champion"]);
        Assert.Equal(404, (await shelf.Native("GET", "models/..%2F..%2Fetc")).Status);
    }

    [Theory, EachDatabase]
    public async Task Pages_of_models_go_on_where_the_last_one_ended(string database)
    {
        await using var shelf = await Shelf.Open(database);
        foreach (var name in (string[])["c", "a", "e", "b", "d"]) { await shelf.CreateModel(name); }

        await shelf.Register("b");
        await shelf.Register("b");

        var first = await shelf.Read<Page<ModelView>>("models?limit=2");
        var second = await shelf.Read<Page<ModelView>>($"models?limit=2&cursor={Uri.EscapeDataString(first.Next!)}");
        var third = await shelf.Read<Page<ModelView>>($"models?limit=2&cursor={Uri.EscapeDataString(second.Next!)}");

        Assert.Equal(["a", "b", "c", "d", "e"], first.Items.Concat(second.Items).Concat(third.Items).Select(model => model.Name));
        Assert.Null(third.Next);
        Assert.Equal((2, 2), (first.Items[1].Versions, first.Items[1].LatestVersion));
        Assert.Equal((0, null), (first.Items[0].Versions, first.Items[0].LatestVersion));
        Assert.Equal(["e", "d"], (await shelf.Read<Page<ModelView>>("models?limit=2&sort=name%20DESC")).Items.Select(model => model.Name));
        Assert.Equal("b", (await shelf.Read<Page<ModelView>>("models?limit=1&sort=timestamp%20DESC")).Items[0].Name);
        foreach (var wrong in (string[])["limit=0", "limit=1001", "cursor=nonsense", "sort=size", "filter=size%20%3D%201"])
        {
            Assert.Equal((wrong, 400), (wrong, (await shelf.Native("GET", "models?" + wrong)).Status));
        }
    }

    [Theory, EachDatabase]
    public async Task Prompts_are_shown_to_those_who_ask_for_them(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("model");
        await shelf.Done("POST", "registered-models/create", new { name = "prompt", tags = new[] { new { key = "mlflow.prompt.is_prompt", value = "true" } } });

        Assert.Equal(["model"], await Names(shelf, ""));
        Assert.Equal(["model"], await Names(shelf, "tags.`mlflow.prompt.is_prompt` != 'true'"));
        Assert.Equal(["model"], await Names(shelf, "tags.`mlflow.prompt.is_prompt` = 'false'"));
        Assert.Equal(["prompt"], await Names(shelf, "tags.`mlflow.prompt.is_prompt` = 'true'"));
        Assert.Equal(["prompt"], await Names(shelf, "tags.`mlflow.prompt.is_prompt` != 'false' AND name LIKE 'p%'"));
        var (_, clash) = await shelf.Mlf("POST", "registered-models/create", new { name = "prompt" });
        Assert.Contains("already taken by a prompt", clash, StringComparison.Ordinal);
        var (_, reverse) = await shelf.Mlf("POST", "registered-models/create", new { name = "model", tags = new[] { new { key = "mlflow.prompt.is_prompt", value = "true" } } });
        Assert.Contains("Tried to create a prompt", reverse, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Each_decision_is_audited_and_told(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("a");
        await shelf.Register("a");
        await shelf.Register("a");
        await shelf.Done("POST", "registered-models/alias", new { name = "a", alias = "champion", version = "1" });
        await shelf.Done("POST", "registered-models/alias", new { name = "a", alias = "champion", version = "1" });
        await shelf.Done("POST", "registered-models/alias", new { name = "a", alias = "champion", version = "2" });
        await shelf.Done("POST", "registered-models/rename", new { name = "a", new_name = "b" });
        await shelf.Done("POST", "model-versions/transition-stage", new { name = "b", version = "1", stage = "Staging" });
        await shelf.Done("POST", "model-versions/transition-stage", new { name = "b", version = "2", stage = "Staging", archive_existing_versions = true });
        await shelf.Done("DELETE", "registered-models/alias", new { name = "b", alias = "champion" });
        await shelf.Done("DELETE", "registered-models/alias", new { name = "b", alias = "champion" });
        await shelf.Done("DELETE", "model-versions/delete", new { name = "b", version = "1" });
        await shelf.Done("DELETE", "registered-models/delete", new { name = "b" });

        Assert.Equal(
            [
                "model.create model/a", "version.register modelVersion/a/1", "version.register modelVersion/a/2", "alias.set modelVersion/a/1", "alias.set modelVersion/a/2", "model.rename model/a",
                "stage.change modelVersion/b/1", "stage.change modelVersion/b/2", "stage.change modelVersion/b/1", "alias.delete model/b", "version.delete modelVersion/b/1", "model.delete model/b",
            ],
            await shelf.Texts("SELECT action || ' ' || subject FROM kernel_audit_entries WHERE subject LIKE 'model%' ORDER BY entry_id"));
        Assert.Equal(
            [
                "model.registered", "version.registered", "version.registered", "alias.changed", "alias.changed", "model.renamed", "stage.changed", "stage.changed", "stage.changed", "alias.changed",
                "version.deleted", "model.deleted",
            ],
            await shelf.Texts("SELECT kind FROM kernel_facts WHERE subject LIKE 'model%' ORDER BY fact_id"));
        Assert.Contains("\"from\":1,\"to\":2", (await shelf.Texts("SELECT body FROM kernel_facts WHERE kind = 'alias.changed' ORDER BY fact_id"))[1], StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Tags_and_prompts_are_told(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("a");
        await shelf.Register("a");
        await shelf.Done("POST", "registered-models/create", new { name = "p", tags = new[] { new { key = "mlflow.prompt.is_prompt", value = "true" } } });
        await shelf.Done("POST", "registered-models/set-tag", new { name = "a", key = "team", value = "risk" });
        await shelf.Done("POST", "registered-models/set-tag", new { name = "p", key = "team", value = new string('x', 1_001) });
        await shelf.Done("DELETE", "registered-models/delete-tag", new { name = "a", key = "team" });
        await shelf.Done("DELETE", "registered-models/delete-tag", new { name = "a", key = "team" });
        await shelf.Done("POST", "model-versions/set-tag", new { name = "a", version = "1", key = "checked", value = "yes" });
        await shelf.Done("DELETE", "model-versions/delete-tag", new { name = "a", version = "1", key = "checked" });
        await shelf.Done("DELETE", "model-versions/delete-tag", new { name = "a", version = "1", key = "never set" });

        Assert.Equal(
            [
                """model.registered {"workspace":"default","model":"p","prompt":true,"subject":"model/p"}""",
                """model.tagSet {"workspace":"default","model":"a","key":"team","value":"risk","prompt":false,"subject":"model/a"}""",
                """model.tagSet {"workspace":"default","model":"p","key":"team","value":null,"prompt":true,"subject":"model/p"}""",
                """model.tagDeleted {"workspace":"default","model":"a","key":"team","prompt":false,"subject":"model/a"}""",
                """version.tagSet {"workspace":"default","model":"a","version":1,"key":"checked","value":"yes","prompt":false,"subject":"modelVersion/a/1"}""",
                """version.tagDeleted {"workspace":"default","model":"a","version":1,"key":"checked","prompt":false,"subject":"modelVersion/a/1"}""",
            ],
            (await shelf.Texts("SELECT kind || ' ' || body FROM kernel_facts WHERE subject LIKE 'model%' ORDER BY fact_id"))[2..]);
        var now = await shelf.Server.Db.Read(tx => shelf.Get<IDescriptions>().OfModel(tx, "default", "p"), default);
        Assert.Equal(1_001, now!.Tags["team"].Length);
    }

    [Theory, EachDatabase]
    public async Task A_refusing_gate_stops_every_decision_before_it_is_made(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("a");
        await shelf.Register("a");
        var (db, live, grants, gate) = (shelf.Server.Db, shelf.Get<LiveHub>(), shelf.Get<IObjectGrants>(), new RefusingGate());
        var before = await shelf.Mlf("GET", "registered-models/get?name=a");

        Problem?[] answers =
        [
            (await new CreateModel(db, gate, grants, live).Handle(Shelf.Owner, "b", null, null, [], default)).Problem,
            (await new RenameModel(db, gate, grants, live).Handle(Shelf.Owner, "a", "b", default)).Problem,
            (await new DeleteModel(db, gate, grants, live).Handle(Shelf.Owner, "a", default)).Problem,
            (await new Registry.Versions.RegisterVersion(db, gate, live, shelf.Get<Registry.Versions.ResolveSource>(), shelf.Get<CreateModel>(), shelf.Get<Registry.Versions.VersionOrigins>(), shelf.Get<Slipway.Tracking.Ports.ILoggedModels>()).Handle(Shelf.Owner, new("a", "s3://b/a"), null, default)).Problem,
            (await new Registry.Versions.DeleteVersion(db, gate, live).Handle(Shelf.Owner, "a", 1, default)).Problem,
            (await new Registry.Versions.ChangeStage(db, gate, live).Handle(Shelf.Owner, "a", 1, ModelStage.Production, false, default)).Problem,
            (await new Registry.Aliases.SetAlias(db, gate, live).Handle(Shelf.Owner, "a", "champion", 1, default)).Problem,
            (await new Registry.Aliases.DeleteAlias(db, gate, live).Handle(Shelf.Owner, "a", "champion", default)).Problem,
        ];

        Assert.All(answers, answer => Assert.Equal("refused_by_policy", answer?.Code));
        Assert.Equal(
            ["model.create", "model.rename", "model.delete", "version.register", "version.delete", "stage.change", "alias.set", "alias.delete"], gate.Asked.Select(asked => asked.Action));
        Assert.Equal(before, await shelf.Mlf("GET", "registered-models/get?name=a"));
    }

    [Theory, EachDatabase]
    public async Task Texts_past_the_limits_are_refused_by_name(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("a");
        await shelf.Register("a");
        string Long(int chars) => new('x', chars + 1);

        (string Method, string Verb, object Body, string Limit)[] calls =
        [
            ("POST", "registered-models/create", new { name = Long(256) }, "'name' exceeds the maximum length of 256"),
            ("POST", "registered-models/create", new { name = "b", description = Long(100_000) }, "'description' exceeds the maximum length of 100000"),
            ("POST", "registered-models/set-tag", new { name = "a", key = Long(250), value = "v" }, "'key' exceeds the maximum length of 250"),
            ("POST", "registered-models/set-tag", new { name = "a", key = "k", value = Long(100_000) }, "'value' exceeds the maximum length of 100000"),
            ("POST", "model-versions/create", new { name = "a", source = "s3://b/" + Long(2_000) }, "'source' exceeds the maximum length of 2000"),
            ("POST", "model-versions/create", new { name = "a", source = "s3://b/a", run_link = Long(500) }, "'run_link' exceeds the maximum length of 500"),
            ("POST", "model-versions/create", new { name = "a", source = "s3://b/a", tags = new[] { new { key = Long(250), value = "v" } } }, "'tags[0].key' exceeds the maximum length of 250"),
            ("PATCH", "model-versions/update", new { name = "a", version = "1", description = Long(100_000) }, "'description' exceeds the maximum length of 100000"),
            ("POST", "registered-models/alias", new { name = "a", alias = Long(255), version = "1" }, "'alias' exceeds the maximum length of 255"),
        ];
        foreach (var (method, verb, body, limit) in calls)
        {
            var (status, text) = await shelf.Mlf(method, verb, body);

            Assert.Equal((verb, 400), (verb, status));
            Assert.Contains(limit, text, StringComparison.Ordinal);
        }
    }

    private static async Task<string[]> Names(Shelf shelf, string filter) =>
        [.. (await shelf.Read<Page<ModelView>>($"models?filter={Uri.EscapeDataString(filter)}")).Items.Select(model => model.Name)];
}
