using Slipway.Kernel;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Inputs;

internal static class InputStore
{
    /// <summary>Adds the datasets that the run has not used yet; those that it has keep the tags that they have.</summary>
    /// <param name="inputs">Each with a number that nobody had yet, for its row and its place.</param>
    public static void AddDatasets(WriteTx tx, Run run, IReadOnlyList<(long Number, DatasetInput Input)> inputs)
    {
        if (inputs.Count == 0) { return; }

        // One order of rows for everybody, so that PostgreSQL's locks cannot cross.
        tx.ExecuteRows(
            [.. inputs.OrderBy(input => input.Input.Dataset.Name, StringComparer.Ordinal).ThenBy(input => input.Input.Dataset.Digest, StringComparer.Ordinal)],
            row =>
                $"""
                ({row.Number}, {run.ExperimentId}, {row.Input.Dataset.Name}, {row.Input.Dataset.Digest}, {row.Input.Dataset.SourceType}, {row.Input.Dataset.Source},
                    {row.Input.Dataset.Schema}, {row.Input.Dataset.Profile})
                """,
            rows =>
                $"""
                INSERT INTO tracking_datasets (dataset_key, experiment_id, name, digest, source_type, source, schema, profile) VALUES {rows}
                ON CONFLICT (experiment_id, name, digest) DO NOTHING
                """);
        var keys = Keys(tx, run.ExperimentId, inputs);
        var used = tx.Query($"SELECT dataset_key FROM tracking_run_datasets WHERE run_key = {run.Key}", row => row.GetInt64(0)).ToHashSet();
        var added = inputs.Select(input => (Key: keys[(input.Input.Dataset.Name, input.Input.Dataset.Digest)], input.Number, input.Input)).Where(input => used.Add(input.Key)).ToList();
        tx.ExecuteRows(
            added,
            row => $"({run.Key}, {row.Key}, {row.Number}, {row.Input.Context})",
            rows => $"INSERT INTO tracking_run_datasets (run_key, dataset_key, place, context) VALUES {rows} ON CONFLICT (run_key, dataset_key) DO NOTHING");
        tx.ExecuteRows(
            [.. added.SelectMany(input => input.Input.Tags, (input, tag) => (input.Key, Tag: tag))],
            row => $"({run.Key}, {row.Key}, {row.Tag.Key}, {row.Tag.Value})",
            rows => $"INSERT INTO tracking_run_dataset_tags (run_key, dataset_key, name, value) VALUES {rows} ON CONFLICT (run_key, dataset_key, name) DO NOTHING");
    }

    /// <summary>Adds models that the run used or made; an output that is there already gets the new step.</summary>
    public static void AddModels(WriteTx tx, long runKey, bool output, IReadOnlyList<(long Number, string ModelId, long Step)> models) => tx.ExecuteRows(
        models,
        row => $"({runKey}, {output}, {row.ModelId}, {row.Number}, {row.Step})",
        rows =>
            $"""
            INSERT INTO tracking_run_models (run_key, output, model_id, place, step) VALUES {rows}
            ON CONFLICT (run_key, output, model_id) DO UPDATE SET step = EXCLUDED.step
            """);

    /// <summary>What went into each of the runs and came out; runs without any are left out. A dataset that many runs share is read once.</summary>
    public static Dictionary<long, RunInputs> Load(ReadTx tx, IReadOnlyCollection<long> runKeys)
    {
        var found = new Dictionary<long, RunInputs>();
        RunInputs Of(long runKey) => found.TryGetValue(runKey, out var inputs) ? inputs : found[runKey] = new RunInputs();

        var uses = new List<(long Run, long Dataset)>();
        tx.ForEach(
            ($"SELECT run_key, output, model_id, step FROM tracking_run_models WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(runKeys)}) ORDER BY run_key, place", row =>
            {
                if (row.GetInt64(1) == 0) { Of(row.GetInt64(0)).Models.Add(row.GetString(2)); }
                else { Of(row.GetInt64(0)).Outputs.Add(new ModelOutput(row.GetString(2), row.GetInt64(3))); }
            }),
            ($"SELECT run_key, dataset_key FROM tracking_run_datasets WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(runKeys)}) ORDER BY run_key, place",
                row => uses.Add((row.GetInt64(0), row.GetInt64(1)))));
        if (uses.Count == 0) { return found; }

        var datasets = Datasets(tx, [.. uses.Select(use => use.Dataset).Distinct()]);
        var tags = new Dictionary<(long, long), List<(string Key, string Value)>>();
        tx.ForEach(
            $"SELECT run_key, dataset_key, name, value FROM tracking_run_dataset_tags WHERE run_key IN (SELECT value FROM {tx.Dialect.IntegerList(runKeys)}) ORDER BY run_key, dataset_key, name",
            row =>
            {
                var use = (row.GetInt64(0), row.GetInt64(1));
                if (!tags.TryGetValue(use, out var own)) { tags[use] = own = []; }

                own.Add((row.GetString(2), row.GetString(3)));
            });
        foreach (var use in uses) { Of(use.Run).Datasets.Add(new DatasetInput(datasets[use.Dataset], tags.GetValueOrDefault(use) ?? [])); }

        return found;
    }

    /// <summary>The runs with what went into them and came out.</summary>
    public static List<RunWithData> WithInputs(ReadTx tx, List<RunWithData> runs)
    {
        var inputs = Load(tx, [.. runs.Select(run => run.Run.Key)]);
        return inputs.Count == 0 ? runs : [.. runs.Select(run => inputs.TryGetValue(run.Run.Key, out var own) ? run with { Inputs = own } : run)];
    }

    /// <summary>The datasets of the experiments with what they were used as, each once: by experiment, name, digest, use.</summary>
    public static List<DatasetSummary> Summaries(ReadTx tx, IReadOnlyCollection<long> experimentIds, int limit) => tx.Query(
        $"""
        SELECT DISTINCT d.experiment_id, d.name, d.digest, u.context FROM tracking_datasets d JOIN tracking_run_datasets u ON u.dataset_key = d.dataset_key
        WHERE d.experiment_id IN (SELECT value FROM {tx.Dialect.IntegerList(experimentIds)})
        ORDER BY d.experiment_id, d.name, d.digest, u.context LIMIT {limit}
        """, row => new DatasetSummary(row.GetInt64(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)));

    private static Dictionary<long, UsedDataset> Datasets(ReadTx tx, IReadOnlyCollection<long> keys)
    {
        var datasets = new Dictionary<long, UsedDataset>(keys.Count);
        tx.ForEach(
            $"""
            SELECT dataset_key, name, digest, source_type, source, schema, profile FROM tracking_datasets
            WHERE dataset_key IN (SELECT value FROM {tx.Dialect.IntegerList(keys)})
            """,
            row => datasets[row.GetInt64(0)] = new UsedDataset(
                row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6)));
        return datasets;
    }

    private static Dictionary<(string Name, string Digest), long> Keys(ReadTx tx, long experimentId, IReadOnlyList<(long Number, DatasetInput Input)> inputs) => tx.Query(
        $"""
        SELECT name, digest, dataset_key FROM tracking_datasets
        WHERE experiment_id = {experimentId} AND name IN (SELECT value FROM {tx.Dialect.TextList([.. inputs.Select(input => input.Input.Dataset.Name).Distinct()])})
          AND digest IN (SELECT value FROM {tx.Dialect.TextList([.. inputs.Select(input => input.Input.Dataset.Digest).Distinct()])})
        """, row => (Name: row.GetString(0), Digest: row.GetString(1), Key: row.GetInt64(2))).ToDictionary(row => (row.Name, row.Digest), row => row.Key);
}

/// <param name="Context">Null = not said.</param>
internal sealed record DatasetSummary(long ExperimentId, string Name, string Digest, string? Context);
