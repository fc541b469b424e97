using System.CommandLine;
using Slipway.Server.Contracts;

namespace Slipway.Cli;

/// <summary>Says whether a server answers, its version, and whether it takes writes.</summary>
internal static class StatusVerb
{
    public static Command Create() => new Command("status", "Says whether a server answers and takes writes.").OnServer(async (_, client, ct) =>
    {
        var version = await client.GetText("/version", ct);
        var ready = await client.Get<ReadyView>("/health/ready", ct);
        Terminal.Line($"{client.Server} runs Slipway {version} on {ready.Database} and is ready.");
        return 0;
    });
}
