using System.CommandLine;
using Slipway.Identity.Ports;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary><c>admin create</c>: makes an administrator while no server uses the data.</summary>
internal static class AdminCommand
{
    public static Command Create()
    {
        var name = new Option<string>("--name") { Description = "Name of the administrator; an existing person of that name becomes one", Required = true };
        var stdin = new Option<bool>("--password-stdin") { Description = "Reads the new password from standard input instead of printing a one-time link" };
        var config = new Option<string?>("--config") { Description = "Settings file (default slipway.yaml in the working folder, if there is one)" };
        Option<string?>[] flags = [new("--data") { Description = "The server's data folder" }, new("--database") { Description = "The server's database" }, new("--public-url") { Description = "What people type to reach the server" }];
        var create = new Command("create", "Makes an administrator while the server stands still: for the first start, and when nobody can sign in any more.") { name, stdin, config };
        foreach (var flag in flags) { create.Add(flag); }

        create.SetAction((parsed, ct) =>
        {
            var given = flags.Where(flag => parsed.GetValue(flag) is not null)
                .ToDictionary(flag => SettingSources.Key(flag.Name[2..]), flag => parsed.GetValue(flag), StringComparer.OrdinalIgnoreCase);
#pragma warning disable RS0030 // this command talks to a terminal
            return Run(given, parsed.GetValue(config), parsed.GetValue(name)!, parsed.GetValue(stdin) ? Console.In : null, Console.Out, ct);
#pragma warning restore RS0030
        });
        return new Command("admin", "What an operator does to a server that stands still.") { create };
    }

    private static async Task<int> Run(Dictionary<string, string?> flags, string? config, string name, TextReader? password, TextWriter output, CancellationToken ct)
    {
        var faults = new List<string>();
        var options = LoadedSettings.Load(flags, config, faults).Options;
        if (faults.Count > 0)
        {
            await output.WriteLineAsync(string.Join("\n", faults));
            return 1;
        }

        try
        {
            using var folder = DataFolder.Open(options);
            await using var db = new DbOptions(options.DatabaseOrDefault).Open(TimeProvider.System);
            await SchemaUpgrade.Run(db, Serve.Assemblies, ct);
            return await AdminCreate.Run(db, new Uri(options.PublicUrl ?? options.Addresses[0].ToString()), name, password, output, TimeProvider.System, ct);
        }
        catch (Exception error) when (error is DataFolderInUseException or SchemaException or IOException or StorageException or FormatException)
        {
            await output.WriteLineAsync(error.Message);
            return 1;
        }
    }
}
