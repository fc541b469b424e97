using Slipway.Registry.Contracts;

namespace Slipway.Client.Tests;

public sealed class ModelTests
{
    [Theory, EachDatabase]
    public async Task A_model_is_registered_named_staged_found_and_deleted(string database)
    {
        await using var server = await TestServer.Start(database);
        using var client = new SlipwayClient(Clients.Quick(server.BaseAddress));
        await using var run = await client.Runs.StartAsync("churn");
        await run.LogTextAsync("weights", "model/weights.txt");

        var first = await client.Models.RegisterAsync("churn", run, "model");
        var second = await client.Models.RegisterAsync("churn", new NewVersion("s3://bucket/two") { Description = "by hand", Tags = new Dictionary<string, string> { ["by"] = "ada" } });

        Assert.Equal((1, run.RunId, 2, "by hand", "ada"), (first.Version, first.RunId, second.Version, second.Description, second.Tags["by"]));
        Assert.Equal("champion", (await client.Models.SetAliasAsync("churn", "champion", 2)).Alias);
        Assert.Equal("s3://bucket/two", (await client.Models.OfAliasAsync("churn", "champion"))?.Source);
        Assert.Null(await client.Models.OfAliasAsync("churn", "nobody"));
        Assert.Equal(ModelStage.Staging, (await client.Models.SetStageAsync("churn", 1, ModelStage.Staging)).Stage);
        await client.Models.SetTagAsync("churn", "tier", "high");
        await client.Models.SetTagAsync("churn", "checked", "yes", version: 1);
        await client.Models.DescribeAsync("churn", "who leaves");
        var model = await client.Models.GetAsync("churn");
        Assert.Equal((2, "high", "who leaves"), (model.Versions, model.Tags["tier"], model.Description));
        Assert.NotNull((await client.Models.GetVersionAsync("churn", 1)).Digests.Model);
        Assert.Equal([2, 1], await client.Models.VersionsAsync("churn").Select(version => version.Version).ToListAsync());

        await client.Models.DeleteAliasAsync("churn", "champion");
        await client.Models.DeleteTagAsync("churn", "tier");
        await client.Models.RenameAsync("churn", "leavers");
        await client.Models.DeleteVersionAsync("leavers", 1);
        Assert.Equal(["leavers"], await client.Models.SearchAsync("name LIKE 'leav%'").Select(one => one.Name).ToListAsync());
        await client.Models.DeleteAsync("leavers");
        Assert.Equal(404, (await Assert.ThrowsAsync<SlipwayException>(() => client.Models.GetAsync("leavers"))).Status);
    }

    [Theory, EachDatabase]
    public async Task A_folder_is_logged_as_a_model_that_another_run_uses(string database)
    {
        await using var server = await TestServer.Start(database);
        using var client = new SlipwayClient(Clients.Quick(server.BaseAddress));
        var folder = Directory.CreateTempSubdirectory("slipway-client-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "model.bin"), "trees");
        await using var run = await client.Runs.StartAsync("churn");
        await using var other = await client.Runs.StartAsync("churn");

        var model = await run.LogModelAsync("trees", folder, "classic", new Dictionary<string, string> { ["depth"] = "7" });
        await other.UseModelAsync(model.ModelId);
        await other.LogInputAsync(new RunDataset("people", "abc123", "people.csv") { Context = "training" });

        var view = await client.Get<Tracking.Contracts.LoggedModelView>($"/api/v1/w/default/logged-models/{model.ModelId}", default);
        Assert.Equal((Tracking.Contracts.LoggedModelStatus.Ready, "classic", "7", run.RunId), (view.Status, view.ModelType, view.Params["depth"], view.SourceRunId));
        var used = await client.GetText($"/api/2.0/mlflow/runs/get?run_id={other.RunId}", default);
        Assert.Contains(model.ModelId, used, StringComparison.Ordinal);
        Assert.Contains("abc123", used, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory, EachDatabase]
    public async Task A_version_whose_answer_was_lost_is_registered_once(string database)
    {
        await using var server = await TestServer.Start(database);
        var lost = 0;
        using var direct = Clients.Direct();
        using var network = new FaultyNetwork(direct, request => request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal) && lost++ % 2 == 0 ? Trouble.LostAnswer : Trouble.None);
        using var client = new SlipwayClient(Clients.Quick(server.BaseAddress, network));

        var version = await client.Models.RegisterAsync("churn", new NewVersion("s3://bucket/one"));

        Assert.Equal(1, version.Version);
        Assert.Equal([1], await client.Models.VersionsAsync("churn").Select(one => one.Version).ToListAsync());
        Assert.True(lost >= 3, $"Only {lost} requests were sent.");
    }
}
