namespace Slipway.Cli.Tests;

public sealed class EndpointVerbsTests
{
    [Theory, EachDatabase]
    public async Task Endpoints_are_made_listed_shown_halted_killed_and_released(string database)
    {
        await using var server = await TestServer.Start(database);
        Task<int> Cli(params string[] words) => CommandLine.Run([.. words, "--server", server.BaseAddress.ToString()]);
        Assert.Equal(0, await Cli("endpoint", "list"));

        // The endpoint is made; version 1 of a model that is not there is refused.
        Assert.Equal(1, await Cli("deploy", "late", "1", "--model", "late payers"));
        Assert.Equal(0, await Cli("endpoint", "list"));
        Assert.Equal(0, await Cli("endpoint", "list", "--json"));
        Assert.Equal(0, await Cli("endpoint", "show", "late"));
        Assert.Equal(0, await Cli("halt", "late", "--reason", "Drift."));
        Assert.Equal(0, await Cli("resume", "late", "--reason", "It was a holiday."));
        Assert.Equal(0, await Cli("kill", "late", "--reason", "Denies everybody."));
        Assert.Equal(0, await Cli("release", "late", "--reason", "It was the input."));
        Assert.Equal(0, await Cli("endpoint", "show", "late", "--json"));
    }

    [Fact]
    public async Task What_cannot_be_is_said_and_wrong_usage_is_told_apart()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        Task<int> Cli(params string[] words) => CommandLine.Run([.. words, "--server", server.BaseAddress.ToString()]);
        var file = Path.Combine(server.Folder, "rows.csv");
        await File.WriteAllTextAsync(file, "a\n1\n");

        Assert.Equal(1, await Cli("deploy", "late", "1"));
        Assert.Equal(1, await Cli("split", "late", "0.5"));
        Assert.Equal(1, await Cli("promote", "late", "--reason", "x"));
        Assert.Equal(1, await Cli("rollback", "late", "--reason", "x"));
        Assert.Equal(1, await Cli("predict", "late", file));
        Assert.Equal(1, await Cli("predict", "late", file + ".gone"));
        Assert.Equal(2, await Cli("kill", "late"));
        Assert.Equal(2, await Cli("split", "late", "half"));
    }
}
