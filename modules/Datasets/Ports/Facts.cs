using Slipway.Kernel;

namespace Slipway.Datasets.Ports;

/// <summary>A dataset has a new version.</summary>
/// <param name="Digest">SHA-256 of the Parquet file.</param>
public sealed record DatasetVersionCreated(string Workspace, string Name, long Version, string Digest, string ProfileDigest, string? ContractDigest, long Rows) : IFact
{
    public static string Kind => "dataset.versionCreated";

    public string Subject => $"dataset/{Name}/{Version}";
}

/// <summary>Another contract is in force for the next versions of a dataset; told before <see cref="DatasetVersionCreated"/> where it came with a version.</summary>
public sealed record DatasetContractChanged(string Workspace, string Name, string ContractDigest) : IFact
{
    public static string Kind => "dataset.contractChanged";

    public string Subject => $"dataset/{Name}";
}
