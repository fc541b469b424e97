using System.Data.Common;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;

namespace Slipway.Monitoring.Alerts;

internal static class AlertStore
{
    private const int MostOpen = 500;

    private static Sql Columns =>
        $"""
        SELECT alert_id, workspace, endpoint, model, version, deployment_id, kind, subject, reason, features, window_id, digest, opened_ms, last_ms, closed_ms, closed_by, closed_reason
        FROM monitoring_alerts
        """;

    public static Alert? Find(ReadTx tx, string workspace, string alertId) => tx.QueryOne($"{Columns} WHERE alert_id = {alertId} AND workspace = {workspace}", Read);

    /// <summary>The one that is open for this cause; null when none is.</summary>
    public static Alert? FindOpen(ReadTx tx, string workspace, string endpoint, long version, string deploymentId, string kind, string subject) => tx.QueryOne(
        $"""
        {Columns} WHERE workspace = {workspace} AND endpoint = {endpoint} AND version = {version} AND deployment_id = {deploymentId} AND kind = {kind} AND subject = {subject} AND closed_ms IS NULL
        """, Read);

    public static List<Alert> OpenOf(ReadTx tx, string workspace, string endpoint) => tx.Query(
        $"{Columns} WHERE workspace = {workspace} AND endpoint = {endpoint} AND closed_ms IS NULL ORDER BY alert_id DESC LIMIT {MostOpen}", Read);

    /// <summary>Those of an endpoint that were opened before one (exclusive), newest first.</summary>
    public static List<Alert> Newest(ReadTx tx, string workspace, string endpoint, string before, int limit) => tx.Query(
        $"{Columns} WHERE workspace = {workspace} AND endpoint = {endpoint} AND alert_id < {before} ORDER BY alert_id DESC LIMIT {limit}", Read);

    /// <summary>How many are open, by endpoint.</summary>
    public static Dictionary<string, long> CountOpen(ReadTx tx, string workspace) => tx.Query(
        $"SELECT endpoint, COUNT(*) FROM monitoring_alerts WHERE workspace = {workspace} AND closed_ms IS NULL GROUP BY endpoint LIMIT {Limits.QueryRows}",
        row => (row.GetString(0), row.GetInt64(1))).ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);

    public static void Insert(WriteTx tx, Alert alert) => tx.Execute(
        $"""
        INSERT INTO monitoring_alerts (alert_id, workspace, endpoint, model, version, deployment_id, kind, subject, reason, features, window_id, digest, opened_ms, last_ms)
        VALUES ({alert.Id}, {alert.Workspace}, {alert.Endpoint}, {alert.Model}, {alert.Version}, {alert.DeploymentId}, {alert.Kind}, {alert.Subject}, {alert.Reason},
            {JsonSerializer.Serialize(alert.Features, WireJson.Options)}, {alert.WindowId}, {alert.Digest}, {alert.OpenedMs}, {alert.LastMs})
        """);

    /// <summary>Its cause is still there.</summary>
    public static void Seen(WriteTx tx, string alertId, long lastMs) => tx.Execute($"UPDATE monitoring_alerts SET last_ms = {lastMs} WHERE alert_id = {alertId} AND last_ms < {lastMs}");

    public static void Close(WriteTx tx, string alertId, string by, string reason, long nowMs) => tx.Execute(
        $"UPDATE monitoring_alerts SET closed_ms = {nowMs}, closed_by = {by}, closed_reason = {reason} WHERE alert_id = {alertId} AND closed_ms IS NULL");

    private static Alert Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8),
        JsonSerializer.Deserialize<List<AlertFeature>>(row.GetString(9), WireJson.Options)!, row.IsDBNull(10) ? null : row.GetString(10), row.GetString(11), row.GetInt64(12), row.GetInt64(13),
        row.IsDBNull(14) ? null : row.GetInt64(14), row.IsDBNull(15) ? null : row.GetString(15), row.IsDBNull(16) ? null : row.GetString(16));
}
