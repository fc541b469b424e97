using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Imports;

/// <summary>Rows of many runs at once.</summary>
internal static class ImportedRuns
{
    /// <summary>The runs of these ids, of any workspace: ids count over all.</summary>
    public static Dictionary<string, (string Workspace, Run Run)> Find(ReadTx tx, IReadOnlyCollection<string> runIds) => Find(tx, runIds, Sql.Empty);

    /// <summary>As <see cref="Find(ReadTx, IReadOnlyCollection{string})"/>, for a write of rows that carry their experiments (<see cref="RunStore.FindAndHold"/>).</summary>
    public static Dictionary<string, (string Workspace, Run Run)> FindAndHold(WriteTx tx, IReadOnlyCollection<string> runIds) => Find(tx, runIds, tx.Dialect.HoldRows());

    private static Dictionary<string, (string Workspace, Run Run)> Find(ReadTx tx, IReadOnlyCollection<string> runIds, Sql end) => tx.Query(
        $"""
        SELECT workspace, run_key, run_id, experiment_id, name, user_id, status, start_ms, end_ms, deleted, artifact_uri
        FROM tracking_runs WHERE run_id IN (SELECT value FROM {tx.Dialect.TextList(runIds)}) ORDER BY run_key {end}
        """,
        row => (Workspace: row.GetString(0), Run: new Run(
            row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetString(5), (RunStatus)row.GetInt64(6), row.GetInt64(7), row.IsDBNull(8) ? null : row.GetInt64(8),
            row.GetInt64(9) != 0, row.GetString(10)))).ToDictionary(found => found.Run.RunId, StringComparer.Ordinal);

    /// <param name="fresh">Runs to be made.</param>
    /// <param name="written">Runs whose missing parameters and tags are added, the fresh ones with them.</param>
    public static void Insert(WriteTx tx, string workspace, IReadOnlyList<Run> fresh, IReadOnlyList<(Run Run, ImportedRun Given)> written)
    {
        tx.ExecuteRows(
            fresh,
            run => $"({run.Key}, {run.RunId}, {workspace}, {run.ExperimentId}, {run.Name}, {run.UserId}, {(long)run.Status}, {run.StartMs}, {run.EndMs}, {run.Deleted}, {run.ArtifactUri})",
            rows => $"INSERT INTO tracking_runs (run_key, run_id, workspace, experiment_id, name, user_id, status, start_ms, end_ms, deleted, artifact_uri) VALUES {rows}");
        tx.ExecuteRows(
            [.. written.SelectMany(one => one.Given.Params.Where(Fits).Select(param => (one.Run, param.Key, Value: KeyRules.Cut(param.Value, ValueLimits.ParamValueChars))))],
            row => $"({row.Run.Key}, {row.Key}, {row.Run.ExperimentId}, {row.Value})",
            rows => $"INSERT INTO tracking_params (run_key, name, experiment_id, value) VALUES {rows} ON CONFLICT (run_key, name) DO NOTHING");
        tx.ExecuteRows(
            [.. written.SelectMany(one => Tags(one.Run, one.Given).Select(tag => (one.Run, tag.Key, tag.Value)))],
            row => $"({row.Run.Key}, {row.Key}, {row.Run.ExperimentId}, {row.Value})",
            rows => $"INSERT INTO tracking_tags (run_key, name, experiment_id, value) VALUES {rows} ON CONFLICT (run_key, name) DO NOTHING");
    }

    /// <summary>What of a run cannot be kept, in words; null when nothing.</summary>
    public static string? Left(ImportedRun given)
    {
        string[] keys = [.. given.Params.Concat(given.Tags).Where(pair => !Fits(pair)).Select(pair => pair.Key)];
        return keys.Length == 0 ? null : $"{keys.Length} parameters and tags with keys that cannot be kept were left out, such as '{KeyRules.Cut(keys[0], 100)}'.";
    }

    private static IEnumerable<KeyValuePair<string, string>> Tags(Run run, ImportedRun given) => given.Tags
        .Where(tag => tag.Key != RunTags.Name && Fits(tag))
        .Select(tag => new KeyValuePair<string, string>(tag.Key, KeyRules.Cut(tag.Value, ValueLimits.RunTagValueChars)))
        .Append(new(RunTags.Name, run.Name));

    private static bool Fits(KeyValuePair<string, string> pair) => pair.Key.Length is > 0 and <= KeyRules.KeyChars && KeyRules.Fault(pair.Key, "key") is null;
}
