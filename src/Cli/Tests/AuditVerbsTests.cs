using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Cli.Tests;

public sealed class AuditVerbsTests
{
    private static readonly Caller Ada = new("0192aa", "ada", PrincipalKind.Person, []);

    [Theory, EachDatabase]
    public async Task An_export_verifies_alone_and_against_the_witness_until_it_is_changed(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { AuditWitness = Path.Combine(options.Data, "witness") });
        var (file, witness) = (Path.Combine(server.Folder, "audit.ndjson"), Path.Combine(server.Folder, "witness"));
        for (var i = 0; i < 3; i++)
        {
            await server.Db.Write(tx => tx.Audit(Ada, "run.delete", $"run/{i}"), default);
            await server.Services.GetRequiredService<AuditSequencer>().Step(default);
        }

        Assert.Equal(0, await CommandLine.Run(["audit", "export", "--output", file, "--server", server.BaseAddress.ToString()]));
        Assert.Equal(0, await CommandLine.Run(["audit", "verify", file]));

        Assert.Equal(0, await CommandLine.Run(["audit", "verify", file, "--witness", witness]));

        var lines = await File.ReadAllLinesAsync(file);
        await File.WriteAllLinesAsync(file, lines.Where((_, i) => i != 2));
        Assert.Equal(1, await CommandLine.Run(["audit", "verify", file]));
        Assert.Equal(1, await CommandLine.Run(["audit", "verify", Path.Combine(server.Folder, "absent.ndjson")]));
        Assert.Equal(2, await CommandLine.Run(["audit", "verify"]));
        Assert.Equal(2, await CommandLine.Run(["audit", "export", "--output", file, "--server", "nowhere"]));
    }

    [Fact]
    public async Task An_export_from_where_no_server_is_leaves_no_file()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-test-");
        try
        {
            Assert.Equal(1, await CommandLine.Run(["audit", "export", "--output", Path.Combine(folder.FullName, "audit.ndjson"), "--server", "http://127.0.0.1:1"]));
            Assert.Empty(folder.GetFiles());
        }
        finally { folder.Delete(recursive: true); }
    }
}
