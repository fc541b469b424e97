using System.CommandLine;
using Slipway.Client;

namespace Slipway.Cli;

/// <summary>What verbs share: which server, with which key, and how a refusal is said.</summary>
internal static class Verb
{
    public static readonly Option<Uri> Server = new("--server")
    {
        Description = "Address of the server (or SLIPWAY_SERVER; default http://127.0.0.1:8080)",
        DefaultValueFactory = _ => new Uri(Environment.GetEnvironmentVariable("SLIPWAY_SERVER") ?? "http://127.0.0.1:8080"),
        CustomParser = given =>
        {
            if (Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") { return address; }

            given.AddError($"--server: '{given.Tokens[0].Value}' is no address; write it like http://127.0.0.1:8080.");
            return null;
        },
    };

    public static readonly Option<string?> Key = new("--key")
    {
        Description = "API key (better in SLIPWAY_KEY, where other users of the machine cannot see it)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SLIPWAY_KEY"),
    };

    /// <summary>A verb that talks to a server.</summary>
    public static Command OnServer(this Command verb, Func<ParseResult, SlipwayClient, CancellationToken, Task<int>> run)
    {
        verb.Add(Server);
        verb.Add(Key);
        verb.SetAction(async (parsed, ct) =>
        {
            try
            {
                using var client = new SlipwayClient(parsed.GetValue(Server)!, parsed.GetValue(Key));
                return await run(parsed, client, ct);
            }
            catch (SlipwayException refused)
            {
                Terminal.Error(refused.Message);
                return 1;
            }
        });
        return verb;
    }
}
