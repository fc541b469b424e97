namespace Slipway.Cli.Tests;

public sealed class PipelineVerbsTests
{
    [Theory, EachDatabase]
    public async Task A_run_is_started_watched_listed_shown_and_its_log_read(string database)
    {
        await using var server = await TestServer.Start(database);
        var definition = Path.Combine(server.Folder, "greet.yaml");
        await File.WriteAllTextAsync(definition, "{ pipeline: greet, steps: { hello: { uses: command, with: { run: [cat, words.txt], files: [words.txt] } } } }");
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "words.txt"), "good morning\n");
        Assert.Equal(0, await Cli(server, "pipeline", "list"));

        Assert.Equal(0, await Cli(server, "pipeline", "run", definition, "--watch"));
        Assert.Equal(0, await Cli(server, "pipeline", "run", definition, "--watch", "--json", "--force", "hello"));
        Assert.Equal(0, await Cli(server, "pipeline", "list"));
        Assert.Equal(0, await Cli(server, "pipeline", "list", "greet"));
        Assert.Equal(0, await Cli(server, "pipeline", "list", "greet", "--json"));

        var runId = await server.Db.Read(tx => tx.QueryOne($"SELECT MIN(run_id) FROM pipelines_runs", row => row.GetString(0)), default);
        Assert.Equal(0, await Cli(server, "pipeline", "show", runId!));
        Assert.Equal(0, await Cli(server, "pipeline", "log", runId!, "hello", "--follow"));
        Assert.Equal(1, await Cli(server, "pipeline", "cancel", runId!)); // it has ended
    }

    [Fact]
    public async Task What_fails_or_is_not_there_is_said_and_wrong_usage_is_told_apart()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var definition = Path.Combine(server.Folder, "wrong.yaml");
        await File.WriteAllTextAsync(definition, "{ pipeline: wrong, steps: { a: { uses: command, with: { run: [cat, absent.txt] } } } }");
        Assert.Equal(1, await Cli(server, "pipeline", "run", definition, "--watch"));
        await File.WriteAllTextAsync(definition, "{ pipeline: wrong, steps: { a: { uses: nothing } } }");
        Assert.Equal(1, await Cli(server, "pipeline", "run", definition));
        Assert.Equal(1, await Cli(server, "pipeline", "run", Path.Combine(server.Folder, "absent.yaml")));

        Assert.Equal(1, await Cli(server, "pipeline", "show", "0192"));
        Assert.Equal(1, await Cli(server, "pipeline", "log", "0192", "a"));
        Assert.Equal(1, await Cli(server, "pipeline", "cancel", "0192"));
        Assert.Equal(2, await Cli(server, "pipeline", "run"));
        Assert.Equal(2, await Cli(server, "pipeline", "log", "0192"));
    }

    [Fact]
    public async Task A_run_that_goes_on_is_cancelled()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var definition = Path.Combine(server.Folder, "long.yaml");
        await File.WriteAllTextAsync(definition, "{ pipeline: long, steps: { a: { uses: command, with: { run: [sleep, '600'] } } } }");
        Assert.Equal(0, await Cli(server, "pipeline", "run", definition));

        var runId = await server.Db.Read(tx => tx.QueryOne($"SELECT run_id FROM pipelines_runs", row => row.GetString(0)), default);
        Assert.Equal(0, await Cli(server, "pipeline", "cancel", runId!));
        Assert.Equal(0, await Cli(server, "pipeline", "log", runId!, "a", "--follow"));
        Assert.Equal(0, await Cli(server, "pipeline", "show", runId!));
    }

    private static Task<int> Cli(TestServer server, params string[] words) => CommandLine.Run([.. words, "--server", server.BaseAddress.ToString()]);
}
