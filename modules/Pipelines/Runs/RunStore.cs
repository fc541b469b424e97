using System.Data.Common;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Runs;

internal static class RunStore
{
    public static void KeepDefinition(WriteTx tx, string workspace, string digest, string pipeline, string text, long nowMs) => tx.Execute(
        $"""
        INSERT INTO pipelines_definitions (workspace, digest, pipeline, text, created_ms) VALUES ({workspace}, {digest}, {pipeline}, {text}, {nowMs})
        ON CONFLICT (workspace, digest) DO NOTHING
        """);

    public static string? Definition(ReadTx tx, string workspace, string digest) =>
        tx.QueryOne($"SELECT text FROM pipelines_definitions WHERE workspace = {workspace} AND digest = {digest}", row => row.GetString(0));

    public static void Insert(WriteTx tx, PipelineRun run) => tx.Execute(
        $"""
        INSERT INTO pipelines_runs (run_id, workspace, pipeline, definition_digest, state, by_id, by_name, cap_level, files, force, started_ms, lease_holder, lease_claim, lease_until_ms)
        VALUES ({run.RunId}, {run.Workspace}, {run.Pipeline}, {run.DefinitionDigest}, {(long)run.State}, {run.ById}, {run.ByName}, {run.Cap?.ToString()},
            {JsonSerializer.Serialize(run.Files, WireJson.Options)}, {JsonSerializer.Serialize(run.Force, WireJson.Options)}, {run.StartedMs}, {""}, {""}, {0})
        """);

    public static PipelineRun? Find(ReadTx tx, string workspace, string runId) => tx.QueryOne(
        $"""
        SELECT run_id, workspace, pipeline, definition_digest, state, by_id, by_name, cap_level, files, force, started_ms, ended_ms, cancel_ms
        FROM pipelines_runs WHERE run_id = {runId} AND workspace = {workspace}
        """, Read);

    /// <summary>Runs of a workspace, newest first, before an id (exclusive).</summary>
    /// <param name="pipeline">Null = of every pipeline.</param>
    public static List<PipelineRun> NewestFirst(ReadTx tx, string workspace, string? pipeline, string before, int rows)
    {
        Sql which = pipeline is null ? Sql.Empty : $"AND pipeline = {pipeline}";
        return tx.Query(
            $"""
            SELECT run_id, workspace, pipeline, definition_digest, state, by_id, by_name, cap_level, files, force, started_ms, ended_ms, cancel_ms
            FROM pipelines_runs WHERE workspace = {workspace} AND run_id < {before} {which} ORDER BY run_id DESC LIMIT {rows}
            """, Read);
    }

    public static List<PipelineRun> Those(ReadTx tx, IReadOnlyCollection<string> runIds) => tx.Query(
        $"""
        SELECT run_id, workspace, pipeline, definition_digest, state, by_id, by_name, cap_level, files, force, started_ms, ended_ms, cancel_ms
        FROM pipelines_runs WHERE run_id IN (SELECT value FROM {tx.Dialect.TextList(runIds)})
        """, Read);

    /// <summary>Pipelines by name, after a name (exclusive), each with its number of runs and the id of the newest.</summary>
    public static List<(string Name, long Runs, string Latest)> Pipelines(ReadTx tx, string workspace, string after, int rows) => tx.Query(
        $"""
        SELECT pipeline, COUNT(*), MAX(run_id) FROM pipelines_runs WHERE workspace = {workspace} AND pipeline > {after}
        GROUP BY pipeline ORDER BY pipeline LIMIT {rows}
        """, row => (row.GetString(0), row.GetInt64(1), row.GetString(2)));

    public static (long Runs, string Latest)? Pipeline(ReadTx tx, string workspace, string pipeline) => tx.QueryOne<(long, string)?>(
        $"SELECT COUNT(*), MAX(run_id) FROM pipelines_runs WHERE workspace = {workspace} AND pipeline = {pipeline} HAVING COUNT(*) > 0",
        row => (row.GetInt64(0), row.GetString(1)));

    public static List<PipelineRunSummary> Summaries(ReadTx tx, IReadOnlyList<PipelineRun> runs)
    {
        var states = runs.ToDictionary(run => run.RunId, _ => new Dictionary<StepState, int>(), StringComparer.Ordinal);
        tx.ForEach(
            $"SELECT run_id, state, COUNT(*) FROM pipelines_steps WHERE run_id IN (SELECT value FROM {tx.Dialect.TextList([.. states.Keys])}) GROUP BY run_id, state",
            row => states[row.GetString(0)][(StepState)row.GetInt64(1)] = (int)row.GetInt64(2));
        return [.. runs.Select(run => new PipelineRunSummary(
            run.RunId, run.Pipeline, run.DefinitionDigest, run.State, run.StartedMs, run.ById, run.ByName, states[run.RunId], run.EndedMs))];
    }

    public static void Cancel(WriteTx tx, string runId, long nowMs) =>
        tx.Execute($"UPDATE pipelines_runs SET cancel_ms = {nowMs} WHERE run_id = {runId} AND ended_ms IS NULL AND cancel_ms IS NULL");

    public static void End(WriteTx tx, string runId, PipelineRunState state, long nowMs) =>
        tx.Execute($"UPDATE pipelines_runs SET state = {(long)state}, ended_ms = {nowMs}, lease_until_ms = {0} WHERE run_id = {runId}");

    private static PipelineRun Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), (PipelineRunState)row.GetInt64(4), row.GetString(5), row.GetString(6),
        row.IsDBNull(7) ? null : Enum.Parse<Level>(row.GetString(7)),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(8), WireJson.Options)!, JsonSerializer.Deserialize<List<string>>(row.GetString(9), WireJson.Options)!,
        row.GetInt64(10), row.IsDBNull(11) ? null : row.GetInt64(11), row.IsDBNull(12) ? null : row.GetInt64(12));
}
