using System.Data.Common;
using Slipway.Kernel;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Endpoints;

/// <summary>Endpoints and what is at work under them. Every change raises the revision, so that all processes read them anew.</summary>
internal static class EndpointStore
{
    /// <summary>More than all workspaces of one server have.</summary>
    private const int Everything = 100_000;

    /// <summary>Null when the workspace has no such endpoint, or its model is hidden from the caller.</summary>
    public static EndpointRow? Find(ReadTx tx, Caller caller, string name) =>
        FindForServer(tx, caller.Workspace, name) is { } endpoint && caller.Open(ObjectRef.Model).Includes(endpoint.Model) ? endpoint : null;

    /// <summary>Whatever anybody may see: for names that must be unique, and for the server's own work.</summary>
    public static EndpointRow? FindForServer(ReadTx tx, string workspace, string name) => tx.QueryOne(
        $"""
        SELECT endpoint_id, workspace, name, model, halted, stopped, rolled_back, reason, created_ms, changed_ms, created_by_name FROM serving_endpoints
        WHERE workspace = {workspace} AND name = {name}
        """, Read) is { } endpoint ? Complete(tx, [endpoint])[0] : null;

    /// <summary>By name, those after one; of all models of the workspace that the scope includes.</summary>
    public static List<EndpointRow> List(ReadTx tx, string workspace, string after, int limit, ObjectScope? models = null) => Complete(tx, tx.Query(
        $"""
        SELECT endpoint_id, workspace, name, model, halted, stopped, rolled_back, reason, created_ms, changed_ms, created_by_name FROM serving_endpoints
        WHERE workspace = {workspace} AND name > {after}{(models ?? ObjectScope.Everything).And(tx.Dialect, "model")} ORDER BY name LIMIT {limit}
        """, Read));

    public static List<EndpointRow> All(ReadTx tx) => Complete(tx, tx.Query(
        $"""
        SELECT endpoint_id, workspace, name, model, halted, stopped, rolled_back, reason, created_ms, changed_ms, created_by_name FROM serving_endpoints
        ORDER BY workspace, name LIMIT {Everything}
        """, Read));

    /// <summary>Those that are stopped, without what is at work under them.</summary>
    public static List<EndpointRow> Stopped(ReadTx tx) => tx.Query(
        $"""
        SELECT endpoint_id, workspace, name, model, halted, stopped, rolled_back, reason, created_ms, changed_ms, created_by_name FROM serving_endpoints
        WHERE stopped = 1 LIMIT {Everything}
        """, Read);

    public static long Count(ReadTx tx, string workspace) => tx.QueryOne($"SELECT COUNT(*) FROM serving_endpoints WHERE workspace = {workspace}", row => row.GetInt64(0));

    public static long Revision(ReadTx tx) => tx.QueryOne($"SELECT revision FROM serving_revision WHERE id = 1", row => row.GetInt64(0));

    public static void Insert(WriteTx tx, Caller caller, EndpointRow endpoint)
    {
        tx.Execute(
            $"""
            INSERT INTO serving_endpoints (endpoint_id, workspace, name, model, halted, stopped, rolled_back, reason, created_ms, changed_ms, created_by, created_by_name)
            VALUES ({endpoint.Id}, {endpoint.Workspace}, {endpoint.Name}, {endpoint.Model}, 0, 0, 0, {endpoint.Reason}, {endpoint.CreatedMs}, {endpoint.ChangedMs}, {caller.Id}, {caller.Name})
            """);
        Raise(tx);
    }

    /// <summary>Writes the flags and the reason.</summary>
    public static void Update(WriteTx tx, EndpointRow endpoint)
    {
        tx.Execute(
            $"""
            UPDATE serving_endpoints SET halted = {Flag(endpoint.Halted)}, stopped = {Flag(endpoint.Stopped)}, rolled_back = {Flag(endpoint.RolledBack)}, reason = {endpoint.Reason},
                changed_ms = {endpoint.ChangedMs}
            WHERE endpoint_id = {endpoint.Id}
            """);
        Raise(tx);
    }

    /// <summary>Writes the model's name.</summary>
    public static void Rename(WriteTx tx, EndpointRow endpoint)
    {
        tx.Execute($"UPDATE serving_endpoints SET model = {endpoint.Model}, changed_ms = {endpoint.ChangedMs} WHERE endpoint_id = {endpoint.Id}");
        Raise(tx);
    }

    public static void Delete(WriteTx tx, string endpointId)
    {
        tx.Execute($"DELETE FROM serving_releases WHERE endpoint_id = {endpointId}");
        tx.Execute($"DELETE FROM serving_deployments WHERE endpoint_id = {endpointId}");
        tx.Execute($"DELETE FROM serving_endpoints WHERE endpoint_id = {endpointId}");
        Raise(tx);
    }

    public static void Raise(WriteTx tx) => tx.Execute($"UPDATE serving_revision SET revision = revision + 1 WHERE id = 1");

    private static List<EndpointRow> Complete(ReadTx tx, List<EndpointRow> endpoints)
    {
        var deployments = DeploymentStore.AtWork(tx, [.. endpoints.Select(endpoint => endpoint.Id)]);
        return [.. endpoints.Select(endpoint => endpoint with { Deployments = [.. deployments[endpoint.Id].OrderBy(deployment => deployment.Role).ThenBy(deployment => deployment.SinceMs)] })];
    }

    private static long Flag(bool value) => value ? 1 : 0;

    private static EndpointRow Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4) == 1, row.GetInt64(5) == 1, row.GetInt64(6) == 1,
        row.IsDBNull(7) ? null : row.GetString(7), row.GetInt64(8), row.GetInt64(9), row.GetString(10));
}
