using System.Data.Common;
using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Import;

/// <summary>The logged models of one experiment of an MLflow 3 database.</summary>
internal sealed class SqlLoggedModels(DbConnection connection, SqlTables tables)
{
    public async Task<List<SourceLoggedModel>> Read(long experiment, CancellationToken ct)
    {
        if (!tables.Has("logged_models")) { return []; }

        var parameters = (await Rows("logged_model_params", "model_id, param_key, param_value", experiment, Pair, ct)).ToLookup(row => row.Id, row => row.Pair, StringComparer.Ordinal);
        var tags = (await Rows("logged_model_tags", "model_id, tag_key, tag_value", experiment, Pair, ct)).ToLookup(row => row.Id, row => row.Pair, StringComparer.Ordinal);
        var measures = (await Rows(
            "logged_model_metrics", "model_id, metric_name, run_id, metric_step, metric_timestamp_ms, metric_value, dataset_name, dataset_digest", experiment,
            row => (Id: SqlSource.Text(row, 0), Measure: new LoggedModelMeasureView(
                SqlSource.Text(row, 1), SqlSource.Text(row, 2), SqlSource.Number(row, 3) ?? 0, SqlSource.Number(row, 4) ?? 0, row.IsDBNull(5) ? null : row.GetDouble(5), Or(row, 6), Or(row, 7))), ct))
            .ToLookup(row => row.Id, row => row.Measure, StringComparer.Ordinal);
        return await Rows("logged_models", "model_id, name, artifact_location, creation_timestamp_ms, last_updated_timestamp_ms, status, lifecycle_stage, model_type, source_run_id", experiment, row =>
        {
            var id = SqlSource.Text(row, 0);
            return new SourceLoggedModel(new ImportedLoggedModel(
                id, $"{experiment}", SqlSource.Text(row, 1), SqlSource.Text(row, 7), (LoggedModelStatus)Math.Clamp(SqlSource.Number(row, 5) ?? 1, 1, 3),
                SqlSource.Text(row, 6) == "deleted" ? Lifecycle.Deleted : Lifecycle.Active, SqlSource.Number(row, 3) ?? 0, SqlSource.Number(row, 4) ?? 0,
                Pairs(parameters[id]), Pairs(tags[id]), [.. measures[id]], Or(row, 8), Or(row, 2)));
        }, ct);
    }

    private async Task<List<T>> Rows<T>(string table, string columns, long experiment, Func<DbDataReader, T> read, CancellationToken ct)
    {
        var all = new List<T>();
        if (!tables.Has(table)) { return all; }

        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {columns} FROM {table} WHERE experiment_id = @id ORDER BY model_id";
        SqlTables.Add(command, ("@id", experiment));
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) { all.Add(read(rows)); }

        return all;
    }

    private static (string Id, KeyValuePair<string, string> Pair) Pair(DbDataReader row) => (SqlSource.Text(row, 0), new(SqlSource.Text(row, 1), SqlSource.Text(row, 2)));

    private static Dictionary<string, string> Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        pairs.GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Last().Value, StringComparer.Ordinal);

    private static string? Or(DbDataReader row, int at) => SqlSource.Text(row, at) is { Length: > 0 } text ? text : null;
}
