using System.Text.Json.Nodes;

namespace Slipway.Registry.Tests.Versions;

/// <summary>What a registered version was made from is not erased while the version is there.</summary>
public sealed class HoldRunsTests
{
    [Theory, EachDatabase]
    public async Task A_run_behind_a_version_stays_in_the_trash_until_the_version_is_deleted(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var (behind, named, free) = (await shelf.CreateRun("behind"), await shelf.CreateRun("named"), await shelf.CreateRun("free"));
        await shelf.Upload(behind, "model/model.bin", "weights");
        await shelf.CreateModel("scorer");
        await shelf.Register("scorer", $"runs:/{behind}/model", behind);
        await shelf.Register("scorer", "s3://bucket/model", named);
        await shelf.Register("scorer", "models:/scorer/1");
        Assert.Equal(204, (await shelf.Native("POST", "trash", new { runs = new[] { behind, named, free } })).Status);

        var kept = await Kept(shelf);
        await shelf.Done("DELETE", "model-versions/delete", new { name = "scorer", version = "1" });
        await shelf.Done("DELETE", "model-versions/delete", new { name = "scorer", version = "2" });
        var copied = await Kept(shelf);
        await shelf.Done("DELETE", "model-versions/delete", new { name = "scorer", version = "3" });

        Assert.Equal([(behind, "It is needed by model scorer version 3."), (named, "It is needed by model scorer version 2.")], kept);
        Assert.Equal([(behind, "It is needed by model scorer version 3.")], copied);
        Assert.Empty(await Kept(shelf));
        foreach (var run in (string[])[behind, named, free]) { Assert.Equal(404, (await shelf.Mlf("GET", $"runs/get?run_id={run}")).Status); }
    }

    private static async Task<List<(string Id, string Why)>> Kept(Shelf shelf)
    {
        var (status, body) = await shelf.Native("POST", "trash/purge", new { all = true, dryRun = false });
        Assert.True(status == 200, body);
        return [.. JsonNode.Parse(body)!["kept"]!.AsArray().Select(one => ((string)one!["id"]!, (string)one["why"]!)).OrderBy(one => one.Item2.EndsWith("2.", StringComparison.Ordinal))];
    }
}
