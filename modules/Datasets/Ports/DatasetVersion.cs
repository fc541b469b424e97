namespace Slipway.Datasets.Ports;

/// <summary>One version of a dataset: it never changes.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Digest">SHA-256 of the Parquet file in the blob store.</param>
/// <param name="ProfileDigest">SHA-256 of the profile (JSON) in the blob store.</param>
/// <param name="SourceDigest">SHA-256 of the file as it came.</param>
/// <param name="ContractDigest">SHA-256 of the contract's YAML in the blob store; null without a contract.</param>
public sealed record DatasetVersion(
    string Workspace, string Name, long Version, string Digest, long Rows, int Columns, string ProfileDigest, string SourceDigest, string? ContractDigest, long CreatedMs, string By);
