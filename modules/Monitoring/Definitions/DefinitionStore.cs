using Slipway.Kernel;

namespace Slipway.Monitoring.Definitions;

internal static class DefinitionStore
{
    /// <summary>The one in force: the newest, or the built-in one.</summary>
    public static MonitorDefinition InForce(ReadTx tx, string workspace, string endpoint) => tx.QueryOne(
        $"""
        SELECT version, text, created_ms, created_by_name FROM monitoring_definitions
        WHERE workspace = {workspace} AND endpoint = {endpoint} ORDER BY version DESC LIMIT 1
        """, row => MonitorDefinition.Of(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3))) ?? MonitorDefinition.BuiltIn;

    /// <summary>Version of the one in force; 0 = built in.</summary>
    public static long VersionInForce(ReadTx tx, string workspace, string endpoint) =>
        tx.QueryOne($"SELECT COALESCE(MAX(version), 0) FROM monitoring_definitions WHERE workspace = {workspace} AND endpoint = {endpoint}", row => row.GetInt64(0));

    public static void Insert(WriteTx tx, Caller caller, string endpoint, MonitorDefinition definition) => tx.Execute(
        $"""
        INSERT INTO monitoring_definitions (workspace, endpoint, version, digest, text, created_ms, created_by, created_by_name)
        VALUES ({caller.Workspace}, {endpoint}, {definition.Version}, {definition.Digest}, {definition.Text}, {definition.CreatedMs}, {caller.Id}, {caller.Name})
        """);
}
