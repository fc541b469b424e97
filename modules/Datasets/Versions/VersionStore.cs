using System.Data.Common;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>A version with the digest of its details: a blob that holds a <see cref="VersionDetails"/>.</summary>
internal sealed record StoredVersion(DatasetVersionView View, string DetailDigest);

/// <summary>What was found out when a version was made.</summary>
internal sealed record VersionDetails(IReadOnlyList<DatasetColumnView> Schema, IReadOnlyList<VerdictView> Verdicts);

internal static class VersionStore
{
    /// <param name="version">Null = the newest.</param>
    public static StoredVersion? Find(ReadTx tx, string workspace, string name, long? version) => version is { } number
        ? tx.QueryOne(Select($"WHERE workspace = {workspace} AND name = {name} AND version = {number}"), Read)
        : tx.QueryOne(Select($"WHERE workspace = {workspace} AND name = {name} ORDER BY version DESC LIMIT 1"), Read);

    /// <summary>Newest first, below <paramref name="before"/>.</summary>
    public static List<StoredVersion> List(ReadTx tx, string workspace, string name, long before, int limit) =>
        tx.Query(Select($"WHERE workspace = {workspace} AND name = {name} AND version < {before} ORDER BY version DESC LIMIT {limit}"), Read);

    /// <summary>The newest version of each dataset.</summary>
    public static Dictionary<string, StoredVersion> Latest(ReadTx tx, string workspace, IReadOnlyCollection<string> names) => tx.Query(
        Select($"""
            WHERE workspace = {workspace} AND name IN (SELECT value FROM {tx.Dialect.TextList(names)})
              AND version = (SELECT d.versions FROM datasets_datasets d WHERE d.workspace = datasets_versions.workspace AND d.name = datasets_versions.name)
            """), Read).ToDictionary(version => version.View.Name, StringComparer.Ordinal);

    /// <summary>The newest version with this content.</summary>
    public static StoredVersion? FindByDigest(ReadTx tx, string workspace, string digest) => tx.QueryOne(
        Select($"WHERE workspace = {workspace} AND digest = {digest} ORDER BY created_ms DESC, version DESC LIMIT 1"), Read);

    public static void Insert(WriteTx tx, string workspace, StoredVersion version)
    {
        var view = version.View;
        tx.Execute(
            $"""
            INSERT INTO datasets_versions (workspace, name, version, digest, row_count, column_count, size_bytes, source_digest, source_format, contract_digest, profile_digest,
                detail_digest, verdict, created_ms, created_by)
            VALUES ({workspace}, {view.Name}, {view.Version}, {view.Digest}, {view.Rows}, {view.Columns}, {view.SizeBytes}, {view.SourceDigest}, {view.SourceFormat}, {view.ContractDigest},
                {view.ProfileDigest}, {version.DetailDigest}, {view.Verdict.ToString()}, {view.CreatedMs}, {view.By})
            """);
    }

    private static Sql Select(Sql where) =>
        $"""
        SELECT name, version, digest, row_count, column_count, size_bytes, source_digest, source_format, contract_digest, profile_digest, detail_digest, verdict, created_ms, created_by
        FROM datasets_versions {where}
        """;

    private static StoredVersion Read(DbDataReader row) => new(
        new DatasetVersionView(
            row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), (int)row.GetInt64(4), row.GetInt64(5), row.GetString(6), row.GetString(7), row.GetString(9),
            Enum.Parse<DatasetVerdict>(row.GetString(11)), row.GetInt64(12), row.GetString(13), row.IsDBNull(8) ? null : row.GetString(8)),
        row.GetString(10));
}
