using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;

namespace Slipway.Monitoring.Labels;

/// <summary>A span of time whose outcomes are judged together.</summary>
/// <param name="ToMs">Exclusive.</param>
internal sealed record LabelSpan(string Workspace, string Endpoint, long Version, long FromMs, long ToMs, long Touched)
{
    /// <summary>The span that a prediction belongs to: hours since 1970, so that all versions have the same ones.</summary>
    public static (long FromMs, long ToMs) Of(long predictedMs, long hours)
    {
        var length = hours * 3_600_000;
        var from = predictedMs / length * length;
        return (from, from + length);
    }
}

internal static class PerformanceStore
{
    /// <summary>There are new outcomes of a span: it is judged again.</summary>
    public static void Touch(WriteTx tx, string workspace, string endpoint, long version, long fromMs, long toMs) => tx.Execute(
        $"""
        INSERT INTO monitoring_performance (workspace, endpoint, version, from_ms, to_ms, touched, computed) VALUES ({workspace}, {endpoint}, {version}, {fromMs}, {toMs}, {1}, {0})
        ON CONFLICT (workspace, endpoint, version, from_ms) DO UPDATE SET touched = monitoring_performance.touched + 1, to_ms = EXCLUDED.to_ms
        """);

    public static List<LabelSpan> Due(ReadTx tx, int limit) => tx.Query(
        $"SELECT workspace, endpoint, version, from_ms, to_ms, touched FROM monitoring_performance WHERE computed < touched ORDER BY workspace, endpoint, version, from_ms LIMIT {limit}",
        row => new LabelSpan(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)));

    /// <summary>False when somebody has judged these outcomes already: then nothing was changed.</summary>
    public static bool Put(WriteTx tx, LabelSpan span, PerformanceView result) => tx.Execute(
        $"""
        UPDATE monitoring_performance SET computed = {span.Touched}, result = {JsonSerializer.Serialize(result, WireJson.Options)}, digest = {result.Digest}
        WHERE workspace = {span.Workspace} AND endpoint = {span.Endpoint} AND version = {span.Version} AND from_ms = {span.FromMs} AND computed < {span.Touched}
        """) == 1;

    /// <summary>True when no later span of the version has a result: what is said now comes from it. A shorter one within it, from before a change of the definition, is not later.</summary>
    public static bool IsNewest(ReadTx tx, LabelSpan span) => !tx.Exists(
        $"""
        SELECT 1 FROM monitoring_performance
        WHERE workspace = {span.Workspace} AND endpoint = {span.Endpoint} AND version = {span.Version} AND from_ms > {span.FromMs} AND to_ms > {span.ToMs} AND result IS NOT NULL LIMIT 1
        """);

    /// <summary>The newest spans first.</summary>
    /// <param name="version">Null = of every version.</param>
    public static List<PerformanceView> Newest(ReadTx tx, string workspace, string endpoint, long? version, int limit)
    {
        Sql which = version is { } one ? $"AND version = {one}" : Sql.Empty;
        return tx.Query(
            $"""
            SELECT result FROM monitoring_performance WHERE workspace = {workspace} AND endpoint = {endpoint} AND result IS NOT NULL {which} ORDER BY from_ms DESC, version DESC LIMIT {limit}
            """, row => JsonSerializer.Deserialize<PerformanceView>(row.GetString(0), WireJson.Options)!);
    }
}
