using Slipway.Datasets.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Cli.Tests;

public sealed class DatasetVerbsTests
{
    private const string Contract =
        "{ apiVersion: v3.1.0, kind: DataContract, id: t, version: 1.0.0, status: active, schema: [ { name: t, properties: [ { name: a, logicalType: integer, logicalTypeOptions: { maximum: 9 } } ] } ] }";

    [Theory, EachDatabase]
    public async Task A_file_is_checked_added_listed_shown_and_compared(string database)
    {
        await using var server = await TestServer.Start(database);
        var (one, two, wrong, contract) = (await Write(server, "one.csv", "a\n1\n"), await Write(server, "two.json", "[{\"a\":1},{\"a\":2}]"), await Write(server, "wrong.csv", "a\n10\n"), await Write(server, "t.yaml", Contract));
        Assert.Equal(0, await Cli(server, "dataset", "list"));
        Assert.Equal(1, await Cli(server, "dataset", "check", "t", one)); // no contract yet

        Assert.Equal(0, await Cli(server, "dataset", "check", "t", one, "--contract", contract));
        Assert.Equal(1, await Cli(server, "dataset", "check", "t", wrong, "--contract", contract));
        Assert.Equal(0, await Cli(server, "dataset", "add", "t", one, "--contract", contract));
        Assert.Equal(1, await Cli(server, "dataset", "add", "t", wrong));
        Assert.Equal(0, await Cli(server, "dataset", "add", "t", two, "--json"));
        Assert.Equal(0, await Cli(server, "dataset", "list"));
        Assert.Equal(0, await Cli(server, "dataset", "show", "t"));
        Assert.Equal(0, await Cli(server, "dataset", "show", "t", "1"));
        Assert.Equal(0, await Cli(server, "dataset", "diff", "t", "1", "2"));
        Assert.Equal(0, await Cli(server, "dataset", "diff", "t", "2", "2"));

        var versions = System.Text.Json.JsonSerializer.Deserialize<Page<DatasetVersionView>>(await server.Http.GetStringAsync("/api/v1/w/default/datasets/t/versions"), WireJson.Options)!.Items;
        Assert.Equal([(2L, 2L), (1L, 1L)], versions.Select(version => (version.Version, version.Rows)));
    }

    [Fact]
    public async Task A_refused_contract_changes_nothing_and_wrong_usage_is_told_apart()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var (wrong, contract, odd) = (await Write(server, "wrong.csv", "a\n10\n"), await Write(server, "t.yaml", Contract), await Write(server, "odd.txt", "a\n1\n"));

        Assert.Equal(1, await Cli(server, "dataset", "add", "t", wrong, "--contract", contract));
        Assert.Equal(1, await Cli(server, "dataset", "show", "t"));
        Assert.Equal(1, await Cli(server, "dataset", "add", "t", odd));
        Assert.Equal(0, await Cli(server, "dataset", "add", "t", odd, "--format", "csv"));
        Assert.Equal(1, await Cli(server, "dataset", "add", "t", Path.Combine(server.Folder, "absent.csv")));
        Assert.Equal(1, await Cli(server, "dataset", "add", "t", odd, "--format", "csv", "--contract", odd));
        Assert.Equal(1, await Cli(server, "dataset", "diff", "t", "1", "2"));
        Assert.Equal(2, await Cli(server, "dataset", "diff", "t", "one", "2"));
        Assert.Equal(2, await Cli(server, "dataset", "add", "t", odd, "--format", "xlsx"));
        Assert.Equal(2, await Cli(server, "dataset", "add"));
    }

    private static async Task<string> Write(TestServer server, string name, string text)
    {
        var path = Path.Combine(server.Folder, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private static Task<int> Cli(TestServer server, params string[] words) => CommandLine.Run([.. words, "--server", server.BaseAddress.ToString()]);
}
