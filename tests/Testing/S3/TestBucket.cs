using System.Diagnostics;
using Slipway.Kernel;
using Slipway.Server;

namespace Slipway.Testing;

/// <summary>An S3 store of the tests: npm's s3rver (a development dependency), one process for all tests of a program. It ends with the program.</summary>
public sealed class TestBucket
{
    private static readonly Lazy<Task<TestBucket>> Started = new(Start);

    private TestBucket(Uri endpoint, string name) => (Endpoint, Name) = (endpoint, name);

    public Uri Endpoint { get; }

    public string Name { get; }

    /// <summary>The running store.</summary>
    public static Task<TestBucket> Open() => Started.Value;

    /// <summary>The store with a prefix that nobody else uses.</summary>
    /// <param name="partsFolder">Where parts on their way are kept.</param>
    /// <param name="folder">Put into the prefix.</param>
    public S3Options Options(string partsFolder, string folder = "tests") => new()
    {
        Bucket = Name, Prefix = $"{folder}/{Ids.New(TimeProvider.System)}/", Endpoint = Endpoint, AccessKey = "S3RVER", SecretKey = "S3RVER", PartsFolder = partsFolder,
    };

    /// <summary>A server whose blobs are in the store.</summary>
    public ServerOptions Use(ServerOptions options) => options with
    {
        Blobs = $"s3://{Name}/servers/{Ids.New(TimeProvider.System)}", S3Endpoint = Endpoint.ToString(), S3AccessKey = "S3RVER", S3SecretKey = "S3RVER",
    };

    /// <summary>As <see cref="Use"/>, with downloads on signed addresses too.</summary>
    public ServerOptions UseAll(ServerOptions options) => Use(options) with { S3Direct = "all" };

    private static async Task<TestBucket> Start()
    {
        var script = Path.Combine(Root(), "tests", "Testing", "S3", "bucket.mjs");
        var folder = Directory.CreateTempSubdirectory("slipway-s3-").FullName;
        var process = Process.Start(new ProcessStartInfo("node", [script, folder]) { RedirectStandardInput = true, RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("node did not start.");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.Kill();
            Directory.Delete(folder, recursive: true);
        };
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{script} ended at once; run npm ci in the checkout.");
        var parts = line.Split(' ');
        return new TestBucket(new Uri(parts[0]), parts[1]);
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Slipway.slnx"))) { return folder.FullName; }
        }

        throw new InvalidOperationException($"There is no checkout above {AppContext.BaseDirectory}.");
    }
}
