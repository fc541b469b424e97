using System.Data.Common;
using Slipway.Kernel;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Endpoints;

internal static class DeploymentStore
{
    /// <summary>By endpoint.</summary>
    public static ILookup<string, Deployment> AtWork(ReadTx tx, IReadOnlyCollection<string> endpointIds) => tx.Query(
        $"""
        SELECT deployment_id, version, role, buckets, model_digest, contract_digest, training_digest, approval_id, evidence_digest, threshold, at_or_above, below, since_ms, deployed_by_name,
            endpoint_id
        FROM serving_deployments WHERE endpoint_id IN (SELECT value FROM {tx.Dialect.TextList(endpointIds)}) AND ended_ms IS NULL
        """, row => (Endpoint: row.GetString(14), Deployment: Read(row))).ToLookup(row => row.Endpoint, row => row.Deployment, StringComparer.Ordinal);

    /// <summary>The champion that ended last, of another version than the one given and of none that was rolled back since; null when there is none.</summary>
    public static Deployment? ChampionBefore(ReadTx tx, string endpointId, long version) => tx.QueryOne(
        $"""
        SELECT deployment_id, version, role, buckets, model_digest, contract_digest, training_digest, approval_id, evidence_digest, threshold, at_or_above, below, since_ms, deployed_by_name
        FROM serving_deployments WHERE endpoint_id = {endpointId} AND ended_ms IS NOT NULL AND role = {(long)DeploymentRole.Champion} AND version <> {version} AND rolled_back = 0
        ORDER BY ended_ms DESC, deployment_id DESC LIMIT 1
        """, Read);

    public static void Insert(WriteTx tx, Caller caller, string endpointId, Deployment deployment) => tx.Execute(
        $"""
        INSERT INTO serving_deployments (deployment_id, endpoint_id, version, role, buckets, model_digest, contract_digest, training_digest, approval_id, evidence_digest, threshold, at_or_above,
            below, since_ms, deployed_by, deployed_by_name)
        VALUES ({deployment.Id}, {endpointId}, {deployment.Version}, {(long)deployment.Role}, {(long)deployment.Buckets}, {deployment.ModelDigest}, {deployment.ContractDigest},
            {deployment.TrainingDigest}, {deployment.ApprovalId}, {deployment.EvidenceDigest}, {deployment.Threshold}, {deployment.AtOrAbove}, {deployment.Below}, {deployment.SinceMs},
            {caller.Id}, {caller.Name})
        """);

    public static void SetBuckets(WriteTx tx, string deploymentId, int buckets) =>
        tx.Execute($"UPDATE serving_deployments SET buckets = {(long)buckets} WHERE deployment_id = {deploymentId}");

    public static void End(WriteTx tx, string deploymentId, long nowMs, string reason) =>
        tx.Execute($"UPDATE serving_deployments SET ended_ms = {nowMs}, end_reason = {reason} WHERE deployment_id = {deploymentId}");

    /// <summary>Ends a deployment; what its version was under the endpoint before is not gone back to either, or two versions would take turns for ever.</summary>
    public static void RollBack(WriteTx tx, string endpointId, Deployment leaving, long nowMs, string reason)
    {
        End(tx, leaving.Id, nowMs, reason);
        tx.Execute($"UPDATE serving_deployments SET rolled_back = 1 WHERE endpoint_id = {endpointId} AND version = {leaving.Version} AND ended_ms IS NOT NULL");
    }

    private static Deployment Read(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1), (DeploymentRole)row.GetInt64(2), (int)row.GetInt64(3), row.GetString(4), Text(row, 5), Text(row, 6), Text(row, 7), Text(row, 8),
        row.IsDBNull(9) ? null : row.GetDouble(9), Text(row, 10), Text(row, 11), row.GetInt64(12), row.GetString(13));

    private static string? Text(DbDataReader row, int place) => row.IsDBNull(place) ? null : row.GetString(place);
}
