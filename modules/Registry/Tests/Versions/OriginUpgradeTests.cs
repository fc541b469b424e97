namespace Slipway.Registry.Tests.Versions;

/// <summary>Versions of before are held to the same: their origins are read out of what was stored of them.</summary>
public sealed class OriginUpgradeTests
{
    private const string All = "SELECT workspace || ' ' || origin_id || ' ' || model_id || ' ' || version || ' ' || COALESCE(path, '(named)') AS row FROM registry_version_origins ORDER BY row";

    [Theory, EachDatabase]
    public async Task An_upgrade_finds_the_origins_that_registering_notes(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var (run, other) = (await shelf.CreateRun(), await shelf.CreateRun());
        foreach (var path in (string[])["m+ü/MLmodel", "m+ü/b \"c\".bin", "a/b/one.onnx"]) { await shelf.Upload(run, Uri.EscapeDataString(path), "first"); }

        var logged = (string)(await shelf.Done("POST", "logged-models", new { experiment_id = "0", name = "scorecard", source_run_id = run }))["model"]!["info"]!["model_id"]!;
        Assert.Equal(200, (await shelf.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/models/{logged}/artifacts/MLmodel", new StringContent("first"))).Status);
        await shelf.CreateModel("m");
        foreach (var (source, named) in new[]
        {
            ($"runs:/{run}/m+ü", run), ($"runs:/{run}/a/b/one.onnx", other), ($"runs:/{run}", ""), ($"runs:/{run}/not/yet", ""), ("s3://bucket/m", other), ("s3://bucket/m", ""),
            ($"models:/{logged}", ""), ("models:/m/1", ""), ("models:/m/7", "not of this server"), ($"mlflow-artifacts:/0/{run}/artifacts/a", run),
        })
        {
            await shelf.Register("m", source, named);
        }

        await shelf.Register("m", $"runs:/{run}/m+ü", run);
        await shelf.Done("DELETE", "model-versions/delete", new { name = "m", version = "11" });
        var noted = await shelf.Texts(All);
        await shelf.Server.Db.Write(
            tx =>
            {
                tx.Execute($"DROP TABLE registry_version_origins");
                tx.Execute($"DELETE FROM kernel_schema WHERE module = 'Registry' AND number = 4");
            },
            default);

        await TestDatabase.Upgrade(shelf.Server.Db);

        Assert.Equal(noted, await shelf.Texts(All));
        Assert.Equal((13, 7), (noted.Count, noted.Count(row => !row.EndsWith("(named)", StringComparison.Ordinal))));
    }
}
