using Slipway.Kernel;

namespace Slipway.Tracking.Inputs;

/// <summary>Datasets are rows of an experiment: those of runs that move are needed in the new one too.</summary>
internal static class MovedDatasets
{
    /// <summary>Keys of the datasets of the runs that are not yet rows of the experiment.</summary>
    public static List<long> Of(ReadTx tx, IReadOnlyCollection<long> runKeys, long target) => tx.Query(
        $"""
        SELECT DISTINCT u.dataset_key FROM tracking_run_datasets u JOIN tracking_datasets d ON d.dataset_key = u.dataset_key
        WHERE u.run_key IN (SELECT value FROM {tx.Dialect.IntegerList(runKeys)}) AND d.experiment_id <> {target}
        """, row => row.GetInt64(0));

    /// <param name="fresh">Keys that no dataset has yet.</param>
    /// <returns>False = there are more datasets than keys.</returns>
    public static bool Follow(WriteTx tx, IReadOnlyCollection<long> runKeys, long target, IReadOnlyList<long> fresh)
    {
        var datasets = Of(tx, runKeys, target);
        if (datasets.Count > fresh.Count) { return false; }

        foreach (var (old, key) in datasets.Zip(fresh))
        {
            tx.Execute(
                $"""
                INSERT INTO tracking_datasets (dataset_key, experiment_id, name, digest, source_type, source, schema, profile)
                SELECT {key}, {target}, name, digest, source_type, source, schema, profile FROM tracking_datasets WHERE dataset_key = {old}
                ON CONFLICT (experiment_id, name, digest) DO NOTHING
                """);
            var there = tx.QueryOne(
                $"""
                SELECT t.dataset_key FROM tracking_datasets o JOIN tracking_datasets t ON t.name = o.name AND t.digest = o.digest
                WHERE o.dataset_key = {old} AND t.experiment_id = {target}
                """, row => row.GetInt64(0));
            Point(tx, "tracking_run_datasets", runKeys, old, there);
            Point(tx, "tracking_run_dataset_tags", runKeys, old, there);
        }

        return true;
    }

    private static void Point(WriteTx tx, string table, IReadOnlyCollection<long> runKeys, long old, long there) => tx.Execute(
        $"UPDATE {Kernel.Search.Comparisons.Literal(table)} SET dataset_key = {there} WHERE dataset_key = {old} AND run_key IN (SELECT value FROM {tx.Dialect.IntegerList(runKeys)})");
}
