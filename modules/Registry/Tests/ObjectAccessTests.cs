using Slipway.Identity.Contracts;

namespace Slipway.Registry.Tests;

/// <summary>Grants on one registered model: what they hide and what they give.</summary>
public sealed class ObjectAccessTests
{
    [Theory, EachDatabase]
    public async Task A_model_that_is_not_for_a_caller_is_reached_by_no_route(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("open");
        await Fill(shelf);
        var before = await shelf.Mlf("GET", "registered-models/get?name=hidden");
        using var kept = await shelf.Server.Program("kept-out", "default", ("workspace/default", Role.Contributor), ("workspace/default/model/hidden", Role.None));
        using var elsewhere = await shelf.Server.Program("elsewhere", "default", ("workspace/default/model/open", Role.Admin));
        using var reader = await shelf.Server.Program("reader", "default", ("workspace/default/model/hidden", Role.Viewer));

        await Walk(shelf).FindsNothing(kept, Walk(shelf, "nowhere"));
        await Walk(shelf).FindsNothing(elsewhere, Walk(shelf, "nowhere"));
        await Walk(shelf).LetsOnlyRead(reader);
        Assert.Equal((403, "Permission denied"), await shelf.Mlf("GET", "registered-models/get?name=nowhere", by: elsewhere));

        Assert.Equal(before, await shelf.Mlf("GET", "registered-models/get?name=hidden"));
        foreach (var source in (string[])["models:/hidden/1", "models:/hidden@champion"])
        {
            Assert.Equal((source, 403), (source, (await shelf.Mlf("POST", "model-versions/create", new { name = "open", source }, elsewhere)).Status));
        }
    }

    [Theory, EachDatabase]
    public async Task No_policy_is_asked_about_what_a_caller_may_not_change(string database)
    {
        var gate = new RefusingGate("model.rename", "model.delete", "version.delete", "stage.change", "alias.set", "alias.delete");
        await using var shelf = await Shelf.Open(database, gate: gate);
        await shelf.CreateModel("hidden");
        await shelf.Register("hidden");
        using var kept = await shelf.Server.Program("kept-out", "default", ("workspace/default", Role.Contributor), ("workspace/default/model/hidden", Role.None));
        using var reader = await shelf.Server.Program("reader", "default", ("workspace/default", Role.Contributor), ("workspace/default/model/hidden", Role.Viewer));
        (string Method, string Verb, object Body)[] changes =
        [
            ("POST", "registered-models/rename", new { name = "hidden", new_name = "b" }), ("DELETE", "registered-models/delete", new { name = "hidden" }),
            ("DELETE", "model-versions/delete", new { name = "hidden", version = "1" }), ("POST", "model-versions/transition-stage", new { name = "hidden", version = "1", stage = "Staging" }),
            ("POST", "registered-models/alias", new { name = "hidden", alias = "a", version = "1" }), ("DELETE", "registered-models/alias", new { name = "hidden", alias = "a" }),
        ];
        gate.Asked.Clear();

        foreach (var (method, verb, body) in changes)
        {
            Assert.Equal((verb, 403, "Permission denied"), (verb, (await shelf.Mlf(method, verb, body, kept)).Status, (await shelf.Mlf(method, verb, body, kept)).Body));
            Assert.Contains("lacks registry.", (await shelf.Mlf(method, verb, body, reader)).Body, StringComparison.Ordinal);
        }

        Assert.Empty(gate.Asked);
        foreach (var (method, verb, body) in changes) { Assert.Contains("Nothing changes today.", (await shelf.Mlf(method, verb, body)).Body, StringComparison.Ordinal); }

        Assert.Equal(changes.Length, gate.Asked.Count);
    }

    [Theory, EachDatabase]
    public async Task A_version_is_made_only_of_what_its_maker_may_see_and_notes_itself_only_where_they_may_write(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var experiment = (string)(await shelf.Done("POST", "experiments/create", new { name = "e" }))["experiment_id"]!;
        var run = (string)(await shelf.Done("POST", "runs/create", new { experiment_id = experiment, start_time = 1 }))["run"]!["info"]!["run_id"]!;
        var logged = (string)(await shelf.Done("POST", "logged-models", new { experiment_id = experiment, name = "m", source_run_id = run }))["model"]!["info"]!["model_id"]!;
        await shelf.CreateModel("a");
        (string, Role) role = ("workspace/default", Role.Contributor);
        using var kept = await shelf.Server.Program("kept-out", "default", role, ($"workspace/default/experiment/{experiment}", Role.None));
        using var reader = await shelf.Server.Program("reader", "default", role, ($"workspace/default/experiment/{experiment}", Role.Viewer));
        using var writer = await shelf.Server.Program("writer", "default", role);

        object[] hidden =
        [
            new { name = "a", source = "s3://b/a", model_id = logged }, new { name = "a", source = $"models:/{logged}" }, new { name = "a", source = "s3://b/a", run_id = run },
            new { name = "a", source = $"runs:/{run}/model" }, new { name = "a", source = $"mlflow-artifacts:/{experiment}/{run}/artifacts/model", run_id = run },
        ];
        foreach (var body in hidden) { Assert.Equal((body, (403, "Permission denied")), (body, await shelf.Mlf("POST", "model-versions/create", body, kept))); }

        Assert.Null(await Noted());
        Assert.Equal(200, (await shelf.Mlf("POST", "model-versions/create", new { name = "a", source = "s3://b/a", model_id = logged }, reader)).Status);
        Assert.Null(await Noted());
        Assert.Equal(200, (await shelf.Mlf("POST", "model-versions/create", new { name = "a", source = $"models:/{logged}" }, writer)).Status);
        Assert.Equal("""[{"name": "a", "version": 2}]""", await Noted());

        // Who may see a version may register it again, whatever it was made of, and writes nothing on that.
        Assert.Equal(200, (await shelf.Mlf("POST", "model-versions/create", new { name = "a", source = "models:/a/2" }, kept)).Status);
        Assert.Equal("""[{"name": "a", "version": 2}]""", await Noted());

        async Task<string?> Noted() => (string?)(await shelf.Done("GET", $"logged-models/{logged}"))["model"]!["info"]!["tags"]?.AsArray().FirstOrDefault(tag => (string)tag!["key"]! == "mlflow.modelVersions")?["value"];
    }

    [Theory, EachDatabase]
    public async Task Grants_go_with_a_model_that_is_renamed_and_end_with_one_that_is_deleted(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("a");
        using var editor = await shelf.Server.Program("editor", "default", ("workspace/default/model/a", Role.Contributor));

        await shelf.Done("POST", "registered-models/rename", new { name = "a", new_name = "b" });
        Assert.Equal(200, (await shelf.Mlf("PATCH", "registered-models/update", new { name = "b", description = "mine" }, editor)).Status);
        Assert.Equal(403, (await shelf.Mlf("DELETE", "registered-models/delete", new { name = "b" }, editor)).Status);

        await shelf.Done("DELETE", "registered-models/delete", new { name = "b" });
        await shelf.CreateModel("b");
        Assert.Equal(403, (await shelf.Mlf("GET", "registered-models/get?name=b", by: editor)).Status);
    }

    [Theory, EachDatabase]
    public async Task Searches_show_the_models_that_may_be_seen(string database)
    {
        await using var shelf = await Shelf.Open(database);
        foreach (var name in (string[])["one", "other"])
        {
            await shelf.CreateModel(name);
            await shelf.Register(name);
        }

        using var without = await shelf.Server.Program("without", "default", ("workspace/default", Role.Viewer), ("workspace/default/model/one", Role.None));
        using var only = await shelf.Server.Program("only", "default", ("workspace/default/model/one", Role.Viewer));

        foreach (var (caller, seen, hidden) in new[] { (without, "other", "one"), (only, "one", "other") })
        {
            foreach (var found in new[] { await shelf.Mlf("GET", "registered-models/search", by: caller), await shelf.Mlf("GET", "model-versions/search", by: caller), await shelf.Send(HttpMethod.Get, "/api/v1/w/default/models", null, caller) })
            {
                Assert.Equal(200, found.Status);
                Assert.Contains($"\"{seen}\"", found.Body, StringComparison.Ordinal);
                Assert.DoesNotContain($"\"{hidden}\"", found.Body, StringComparison.Ordinal);
            }
        }
    }

    private static async Task Fill(Shelf shelf)
    {
        await shelf.CreateModel("hidden");
        await shelf.Register("hidden");
        await shelf.Done("PATCH", "registered-models/update", new { name = "hidden", description = "marked" });
        await shelf.Done("PATCH", "model-versions/update", new { name = "hidden", version = "1", description = "marked" });
        await shelf.Done("POST", "registered-models/alias", new { name = "hidden", alias = "champion", version = "1" });
    }

    private static ObjectWalk Walk(Shelf shelf, string name = "hidden") => new(
        shelf.Server, "registry", "marked", ("{name}", name), ("{version}", "1"), ("{alias}", "champion"),
        ("name", name), ("version", "1"), ("alias", "champion"), ("key", "k"), ("value", "v"), ("stage", "Production"), ("new_name", "taken"), ("source", "s3://bucket/path"),
        ("from", "1"), ("to", "1"))
    {
        Lists = [("GET", "/mlflow/registered-models/search"), ("GET", "/mlflow/model-versions/search"), ("GET", "/{workspace}/models")],
        BodyOf = path => path.Contains("/aliases/", StringComparison.Ordinal) ? new { version = 1 } : null,
    };
}
