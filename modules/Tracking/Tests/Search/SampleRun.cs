using Slipway.Kernel;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Tests.Search;

/// <summary>A run as a reference evaluator sees it: in memory, without SQL.</summary>
internal sealed record SampleRun(long Key, string RunId, int Experiment, string Name, string User, RunStatus Status, long StartMs, long? EndMs, bool Deleted)
{
    public static readonly string[] MetricKeys = ["acc", "val/loss", "a b"];
    public static readonly string[] ParamKeys = ["lr", "odd key"];
    public static readonly string[] TagKeys = ["team", "mlflow.source"];
    public static readonly double[] Numbers = [-1.5, 0, 0.25, 0.5, 1, 1e6, double.NaN];

    /// <summary>With wildcards, quotes, both cases, and two long ones that differ after what an index holds.</summary>
    public static readonly string[] Texts =
        ["", "a", "A", "ab", "aB", "0.1", "10", "it's", "say \"x\"", "50%", "a_b", "a*b", "[x]", "C:\\x", "née", new string('l', 120) + "1", new string('l', 120) + "2"];

    public Dictionary<string, double> Metrics { get; } = [];

    public Dictionary<string, string> Params { get; } = [];

    public Dictionary<string, string> Tags { get; } = [];

    public string ArtifactUri => $"mlflow-artifacts:/{Experiment}/{RunId}/artifacts";

    public static List<SampleRun> Make(Random random, int count) => [.. Enumerable.Range(0, count).Select(i => One(random, i))];

    /// <summary>Into two experiments, whose ids are given.</summary>
    public static Task Store(Db db, IReadOnlyList<SampleRun> runs, IReadOnlyList<long> experiments) => db.Write(tx =>
    {
        tx.ExecuteRows(
            [.. MetricKeys.Index()], key => $"({900_001L + key.Index}, {key.Item})", rows => $"INSERT INTO tracking_metric_keys (key_id, name) VALUES {rows}");
        tx.ExecuteRows(
            runs,
            run => $"({run.Key}, {run.RunId}, 'default', {experiments[run.Experiment]}, {run.Name}, {run.User}, {(long)run.Status}, {run.StartMs}, {run.EndMs}, {run.Deleted}, {run.ArtifactUri})",
            rows => $"INSERT INTO tracking_runs (run_key, run_id, workspace, experiment_id, name, user_id, status, start_ms, end_ms, deleted, artifact_uri) VALUES {rows}");
        tx.ExecuteRows(
            [.. runs.SelectMany(run => run.Metrics.Select(metric => (Run: run, Key: 900_001L + Array.IndexOf(MetricKeys, metric.Key), metric.Value)))],
            row => $"({row.Run.Key}, {row.Key}, {experiments[row.Run.Experiment]}, {double.IsNaN(row.Value)}, {(double.IsNaN(row.Value) ? 0 : row.Value)}, 0, 0)",
            rows => $"INSERT INTO tracking_metric_latest (run_key, key_id, experiment_id, is_nan, value, step, time_ms) VALUES {rows}");
        foreach (var (table, pairs) in (IEnumerable<(string, Func<SampleRun, Dictionary<string, string>>)>)[("tracking_params", run => run.Params), ("tracking_tags", run => run.Tags)])
        {
            tx.ExecuteRows(
                [.. runs.SelectMany(run => pairs(run).Select(pair => (Run: run, Pair: pair)))],
                row => $"({row.Run.Key}, {row.Pair.Key}, {experiments[row.Run.Experiment]}, {row.Pair.Value})",
                rows => $"INSERT INTO {Kernel.Search.Comparisons.Literal(table)} (run_key, name, experiment_id, value) VALUES {rows}");
        }
    }, CancellationToken.None);

    private static SampleRun One(Random random, int i)
    {
        var run = new SampleRun(
            5_000_000 + i, random.NextInt64().ToString("x16", null) + i.ToString("x16", null), random.Next(2), Pick(random, Texts), Pick(random, ["ann", "Bob", ""]),
            Pick(random, Enum.GetValues<RunStatus>()), random.Next(5), random.Next(3) == 0 ? null : random.Next(5), random.Next(4) == 0);
        foreach (var key in MetricKeys.Where(_ => random.Next(3) > 0)) { run.Metrics[key] = Pick(random, Numbers); }

        foreach (var key in ParamKeys.Where(_ => random.Next(3) > 0)) { run.Params[key] = Pick(random, Texts); }

        foreach (var key in TagKeys.Where(_ => random.Next(3) > 0)) { run.Tags[key] = Pick(random, Texts); }

        return run;
    }

    private static T Pick<T>(Random random, T[] all) => all[random.Next(all.Length)];
}
