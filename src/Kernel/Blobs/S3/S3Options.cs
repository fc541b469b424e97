namespace Slipway.Kernel;

/// <summary>A bucket for the blobs, and how it is reached.</summary>
public sealed record S3Options
{
    public required string Bucket { get; init; }

    /// <summary>What all keys begin with: empty, or a path that ends with a slash.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Address of a self-hosted store; null = Amazon's of the region.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The address under which clients reach the store, for signed addresses; null = the same.</summary>
    public Uri? PublicEndpoint { get; init; }

    /// <summary>Null = as the environment says (<c>AWS_REGION</c>, the profile); with an endpoint, <c>us-east-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>The bucket in the path instead of the host name. Null = with an endpoint, yes.</summary>
    public bool? PathStyle { get; init; }

    /// <summary>Null = the usual chain: environment, profile, web identity, container, instance.</summary>
    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    /// <summary>Folder of this process for the parts of uploads on their way: a few parts of at most 256 MiB each.</summary>
    public required string PartsFolder { get; init; }

    public DirectTransfers Direct { get; init; } = DirectTransfers.Uploads;

    /// <summary>What people would type for it.</summary>
    public string Url => $"s3://{Bucket}/{Prefix}";
}

/// <summary>Which transfers may pass the server by, on signed addresses of the bucket.</summary>
public enum DirectTransfers
{
    None,

    /// <summary>Uploads alone: the server reads and hashes each before it has a name.</summary>
    Uploads,

    /// <summary>Downloads too, which nobody checks on their way.</summary>
    All,
}
