using Slipway.Kernel;

namespace Slipway.Monitoring.References;

internal static class ReferenceStore
{
    /// <param name="evidence">What the version is made from; null = it is gone, and whatever is there counts.</param>
    public static string? Find(ReadTx tx, string workspace, string model, long version, string? evidence)
    {
        Sql same = evidence is null ? Sql.Empty : $"AND evidence = {evidence}";
        return tx.QueryOne($"SELECT digest FROM monitoring_references WHERE workspace = {workspace} AND model = {model} AND version = {version} {same}", row => row.GetString(0));
    }

    public static void Put(WriteTx tx, string workspace, string model, long version, string evidence, string digest, long nowMs) => tx.Execute(
        $"""
        INSERT INTO monitoring_references (workspace, model, version, evidence, digest, created_ms) VALUES ({workspace}, {model}, {version}, {evidence}, {digest}, {nowMs})
        ON CONFLICT (workspace, model, version) DO UPDATE SET evidence = EXCLUDED.evidence, digest = EXCLUDED.digest, created_ms = EXCLUDED.created_ms
        """);
}
