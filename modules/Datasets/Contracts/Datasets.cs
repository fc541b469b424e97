namespace Slipway.Datasets.Contracts;

/// <summary>What a version says about its contract.</summary>
public enum DatasetVerdict
{
    /// <summary>Made without a contract: nothing is known about its rules.</summary>
    Unchecked,
    Passed,

    /// <summary>Rules of severity warning or info are broken; those of severity error hold.</summary>
    Warning,
}

/// <summary>A dataset in a list.</summary>
/// <param name="Latest">Absent while only a contract is there.</param>
/// <param name="Versions">How many there are.</param>
public sealed record DatasetSummary(string Name, long Versions, string? Description = null, DatasetVersionView? Latest = null);

/// <summary>A dataset with the contract that its next version is checked against.</summary>
/// <param name="Contract">Absent when it has none.</param>
public sealed record DatasetView(string Name, long Versions, long CreatedMs, string? Description = null, DatasetVersionView? Latest = null, DataContractView? Contract = null);

/// <summary>One version: it never changes.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Digest">SHA-256 of the Parquet file.</param>
/// <param name="SourceDigest">SHA-256 of the file as it came.</param>
/// <param name="SourceFormat"><c>csv</c>, <c>json</c> or <c>parquet</c>.</param>
/// <param name="ProfileDigest">SHA-256 of the profile, a JSON document that monitoring merges and compares.</param>
/// <param name="By">Id of the principal who made it.</param>
public sealed record DatasetVersionView(
    string Name, long Version, string Digest, long Rows, int Columns, long SizeBytes, string SourceDigest, string SourceFormat, string ProfileDigest,
    DatasetVerdict Verdict, long CreatedMs, string By, string? ContractDigest = null);

/// <summary>One version with everything that was found out when it was made.</summary>
/// <param name="Schema">By place in the file.</param>
/// <param name="Verdicts">One per rule of the contract, in its order; empty without a contract.</param>
public sealed record DatasetVersionDetail(DatasetVersionView Version, IReadOnlyList<DatasetColumnView> Schema, IReadOnlyList<VerdictView> Verdicts);

/// <summary>A contract as it is stored.</summary>
/// <param name="Digest">SHA-256 of the YAML text.</param>
/// <param name="Id">As the contract says.</param>
/// <param name="Version">As the contract says.</param>
/// <param name="Status">proposed, draft, active, deprecated or retired.</param>
/// <param name="Text">The YAML text; absent where only the digest is meant.</param>
public sealed record DataContractView(string Digest, string Id, string Version, string Status, string? Name = null, string? Text = null);

/// <summary>Something that was made from a version, or from a part of it.</summary>
/// <param name="Kind"><c>pipelineRun</c>, <c>run</c> or <c>modelVersion</c>.</param>
/// <param name="Subject">Id of the user in its own room.</param>
/// <param name="Title">Its name for people, as it was then.</param>
/// <param name="Digest">The Parquet file that was read: the version's own or that of a part.</param>
/// <param name="Part">How the part was made, such as <c>train, share 0.7, seed 17</c>; absent for the whole version.</param>
public sealed record DatasetUseView(long Version, string Kind, string Subject, string Title, string Digest, long AtMs, string By, string? Part = null);

/// <summary>Everything known to use a dataset, newest first.</summary>
public sealed record DatasetUseList(IReadOnlyList<DatasetUseView> Items);
