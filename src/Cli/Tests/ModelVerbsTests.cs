using System.Net.Http.Json;

namespace Slipway.Cli.Tests;

public sealed class ModelVerbsTests
{
    [Theory, EachDatabase]
    public async Task Models_are_listed_shown_and_compared_by_number_or_alias(string database)
    {
        await using var server = await TestServer.Start(database);
        Task<int> Cli(params string[] words) => CommandLine.Run([.. words, "--server", server.BaseAddress.ToString()]);
        Assert.Equal(0, await Cli("model", "list"));

        await Mlflow(server, HttpMethod.Post, "registered-models/create", new { name = "late payers" });
        await Mlflow(server, HttpMethod.Post, "model-versions/create", new { name = "late payers", source = "s3://bucket/one" });
        await Mlflow(server, HttpMethod.Post, "model-versions/create", new { name = "late payers", source = "s3://bucket/two" });
        await Mlflow(server, HttpMethod.Post, "registered-models/alias", new { name = "late payers", alias = "champion", version = "2" });

        Assert.Equal(0, await Cli("model", "list", "--json"));
        Assert.Equal(0, await Cli("model", "show", "late payers"));
        Assert.Equal(0, await Cli("model", "show", "late payers", "1"));
        Assert.Equal(0, await Cli("model", "show", "late payers", "champion"));
        Assert.Equal(0, await Cli("model", "diff", "late payers", "1", "@champion"));
        Assert.Equal(0, await Cli("model", "diff", "late payers", "1", "2", "--json"));
    }

    [Fact]
    public async Task What_is_not_there_is_said_and_wrong_usage_is_told_apart()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        Task<int> Cli(params string[] words) => CommandLine.Run([.. words, "--server", server.BaseAddress.ToString()]);
        await Mlflow(server, HttpMethod.Post, "registered-models/create", new { name = "late" });

        Assert.Equal(1, await Cli("model", "show", "early"));
        Assert.Equal(1, await Cli("model", "show", "late", "7"));
        Assert.Equal(1, await Cli("model", "show", "late", "champion"));
        Assert.Equal(1, await Cli("model", "diff", "late", "1", "2"));
        Assert.Equal(1, await Cli("model", "list", "--workspace", "elsewhere"));
        Assert.Equal(2, await Cli("model", "show"));
        Assert.Equal(2, await Cli("model", "diff", "late", "1"));
        Assert.Equal(1, await CommandLine.Run(["model", "list", "--server", "http://127.0.0.1:1"]));
    }

    private static async Task Mlflow(TestServer server, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, $"/api/2.0/mlflow/{path}") { Content = JsonContent.Create(body) };
        using var answer = await server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
