using Slipway.Kernel;
using Slipway.Monitoring.Contracts;

namespace Slipway.Monitoring.Verdicts;

internal static class VerdictStore
{
    /// <summary>What is said of the versions under an endpoint.</summary>
    public static List<(long Version, AspectVerdict Verdict)> Of(ReadTx tx, string workspace, string endpoint) => tx.Query(
        $"""
        SELECT version, aspect, verdict, detail, digest, observed_ms, changed_ms FROM monitoring_verdicts
        WHERE workspace = {workspace} AND endpoint = {endpoint} ORDER BY version DESC, aspect LIMIT {Limits.QueryRows}
        """, row => (row.GetInt64(0), Read(row, 1)));

    public static AspectVerdict? Find(ReadTx tx, string workspace, string endpoint, long version, MonitorAspect aspect) => tx.QueryOne(
        $"""
        SELECT aspect, verdict, detail, digest, observed_ms, changed_ms FROM monitoring_verdicts
        WHERE workspace = {workspace} AND endpoint = {endpoint} AND version = {version} AND aspect = {(long)aspect}
        """, row => Read(row, 0));

    public static void Put(WriteTx tx, string workspace, string endpoint, long version, AspectVerdict verdict) => tx.Execute(
        $"""
        INSERT INTO monitoring_verdicts (workspace, endpoint, version, aspect, verdict, detail, digest, observed_ms, changed_ms)
        VALUES ({workspace}, {endpoint}, {version}, {(long)verdict.Aspect}, {(long)verdict.Verdict}, {verdict.Detail}, {verdict.EvidenceDigest}, {verdict.ObservedMs ?? 0}, {verdict.ChangedMs ?? 0})
        ON CONFLICT (workspace, endpoint, version, aspect) DO UPDATE SET
            verdict = EXCLUDED.verdict, detail = EXCLUDED.detail, digest = EXCLUDED.digest, observed_ms = EXCLUDED.observed_ms, changed_ms = EXCLUDED.changed_ms
        """);

    private static AspectVerdict Read(System.Data.Common.DbDataReader row, int at) => new(
        (MonitorAspect)row.GetInt64(at), (MonitorVerdict)row.GetInt64(at + 1), row.GetString(at + 2), row.GetInt64(at + 4), row.GetInt64(at + 5), row.IsDBNull(at + 3) ? null : row.GetString(at + 3));
}
