using System.Data.Common;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Runs;

internal static class StepStore
{
    public static void Insert(WriteTx tx, string runId, IReadOnlyList<StepRow> steps) => tx.ExecuteRows(
        steps,
        step => $"({runId}, {step.Ordinal}, {step.Step}, {step.Uses}, {Json(step.Needs)}, {(long)step.State}, {0}, {0}, {"{}"}, {"{}"}, {"{}"})",
        rows => $"INSERT INTO pipelines_steps (run_id, ordinal, step, uses, needs, state, attempts, failures, inputs, outputs, summary) VALUES {rows}");

    /// <summary>Writes everything of a step that changes.</summary>
    public static void Save(WriteTx tx, string runId, StepRow step) => tx.Execute(
        $"""
        UPDATE pipelines_steps SET state = {(long)step.State}, attempts = {step.Attempts}, failures = {step.Failures}, started_ms = {step.StartedMs}, ended_ms = {step.EndedMs},
            inputs = {Json(step.Inputs)}, outputs = {Json(step.Outputs)}, summary = {Json(step.Summary)},
            reused = {(step.Reuse is null ? null : step.Reuse.Reused ? 1L : 0L)}, reason = {step.Reuse?.Reason}, from_run_id = {step.Reuse?.FromRunId},
            problem_code = {step.Problem?.Code}, problem_detail = {step.Problem?.Detail}
        WHERE run_id = {runId} AND ordinal = {step.Ordinal}
        """);

    /// <summary>In the order of the definition.</summary>
    public static List<StepRow> Of(ReadTx tx, string runId) => tx.Query(
        $"""
        SELECT ordinal, step, uses, needs, state, attempts, failures, started_ms, ended_ms, inputs, outputs, summary, reused, reason, from_run_id, problem_code, problem_detail
        FROM pipelines_steps WHERE run_id = {runId} ORDER BY ordinal LIMIT {Limits.PipelineSteps}
        """, Read);

    private static StepRow Read(DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), Parse<List<string>>(row.GetString(3)))
    {
        State = (StepState)row.GetInt64(4), Attempts = row.GetInt64(5), Failures = row.GetInt64(6),
        StartedMs = row.IsDBNull(7) ? null : row.GetInt64(7), EndedMs = row.IsDBNull(8) ? null : row.GetInt64(8),
        Inputs = Parse<Dictionary<string, StepValue>>(row.GetString(9)), Outputs = Parse<Dictionary<string, StepValue>>(row.GetString(10)),
        Summary = Parse<Dictionary<string, string>>(row.GetString(11)),
        Reuse = row.IsDBNull(12) ? null : new StepReuseView(row.GetInt64(12) == 1, row.GetString(13), row.IsDBNull(14) ? null : row.GetString(14)),
        Problem = row.IsDBNull(15) ? null : new StepProblemView(row.GetString(15), row.GetString(16)),
    };

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, WireJson.Options);

    public static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, WireJson.Options)!;
}
