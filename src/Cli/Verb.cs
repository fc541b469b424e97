using System.CommandLine;
using System.Text.Json;
using Slipway.Client;
using Slipway.Kernel.Contracts;

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

    public static readonly Option<string> Workspace = new("--workspace")
    {
        Description = "Workspace (or SLIPWAY_WORKSPACE; default: default)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SLIPWAY_WORKSPACE") is { Length: > 0 } named ? named : "default",
    };

    public static readonly Option<bool> AsJson = new("--json") { Description = "Print the server's record as JSON, for programs" };

    private static readonly JsonSerializerOptions Indented = new(WireJson.Options) { WriteIndented = true };

    /// <summary>A verb on one workspace of a server; it is given the beginning of the workspace's paths.</summary>
    public static Command InWorkspace(this Command verb, Func<ParseResult, SlipwayClient, string, CancellationToken, Task<int>> run)
    {
        verb.Add(Workspace);
        verb.Add(AsJson);
        return verb.OnServer((parsed, client, ct) => run(parsed, client, $"/api/v1/w/{Uri.EscapeDataString(parsed.GetValue(Workspace)!)}", ct));
    }

    /// <summary>Prints a record as JSON if that was asked for.</summary>
    public static bool Json<T>(this ParseResult parsed, T record)
    {
        if (!parsed.GetValue(AsJson)) { return false; }

        Terminal.Line(JsonSerializer.Serialize(record, Indented));
        return true;
    }

    /// <summary>Every entry of a list, page by page.</summary>
    /// <param name="path">Without a query.</param>
    public static async Task<List<T>> All<T>(this SlipwayClient client, string path, CancellationToken ct)
    {
        var (all, cursor) = (new List<T>(), (string?)null);
        do
        {
            var page = await client.Get<Page<T>>(cursor is null ? path : $"{path}?cursor={Uri.EscapeDataString(cursor)}", ct);
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        return all;
    }

    /// <summary>A verb that talks to a server.</summary>
    public static Command OnServer(this Command verb, Func<ParseResult, SlipwayClient, CancellationToken, Task<int>> run)
    {
        verb.Add(Server);
        verb.Add(Key);
        verb.SetAction(async (parsed, ct) =>
        {
            try
            {
                // Somebody waits at the terminal: a server that is not there is said at once.
                using var client = new SlipwayClient(new SlipwayClientOptions { Server = parsed.GetValue(Server)!, Key = parsed.GetValue(Key), Retries = 0, Timeout = Timeout.InfiniteTimeSpan });
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
