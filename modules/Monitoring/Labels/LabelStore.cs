using System.Data.Common;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Monitoring.Labels;

/// <summary>An outcome with its prediction.</summary>
/// <param name="EventMs">When it happened.</param>
/// <param name="ArrivedMs">When it was reported.</param>
internal sealed record JoinedLabel(
    string PredictionId, long Version, long PredictedMs, long EventMs, long ArrivedMs, string Label, IReadOnlyDictionary<string, string> Groups, double? Score, string? Decision);

internal static class LabelStore
{
    /// <summary>Keeps outcomes; one that is reported again takes the place of the one before.</summary>
    public static void Put(WriteTx tx, string workspace, string endpoint, IReadOnlyList<JoinedLabel> labels) => tx.ExecuteRows(
        labels,
        label => $"""
            ({workspace}, {endpoint}, {label.PredictionId}, {label.Version}, {label.PredictedMs}, {label.EventMs}, {label.ArrivedMs}, {label.Label}, {JsonSerializer.Serialize(label.Groups, WireJson.Options)}, {label.Score}, {label.Decision})
            """,
        values => $"""
            INSERT INTO monitoring_labels (workspace, endpoint, prediction_id, version, predicted_ms, label_event_ms, label_arrived_ms, label, groups, score, decision) VALUES {values}
            ON CONFLICT (workspace, endpoint, prediction_id) DO UPDATE SET
                label_event_ms = EXCLUDED.label_event_ms, label_arrived_ms = EXCLUDED.label_arrived_ms, label = EXCLUDED.label, groups = EXCLUDED.groups
            """);

    /// <summary>Of a version in a span of time, the newest predictions first.</summary>
    /// <param name="toMs">Exclusive.</param>
    public static List<JoinedLabel> Of(ReadTx tx, string workspace, string endpoint, long version, long fromMs, long toMs, int limit) => tx.Query(
        $"""
        SELECT prediction_id, version, predicted_ms, label_event_ms, label_arrived_ms, label, groups, score, decision FROM monitoring_labels
        WHERE workspace = {workspace} AND endpoint = {endpoint} AND version = {version} AND predicted_ms >= {fromMs} AND predicted_ms < {toMs}
        ORDER BY predicted_ms DESC, prediction_id DESC LIMIT {limit}
        """, Read);

    private static JoinedLabel Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(6), WireJson.Options)!, row.IsDBNull(7) ? null : row.GetDouble(7), row.IsDBNull(8) ? null : row.GetString(8));
}
