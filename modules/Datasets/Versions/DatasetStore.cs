using System.Data.Common;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>A dataset as it is stored.</summary>
internal sealed record Dataset(string Name, string? Description, string? ContractDigest, long Versions, long CreatedMs);

internal static class DatasetStore
{
    public static Dataset? Find(ReadTx tx, string workspace, string name) => tx.QueryOne(
        $"SELECT name, description, contract_digest, versions, created_ms FROM datasets_datasets WHERE workspace = {workspace} AND name = {name}", Read);

    /// <summary>By name, after <paramref name="after"/>.</summary>
    public static List<Dataset> List(ReadTx tx, string workspace, string after, int limit) => tx.Query(
        $"""
        SELECT name, description, contract_digest, versions, created_ms FROM datasets_datasets
        WHERE workspace = {workspace} AND name > {after} ORDER BY name LIMIT {limit}
        """, Read);

    /// <summary>Makes the dataset when it is new; a contract of null leaves the one that it has.</summary>
    public static void Save(WriteTx tx, string workspace, string name, string? description, string? contractDigest, long versions) => tx.Execute(
        $"""
        INSERT INTO datasets_datasets (workspace, name, description, contract_digest, versions, created_ms)
        VALUES ({workspace}, {name}, {description}, {contractDigest}, {versions}, {tx.Clock.NowMs()})
        ON CONFLICT (workspace, name) DO UPDATE SET
            description = COALESCE(EXCLUDED.description, datasets_datasets.description),
            contract_digest = COALESCE(EXCLUDED.contract_digest, datasets_datasets.contract_digest), versions = EXCLUDED.versions
        """);

    public static void SaveContract(WriteTx tx, Caller caller, DataContractView contract) => tx.Execute(
        $"""
        INSERT INTO datasets_contracts (workspace, digest, contract_id, version, status, name, created_ms, created_by)
        VALUES ({caller.Workspace}, {contract.Digest}, {contract.Id}, {contract.Version}, {contract.Status}, {contract.Name}, {tx.Clock.NowMs()}, {caller.Id})
        ON CONFLICT (workspace, digest) DO NOTHING
        """);

    /// <summary>Without its text.</summary>
    public static DataContractView? FindContract(ReadTx tx, string workspace, string digest) => tx.QueryOne(
        $"SELECT digest, contract_id, version, status, name FROM datasets_contracts WHERE workspace = {workspace} AND digest = {digest}",
        row => new DataContractView(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Text(row, 4)));

    private static Dataset Read(DbDataReader row) => new(row.GetString(0), Text(row, 1), Text(row, 2), row.GetInt64(3), row.GetInt64(4));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
