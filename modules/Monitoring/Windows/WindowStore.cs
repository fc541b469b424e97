using System.Data.Common;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;

namespace Slipway.Monitoring.Windows;

internal static class WindowStore
{
    public static void Insert(WriteTx tx, string workspace, string endpoint, WindowSummary window, long firstPosition, long lastPosition) => tx.Execute(
        $"""
        INSERT INTO monitoring_windows (window_id, workspace, endpoint, version, deployment_id, number, first_position, last_position, from_ms, to_ms, closed_ms, summary, digest)
        VALUES ({window.Id}, {workspace}, {endpoint}, {window.Version}, {window.DeploymentId}, {window.Number}, {firstPosition}, {lastPosition}, {window.FromMs}, {window.ToMs}, {window.ClosedMs},
            {JsonSerializer.Serialize(window, WireJson.Options)}, {window.Digest})
        """);

    /// <summary>The number that the next window of a deployment has.</summary>
    public static long NextNumber(ReadTx tx, string deploymentId) =>
        tx.QueryOne($"SELECT COALESCE(MAX(number), 0) + 1 FROM monitoring_windows WHERE deployment_id = {deploymentId}", row => row.GetInt64(0));

    /// <summary>Newest first.</summary>
    /// <param name="version">Null = of every version.</param>
    /// <param name="before">Only those with a smaller id.</param>
    public static List<WindowSummary> Newest(ReadTx tx, string workspace, string endpoint, long? version, string before, int limit)
    {
        Sql which = version is { } one ? $"AND version = {one}" : Sql.Empty;
        return tx.Query(
            $"""
            SELECT summary FROM monitoring_windows WHERE workspace = {workspace} AND endpoint = {endpoint} AND window_id < {before} {which} ORDER BY window_id DESC LIMIT {limit}
            """, Read);
    }

    public static WindowSummary? Find(ReadTx tx, string workspace, string endpoint, string windowId) =>
        tx.QueryOne($"SELECT summary FROM monitoring_windows WHERE window_id = {windowId} AND workspace = {workspace} AND endpoint = {endpoint}", Read);

    private static WindowSummary Read(DbDataReader row) => JsonSerializer.Deserialize<WindowSummary>(row.GetString(0), WireJson.Options)!;
}
