using System.Diagnostics;

namespace Slipway.Identity.Tests.SetUp;

/// <summary>The command as an operator types it.</summary>
public sealed class AdminCommandTests
{
    [Fact]
    public async Task It_is_refused_while_a_server_uses_the_data_and_works_after_it_stopped()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-test-").FullName;
        try
        {
            await using (var server = await ServerProcess.Start(folder, ["--auth", "required"]))
            {
                var (refused, why) = await Run(folder);
                Assert.Equal(1, refused);
                Assert.Contains("Another slipway server uses", why, StringComparison.Ordinal);
                Assert.Contains(server.Output, line => line.Contains("/set-up#token=", StringComparison.Ordinal));
                await server.Stop();
            }

            var (code, output) = await Run(folder);
            Assert.Equal(0, code);
            Assert.Contains("/set-up#token=", output, StringComparison.Ordinal);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task<(int Code, string Output)> Run(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(ServerProcess.Program, ["admin", "create", "--name", "ann", "--data", folder]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
