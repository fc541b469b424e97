using Slipway.Kernel;

namespace Slipway.Serving.Endpoints;

/// <summary>One person's release of the kill switch.</summary>
internal sealed record ReleaseRow(string Principal, string Name, string Reason, long AtMs);

internal static class ReleaseStore
{
    public static List<ReleaseRow> Of(ReadTx tx, string endpointId) => tx.Query(
        $"SELECT principal, name, reason, at_ms FROM serving_releases WHERE endpoint_id = {endpointId} ORDER BY at_ms, principal LIMIT 10",
        row => new ReleaseRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3)));

    /// <summary>A second release by the same person changes nothing.</summary>
    public static void Add(WriteTx tx, Caller caller, string endpointId, string reason, long nowMs) => tx.Execute(
        $"""
        INSERT INTO serving_releases (endpoint_id, principal, name, reason, at_ms) VALUES ({endpointId}, {caller.Id}, {caller.Name}, {reason}, {nowMs})
        ON CONFLICT (endpoint_id, principal) DO NOTHING
        """);

    public static void Clear(WriteTx tx, string endpointId) => tx.Execute($"DELETE FROM serving_releases WHERE endpoint_id = {endpointId}");
}
