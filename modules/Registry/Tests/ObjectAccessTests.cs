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

        await Walk(shelf).FindsNothing(kept);
        await Walk(shelf).FindsNothing(elsewhere);
        await Walk(shelf).LetsOnlyRead(reader);

        Assert.Equal(before, await shelf.Mlf("GET", "registered-models/get?name=hidden"));
        foreach (var source in (string[])["models:/hidden/1", "models:/hidden@champion"])
        {
            Assert.Equal((source, 403), (source, (await shelf.Mlf("POST", "model-versions/create", new { name = "open", source }, elsewhere)).Status));
        }
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

    private static ObjectWalk Walk(Shelf shelf) => new(
        shelf.Server, "registry", "marked", ("{name}", "hidden"), ("{version}", "1"), ("{alias}", "champion"),
        ("name", "hidden"), ("version", "1"), ("alias", "champion"), ("key", "k"), ("value", "v"), ("stage", "Production"), ("new_name", "taken"), ("source", "s3://bucket/path"),
        ("from", "1"), ("to", "1"))
    {
        BodyOf = path => path.Contains("/models/hidden/aliases/", StringComparison.Ordinal) ? new { version = 1 } : null,
    };
}
