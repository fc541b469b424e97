namespace Slipway.Client;

/// <summary>Which server, as whom, and how patiently.</summary>
public sealed record SlipwayClientOptions
{
    private const string DefaultWorkspace = "default";

    /// <summary>The server's address, such as <c>http://127.0.0.1:8080</c>, which is also the default; a path <c>/w/NAME</c> in it says the workspace.</summary>
    public Uri Server { get; init; } = new("http://127.0.0.1:8080");

    /// <summary>An API key, or the password of <see cref="User"/>; null for the local owner of a server on this machine.</summary>
    public string? Key { get; init; }

    /// <summary>The name of a person who signs in by password; null = <see cref="Key"/> is an API key.</summary>
    public string? User { get; init; }

    /// <summary>Where runs and models are; default <c>default</c>.</summary>
    public string Workspace { get; init; } = DefaultWorkspace;

    /// <summary>How long one attempt may take until it is answered, uploads and downloads excepted; default 100 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Further attempts after the first one failed by a lost connection, a time-out or a status 408, 429 or 5xx; 0 or more, default 6.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>The pause before the second attempt; it doubles with each further one, and up to half of it is left to chance. Default 200 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between attempts; a server that asks for more (Retry-After) is not asked again. Default 30 s.</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Points of one run that wait in memory at most, those on their way included; logging further ones waits. 1 or more, default 10,000.</summary>
    public int BufferedPoints { get; init; } = 10_000;

    /// <summary>Points that are sent together, 1 to 1,000; default 1,000.</summary>
    public int BatchPoints { get; init; } = 1_000;

    /// <summary>How long a point waits for others at most; default 1 s.</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What sends the requests, such as a handler for proxies or tests; null = the client's own. It is not disposed with the client.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Where the time of points and runs comes from; default the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// From the environment. Address: <c>SLIPWAY_URL</c>, <c>SLIPWAY_SERVER</c> or <c>MLFLOW_TRACKING_URI</c>; key: <c>SLIPWAY_KEY</c>, <c>MLFLOW_TRACKING_TOKEN</c>, or
    /// <c>MLFLOW_TRACKING_USERNAME</c> with <c>MLFLOW_TRACKING_PASSWORD</c>; workspace: <c>SLIPWAY_WORKSPACE</c> or <c>MLFLOW_WORKSPACE</c>. The first that is set counts.
    /// </summary>
    /// <exception cref="SlipwayException">The address is none of a server.</exception>
    public static SlipwayClientOptions FromEnvironment() => From(Environment.GetEnvironmentVariable);

    internal static SlipwayClientOptions From(Func<string, string?> variable)
    {
        string? First(params string[] names) => names.Select(variable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
        var options = new SlipwayClientOptions();
        if (First("SLIPWAY_URL", "SLIPWAY_SERVER", "MLFLOW_TRACKING_URI") is { } address)
        {
            options = Uri.TryCreate(address, UriKind.Absolute, out var server) && server.Scheme is "http" or "https"
                ? options with { Server = server }
                : throw new SlipwayException($"'{address}' is no address of a server; write it like http://127.0.0.1:8080.");
        }

        var key = First("SLIPWAY_KEY", "MLFLOW_TRACKING_TOKEN");
        return options with
        {
            Key = key ?? First("MLFLOW_TRACKING_PASSWORD"),
            User = key is null ? First("MLFLOW_TRACKING_USERNAME") : null,
            Workspace = First("SLIPWAY_WORKSPACE", "MLFLOW_WORKSPACE") ?? DefaultWorkspace,
        };
    }

    /// <summary>With the workspace of the address, and the figures checked.</summary>
    internal SlipwayClientOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Retries);
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferedPoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchPoints, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchPoints, 1_000);
        var parts = Server.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["w", var named, ..] ? this with { Workspace = Uri.UnescapeDataString(named), Server = new Uri(Server, "/") } : this;
    }
}
