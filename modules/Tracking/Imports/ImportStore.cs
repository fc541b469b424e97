using System.Data.Common;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Imports;

internal static class ImportStore
{
    public static ImportView? Find(ReadTx tx, string workspace, string importId) => tx.QueryOne(
        $"SELECT import_id, source, started_ms, started_by, finished_ms, report FROM tracking_imports WHERE import_id = {importId} AND workspace = {workspace}", Read);

    /// <summary>The import to write to.</summary>
    public static Result<ImportView> Open(ReadTx tx, string workspace, string importId) => Find(tx, workspace, importId) switch
    {
        null => Problem.NotFound("import", importId),
        { FinishedMs: not null } => Problem.Conflict("import_finished", $"The import '{importId}' has finished; begin another from the same source."),
        { } open => open,
    };

    public static ImportView? OpenOf(ReadTx tx, string workspace, string source) => tx.QueryOne(
        $"""
        SELECT import_id, source, started_ms, started_by, finished_ms, report FROM tracking_imports
        WHERE workspace = {workspace} AND source = {source} AND finished_ms IS NULL ORDER BY started_ms DESC LIMIT 1
        """, Read);

    public static List<ImportView> Newest(ReadTx tx, string workspace, int limit) => tx.Query(
        $"""
        SELECT import_id, source, started_ms, started_by, finished_ms, report FROM tracking_imports
        WHERE workspace = {workspace} ORDER BY started_ms DESC, import_id DESC LIMIT {limit}
        """, Read);

    public static void Insert(WriteTx tx, string workspace, ImportView import) => tx.Execute(
        $"""
        INSERT INTO tracking_imports (import_id, workspace, source, started_ms, started_by)
        VALUES ({import.ImportId}, {workspace}, {import.Source}, {import.StartedMs}, {import.By})
        """);

    public static void Finish(WriteTx tx, string importId, long nowMs, ImportReport report) =>
        tx.Execute($"UPDATE tracking_imports SET finished_ms = {nowMs}, report = {JsonSerializer.Serialize(report, WireJson.Options)} WHERE import_id = {importId}");

    /// <summary>The experiments here by their ids in the source, of those of the ids that were taken over and are still there.</summary>
    public static Dictionary<string, long> Experiments(ReadTx tx, string workspace, string source, IReadOnlyCollection<string> sourceIds) => tx.Query(
        $"""
        SELECT m.source_id, m.experiment_id FROM tracking_import_experiments m JOIN tracking_experiments e ON e.experiment_id = m.experiment_id AND e.workspace = m.workspace
        WHERE m.workspace = {workspace} AND m.source = {source} AND m.source_id IN (SELECT value FROM {tx.Dialect.TextList(sourceIds)})
        """, row => (row.GetString(0), row.GetInt64(1))).ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);

    public static void Map(WriteTx tx, string workspace, string source, string sourceId, long experimentId) => tx.Execute(
        $"""
        INSERT INTO tracking_import_experiments (workspace, source, source_id, experiment_id) VALUES ({workspace}, {source}, {sourceId}, {experimentId})
        ON CONFLICT (workspace, source, source_id) DO UPDATE SET experiment_id = EXCLUDED.experiment_id
        """);

    /// <summary>Those of the runs that the import has completed.</summary>
    public static HashSet<string> Complete(ReadTx tx, string importId, IReadOnlyCollection<string> runIds) => [.. tx.Query(
        $"SELECT run_id FROM tracking_import_runs WHERE import_id = {importId} AND run_id IN (SELECT value FROM {tx.Dialect.TextList(runIds)})", row => row.GetString(0))];

    public static void Close(WriteTx tx, string importId, IReadOnlyList<string> runIds) => tx.ExecuteRows(
        runIds, runId => $"({importId}, {runId})", rows => $"INSERT INTO tracking_import_runs (import_id, run_id) VALUES {rows} ON CONFLICT (import_id, run_id) DO NOTHING");

    private static ImportView Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetInt64(4),
        row.IsDBNull(5) ? null : JsonSerializer.Deserialize<ImportReport>(row.GetString(5), WireJson.Options));
}
