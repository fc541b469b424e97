using System.Data.Common;
using Slipway.Kernel;

namespace Slipway.Monitoring.Retraining;

internal static class RetrainingStore
{
    private static Sql Columns =>
        $"""
        SELECT request_id, workspace, model, endpoint, version, alert_id, pipeline, reason, state, requested_ms, ended_ms, ended_by, pipeline_run_id, note FROM monitoring_retraining
        """;

    /// <summary>Null when the workspace has no such request, or its model is hidden from the caller.</summary>
    public static RetrainingRequest? Find(ReadTx tx, Caller caller, string requestId) => tx.QueryOne(
        $"{Columns} WHERE request_id = {requestId} AND workspace = {caller.Workspace}{caller.Open(ObjectRef.Model).And(tx.Dialect, "model")}", Read);

    /// <summary>A model has at most one that is open.</summary>
    public static RetrainingRequest? FindOpen(ReadTx tx, string workspace, string model) =>
        tx.QueryOne($"{Columns} WHERE workspace = {workspace} AND model = {model} AND state = 'open'", Read);

    /// <param name="state">Null = any.</param>
    /// <param name="before">Only those with a smaller id.</param>
    public static List<RetrainingRequest> Newest(ReadTx tx, Caller caller, string? state, string before, int limit)
    {
        Sql which = state is null ? Sql.Empty : $"AND state = {state}";
        return tx.Query($"{Columns} WHERE workspace = {caller.Workspace} AND request_id < {before} {which}{caller.Open(ObjectRef.Model).And(tx.Dialect, "model")} ORDER BY request_id DESC LIMIT {limit}", Read);
    }

    public static void Insert(WriteTx tx, RetrainingRequest request) => tx.Execute(
        $"""
        INSERT INTO monitoring_retraining (request_id, workspace, model, endpoint, version, alert_id, pipeline, reason, state, requested_ms)
        VALUES ({request.Id}, {request.Workspace}, {request.Model}, {request.Endpoint}, {request.Version}, {request.AlertId}, {request.Pipeline}, {request.Reason}, {request.State}, {request.RequestedMs})
        """);

    public static void End(WriteTx tx, RetrainingRequest ended) => tx.Execute(
        $"""
        UPDATE monitoring_retraining SET state = {ended.State}, ended_ms = {ended.EndedMs}, ended_by = {ended.EndedBy}, pipeline_run_id = {ended.PipelineRunId}, note = {ended.Note}
        WHERE request_id = {ended.Id}
        """);

    private static RetrainingRequest Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5), Text(row, 6), row.GetString(7), row.GetString(8), row.GetInt64(9),
        row.IsDBNull(10) ? null : row.GetInt64(10), Text(row, 11), Text(row, 12), Text(row, 13));

    private static string? Text(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);
}
