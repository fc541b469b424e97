using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Slipway.Cli.Tests;

public sealed class TrashVerbsTests
{
    [Theory, EachDatabase]
    public async Task What_was_deleted_is_listed_restored_and_purged_on_the_command_line(string database)
    {
        await using var server = await TestServer.Start(database);
        Task<int> Cli(params string[] words) => CommandLine.Run(["trash", .. words, "--server", server.BaseAddress.ToString()]);
        var experiment = (string)(await Mlflow(server, "experiments/create", new { name = "short-lived" }))["experiment_id"]!;
        var run = (string)(await Mlflow(server, "runs/create", new { experiment_id = experiment }))["run"]!["info"]!["run_id"]!;

        Assert.Equal(0, await Cli("list"));
        await Mlflow(server, "runs/delete", new { run_id = run });
        Assert.Equal(0, await Cli("list"));
        Assert.Equal(0, await Cli("list", "--json", "--limit", "5"));
        Assert.Equal(0, await Cli("restore", "--run", run));
        Assert.Equal("active", await Stage(server, run));
        Assert.Equal(1, await Cli("restore", "--run", "nobody"));
        Assert.Equal(1, await Cli("restore", "--logged-model", "m-nobody"));
        Assert.Equal(0, await Cli("purge", "--logged-model", "m-nobody", "--dry-run"));
        Assert.Equal(1, await Cli("purge"));
        await Mlflow(server, "experiments/delete", new { experiment_id = experiment });
        Assert.Equal(0, await Cli("purge", "--experiment", experiment, "--dry-run", "--reason", "looking"));
        Assert.Equal("deleted", await Stage(server, run));
        Assert.Equal(0, await Cli("purge", "--all", "--reason", "asked to forget", "--json"));
        Assert.Null(await Stage(server, run));
    }

    private static async Task<string?> Stage(TestServer server, string run) =>
        (string?)JsonNode.Parse(await (await server.Http.GetAsync($"/api/2.0/mlflow/runs/get?run_id={run}")).Content.ReadAsStringAsync())!["run"]?["info"]?["lifecycle_stage"];

    private static async Task<JsonNode> Mlflow(TestServer server, string call, object body)
    {
        using var answer = await server.Http.PostAsJsonAsync("/api/2.0/mlflow/" + call, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
