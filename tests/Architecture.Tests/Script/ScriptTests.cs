namespace Slipway.Architecture.Tests;

public sealed class ScriptTests
{
    [Theory]
    [InlineData("8.0.404 [/usr/share/dotnet/sdk]", "slipway: the .NET SDK 10.0 is required and 8.0.404 was found on PATH; see https://dotnet.microsoft.com/download")]
    [InlineData(null, "slipway: the .NET SDK 10.0 is required and none was found on PATH; see https://dotnet.microsoft.com/download")]
    public async Task A_missing_or_old_sdk_is_one_sentence_and_exit_code_3(string? found, string expected)
    {
        using var script = new Script().Link("node").Link("npm");
        if (found is not null) { script.Fake("dotnet", found); }

        foreach (var command in (string[])["serve", "status", "test", "refresh", "bench"])
        {
            var (code, _, errors) = await script.Run(command);

            Assert.Equal((3, expected), (code, errors));
        }
    }

    [Theory]
    [InlineData("v18.19.0", "slipway: Node.js 20.19 or newer is required and v18.19.0 was found on PATH; see https://nodejs.org")]
    [InlineData("v20.9.0", "slipway: Node.js 20.19 or newer is required and v20.9.0 was found on PATH; see https://nodejs.org")]
    [InlineData(null, "slipway: Node.js 20.19 or newer is required and none was found on PATH; see https://nodejs.org")]
    public async Task A_missing_or_old_node_is_one_sentence_and_exit_code_3(string? found, string expected)
    {
        using var script = new Script().Fake("dotnet", "10.0.100 [/usr/share/dotnet/sdk]").Link("npm");
        if (found is not null) { script.Fake("node", found); }

        foreach (var command in (string[])["serve", "test", "refresh"])
        {
            var (code, _, errors) = await script.Run(command);

            Assert.Equal((3, expected), (code, errors));
        }
    }

    [Fact]
    public async Task A_test_run_that_cannot_start_still_ends_with_its_line()
    {
        using var script = new Script().Fake("dotnet", "9.0.100 [/usr/share/dotnet/sdk]");

        Assert.Equal("0 passed, 1 failed\n", (await script.Run("test")).Output);
    }

    [Fact]
    public async Task A_wrong_option_of_test_is_refused()
    {
        using var script = new Script();

        var (code, _, errors) = await script.Run("test", "--fast");

        Assert.Equal((2, "slipway: test has no option '--fast'; it takes --long and words of test names"), (code, errors));
    }

    [Fact]
    public async Task Without_a_command_it_says_what_there_is()
    {
        using var script = new Script();

        var (code, output, _) = await script.Run();

        Assert.Equal(0, code);
        Assert.All((string[])["serve", "admin", "test", "bench", "refresh"], command => Assert.Contains($"\n  {command} ", output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_built_server_starts_by_the_script_and_stops_within_ten_seconds()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("BUILT_BY_SCRIPT") == "1", "the script has not built everything; ./slipway test does");
        var data = Directory.CreateTempSubdirectory("slipway-start-").FullName;

        await using (var server = await ServerProcess.Start(data, command: [Path.Combine(Repository.Root, "slipway")]))
        {
            var (stop, code) = await server.Stop();

            // How long the start takes is measured by ./slipway bench server; a stop that takes longer would be killed by what supervises the server.
            Assert.Equal(0, code);
            Assert.True(stop < TimeSpan.FromSeconds(10), $"It stopped after {stop.TotalMilliseconds:N0} ms.");
        }

        Directory.Delete(data, recursive: true);
    }
}
