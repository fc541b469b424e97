using Slipway.Datasets.Contracts;
using Slipway.Kernel;

namespace Slipway.Datasets.Ports;

/// <summary>
/// What later rooms may ask of datasets. A Parquet digest is read only in the workspace where it is a version or a part of one; elsewhere it is a 404.
/// Each call asks for the caller's permission. Thread safe.
/// </summary>
public interface IDatasets
{
    /// <summary>
    /// Makes the next version from a blob; when the newest version already has this content, source and contract, that one is returned and nothing changes.
    /// A file that breaks the contract is a 422 <c>contract_violated</c> whose <see cref="Problem.Evidence"/> is a <see cref="CheckReport"/>; nothing changes.
    /// When another contract came into force while the file was checked, it is a 409 <c>contract_changed</c>; nothing changes.
    /// </summary>
    /// <param name="sourceDigest">A blob that the caller may read: the asker has made sure of that.</param>
    /// <param name="format"><c>csv</c>, <c>json</c> or <c>parquet</c>.</param>
    /// <param name="contractYaml">Becomes the dataset's contract with the version; null = the one that it has, if any.</param>
    Task<Result<DatasetVersion>> Ingest(Caller caller, string name, string sourceDigest, string format, string? contractYaml, CancellationToken ct);

    /// <param name="version">Null = the newest.</param>
    Task<Result<DatasetVersion>> Find(Caller caller, string name, long? version, CancellationToken ct);

    /// <summary>The newest version that has this content, or that the part was made from.</summary>
    Task<Result<DatasetVersion>> FindByDigest(Caller caller, string parquetDigest, CancellationToken ct);

    /// <summary>Compares a table with a contract; a broken rule is a verdict, a faulty contract a problem.</summary>
    Task<Result<CheckReport>> Check(Caller caller, string parquetDigest, string contractYaml, CancellationToken ct);

    /// <summary>Every fault of a contract with its place (such as <c>schema[0].properties[2].unitOfMeasure</c>); empty when it is sound.</summary>
    IReadOnlyList<Fault> ContractFaults(string contractYaml);

    /// <summary>Two tables, stored: the same rule on the same content gives the same digests.</summary>
    Task<Result<SplitParts>> Split(Caller caller, string parquetDigest, SplitRule rule, CancellationToken ct);

    /// <summary>Columns in memory, rows in the order of the file; more cells or more bytes of text than the limits are a 413.</summary>
    /// <param name="columns">Null = all. A name that is not there is a problem that lists those that are.</param>
    Task<Result<DataTable>> Read(Caller caller, string parquetDigest, IReadOnlyList<string>? columns, CancellationToken ct);

    /// <summary>The digest of the table's profile (JSON), made when there is none yet.</summary>
    Task<Result<string>> Profile(Caller caller, string parquetDigest, CancellationToken ct);

    /// <summary>The mergeable sketch of the table, with which later values are compared; made when there is none yet.</summary>
    Task<Result<TableSketch>> Sketch(Caller caller, string parquetDigest, CancellationToken ct);

    /// <summary>Records who uses a table, in the user's own transaction; the same again changes nothing.</summary>
    /// <param name="kind"><c>pipelineRun</c>, <c>run</c> or <c>modelVersion</c>.</param>
    /// <param name="subject">Id of the user in its own room, from which a page makes a link.</param>
    /// <param name="title">Its name for people.</param>
    void NoteUse(WriteTx tx, Caller caller, string parquetDigest, string kind, string subject, string title);
}
