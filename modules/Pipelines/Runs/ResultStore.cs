using System.Data.Common;
using Slipway.Kernel;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Runs;

/// <summary>A successful execution of a step: what went in, what came out.</summary>
internal sealed record StepResult(
    string RunId, IReadOnlyDictionary<string, string> Ingredients, IReadOnlyDictionary<string, StepValue> Outputs, IReadOnlyDictionary<string, string> Summary);

internal static class ResultStore
{
    public static StepResult? Find(ReadTx tx, string workspace, string pipeline, string step, string key) => tx.QueryOne(
        $"""
        SELECT run_id, ingredients, outputs, summary FROM pipelines_results
        WHERE workspace = {workspace} AND pipeline = {pipeline} AND step = {step} AND result_key = {key}
        """, Read);

    /// <summary>The last successful execution; null = none yet.</summary>
    public static StepResult? Latest(ReadTx tx, string workspace, string pipeline, string step) => tx.QueryOne(
        $"""
        SELECT run_id, ingredients, outputs, summary FROM pipelines_results
        WHERE workspace = {workspace} AND pipeline = {pipeline} AND step = {step} ORDER BY ended_ms DESC LIMIT 1
        """, Read);

    public static void Keep(WriteTx tx, string workspace, string pipeline, string step, string key, StepResult result, long nowMs) => tx.Execute(
        $"""
        INSERT INTO pipelines_results (workspace, pipeline, step, result_key, run_id, ended_ms, ingredients, outputs, summary)
        VALUES ({workspace}, {pipeline}, {step}, {key}, {result.RunId}, {nowMs}, {StepStore.Json(result.Ingredients)}, {StepStore.Json(result.Outputs)}, {StepStore.Json(result.Summary)})
        ON CONFLICT (workspace, pipeline, step, result_key) DO UPDATE SET
            run_id = EXCLUDED.run_id, ended_ms = EXCLUDED.ended_ms, outputs = EXCLUDED.outputs, summary = EXCLUDED.summary
        """);

    private static StepResult Read(DbDataReader row) => new(
        row.GetString(0), StepStore.Parse<Dictionary<string, string>>(row.GetString(1)), StepStore.Parse<Dictionary<string, StepValue>>(row.GetString(2)),
        StepStore.Parse<Dictionary<string, string>>(row.GetString(3)));
}
