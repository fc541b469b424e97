using System.CommandLine;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>The command line of the server's program: <c>serve</c> and what needs its files while it stands still.</summary>
internal static class CommandLine
{
    private static readonly (string Name, string Help)[] Flags =
    [
        ("urls", "Addresses to listen on, separated by ';' (default http://127.0.0.1:8080)"),
        ("data", "Folder of everything the server keeps (default slipway-data)"),
        ("database", "A SQLite file or a PostgreSQL URL (default slipway.db in the data folder)"),
        ("blobs", "Folder of the content-addressed blobs, or s3://bucket/prefix (default blobs in the data folder)"),
        ("s3-endpoint", "Address of a self-hosted S3 store (default Amazon's)"),
        ("s3-public-endpoint", "Address under which clients reach it, for signed addresses (default s3-endpoint)"),
        ("s3-direct", "none, uploads or all: what may pass the server by on signed addresses (default uploads)"),
        ("s3-region", "Region of the bucket (default as AWS's environment or profile says)"),
        ("s3-path-style", "true: the bucket stands in the path; false: in the host name (default true with an endpoint)"),
        ("s3-access-key", "Access key of the bucket (default AWS's usual chain)"),
        ("s3-secret-key", "Its secret; better as SLIPWAY_S3_SECRET_KEY, which other users of the machine do not see"),
        ("blob-grace-hours", "Stored bytes that no record has named for so many hours are set aside, and erased as many hours later (default 24; 0 = never)"),
        ("auth", "local: callers on this machine need no credentials; required: everybody does"),
        ("tls-cert", "PEM file with the certificate chain for https addresses"),
        ("tls-key", "PEM file with the certificate's private key"),
        ("public-url", "What people type to reach the server, when it differs from the addresses"),
        ("trusted-proxies", "Networks (CIDR, comma separated) whose X-Forwarded-For and -Proto are believed"),
        ("allowed-hosts", "Further host names that requests may name, comma separated"),
        ("audit-key", "PEM file of the key that signs audit checkpoints (default audit-key.pem in the data folder)"),
        ("audit-witness", "Folder to which each audit checkpoint is written as well"),
    ];

    // The host ends by itself within its own time-out; the parser's two seconds would cut off what it still has to put away.
    private static readonly InvocationConfiguration Patient = new() { ProcessTerminationTimeout = ServerApp.StopLimit + TimeSpan.FromSeconds(7) };

    public static RootCommand Root() => new("Slipway server") { ServeCommand(), AdminCommand.Create(), DemoCommand.Create() };

    /// <summary>Exit codes: 0 stopped as told, 1 a setting or the machine was at fault, 2 wrong usage.</summary>
    public static async Task<int> Run(string[] args)
    {
        var parsed = Root().Parse(args);
        var code = await parsed.InvokeAsync(Patient);

        // Wrong usage has been explained by now, with the command's help.
        return parsed.Errors.Count > 0 ? 2 : code;
    }

    private static Command ServeCommand()
    {
        var serve = new Command("serve", "Runs the server until it is told to stop.");
        var config = new Option<string?>("--config") { Description = "Settings file (default slipway.yaml in the working folder, if there is one)" };
        var insecure = new Option<bool>("--insecure-http") { Description = "Allows plain HTTP beyond loopback" };
        var flags = Flags.ToDictionary(flag => flag.Name, flag => new Option<string?>("--" + flag.Name) { Description = flag.Help });
        serve.Add(config);
        foreach (var flag in flags.Values) { serve.Add(flag); }

        serve.Add(insecure);
        serve.SetAction((parsed, ct) =>
        {
            var given = flags.Where(flag => parsed.GetValue(flag.Value) is not null)
                .ToDictionary(flag => SettingSources.Key(flag.Key), flag => parsed.GetValue(flag.Value), StringComparer.OrdinalIgnoreCase);
            if (parsed.GetValue(insecure)) { given["insecurehttp"] = "true"; }

            return Serve.Run(given, parsed.GetValue(config), ct);
        });
        return serve;
    }
}
