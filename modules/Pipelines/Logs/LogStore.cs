using Slipway.Kernel;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Logs;

internal static class LogStore
{
    public static void Add(WriteTx tx, string runId, long ordinal, long first, IReadOnlyList<LogLine> lines)
    {
        var rows = lines.Select((line, i) => (Number: first + i, line.AtMs, line.Text)).ToList();
        tx.ExecuteRows(
            rows,
            row => $"({runId}, {ordinal}, {row.Number}, {row.AtMs}, {row.Text})",
            values => $"INSERT INTO pipelines_log (run_id, ordinal, line, at_ms, text) VALUES {values} ON CONFLICT (run_id, ordinal, line) DO NOTHING");
    }

    /// <summary>Number of the next line, and how many bytes of UTF-8 there are so far, with one for each end of a line.</summary>
    public static (long Next, long Bytes) End(ReadTx tx, string runId, long ordinal) => tx.QueryOne(
        $"SELECT COALESCE(MAX(line) + 1, 0), COALESCE(SUM({tx.Dialect.Utf8Bytes($"text")} + 1), 0) FROM pipelines_log WHERE run_id = {runId} AND ordinal = {ordinal}",
        row => (row.GetInt64(0), Convert.ToInt64(row.GetValue(1), null)));

    public static List<(long Number, StepLogLine Line)> From(ReadTx tx, string runId, long ordinal, long from, int rows) => tx.Query(
        $"SELECT line, at_ms, text FROM pipelines_log WHERE run_id = {runId} AND ordinal = {ordinal} AND line >= {from} ORDER BY line LIMIT {rows}",
        row => (row.GetInt64(0), new StepLogLine(row.GetInt64(1), row.GetString(2))));
}
