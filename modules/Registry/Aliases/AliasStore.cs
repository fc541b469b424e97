using Slipway.Kernel;

namespace Slipway.Registry.Aliases;

internal static class AliasStore
{
    /// <summary>The version that the alias stands for; null when it stands for none.</summary>
    public static long? Find(ReadTx tx, string modelId, string alias) => tx.QueryOne<long?>(
        $"SELECT version FROM registry_aliases WHERE model_id = {modelId} AND alias = {alias}", row => row.GetInt64(0));

    public static void Set(WriteTx tx, string modelId, string alias, long version) => tx.Execute(
        $"""
        INSERT INTO registry_aliases (model_id, alias, version) VALUES ({modelId}, {alias}, {version})
        ON CONFLICT (model_id, alias) DO UPDATE SET version = EXCLUDED.version
        """);

    public static void Delete(WriteTx tx, string modelId, string alias) => tx.Execute($"DELETE FROM registry_aliases WHERE model_id = {modelId} AND alias = {alias}");
}
