using System.Data.Common;
using Slipway.Registry.Contracts;

namespace Slipway.Cli.Import;

/// <summary>The registry's part of an MLflow database.</summary>
internal sealed class SqlModels(DbConnection connection, SqlTables tables)
{
    // MLflow keeps the row of a deleted version under this stage.
    private const string Deleted = "Deleted_Internal";

    public async Task<List<SourceModel>> Read(CancellationToken ct)
    {
        if (!tables.Has("registered_models")) { return []; }

        var versions = (await Versions(ct)).ToLookup(row => row.Model, StringComparer.Ordinal);
        var tags = (await Rows("registered_model_tags", "name, key, value", row => (Name: Text(row, 0), Key: Text(row, 1), Value: Text(row, 2)), ct)).ToLookup(row => row.Name, StringComparer.Ordinal);
        var aliases = (await Rows("registered_model_aliases", "name, alias, version", row => (Name: Text(row, 0), Alias: Text(row, 1), Version: SqlSource.Number(row, 2) ?? 0), ct)).ToLookup(row => row.Name, StringComparer.Ordinal);
        return await Rows("registered_models", $"name, {tables.Or("registered_models", "description")}, {tables.Or("registered_models", "creation_time")}, {tables.Or("registered_models", "last_updated_time")}", row =>
        {
            var (name, created) = (Text(row, 0), SqlSource.Number(row, 2) ?? 0);
            return new SourceModel(
                name, row.IsDBNull(1) ? null : Text(row, 1), created, SqlSource.Number(row, 3) ?? created, versions[name].Select(one => one.Version.Version).DefaultIfEmpty(0).Max(),
                tags[name].GroupBy(tag => tag.Key, StringComparer.Ordinal).ToDictionary(tag => tag.Key, tag => tag.Last().Value, StringComparer.Ordinal),
                aliases[name].ToDictionary(alias => alias.Alias, alias => alias.Version, StringComparer.Ordinal),
                [.. versions[name].Where(one => !one.Deleted).Select(one => one.Version)]);
        }, ct);
    }

    private async Task<List<(string Model, bool Deleted, SourceVersion Version)>> Versions(CancellationToken ct)
    {
        const string Table = "model_versions";
        var tags = (await Rows("model_version_tags", "name, version, key, value", row => (Of: (Text(row, 0), SqlSource.Number(row, 1) ?? 0), Key: Text(row, 2), Value: Text(row, 3)), ct)).ToLookup(row => row.Of);
        var columns = string.Join(", ", ((string[])["source", "run_id", "run_link", "description", "current_stage", "creation_time", "last_updated_time", "user_id"]).Select(column => tables.Or(Table, column)));
        return await Rows(Table, "name, version, " + columns, row =>
        {
            var (name, number, stage) = (Text(row, 0), SqlSource.Number(row, 1) ?? 0, Text(row, 6));
            return (name, stage == Deleted, new SourceVersion(
                number, Text(row, 2), Or(row, 3), Or(row, 4), Or(row, 5), Enum.TryParse<ModelStage>(stage, ignoreCase: true, out var known) ? known : ModelStage.None,
                SqlSource.Number(row, 7) ?? 0, SqlSource.Number(row, 8) ?? SqlSource.Number(row, 7) ?? 0, Or(row, 9),
                tags[(name, number)].GroupBy(tag => tag.Key, StringComparer.Ordinal).ToDictionary(tag => tag.Key, tag => tag.Last().Value, StringComparer.Ordinal)));
        }, ct);
    }

    private async Task<List<T>> Rows<T>(string table, string columns, Func<DbDataReader, T> read, CancellationToken ct)
    {
        var all = new List<T>();
        if (!tables.Has(table)) { return all; }

        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {columns} FROM {table} ORDER BY name";
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) { all.Add(read(rows)); }

        return all;
    }

    private static string Text(DbDataReader row, int at) => SqlSource.Text(row, at);

    private static string? Or(DbDataReader row, int at) => Text(row, at) is { Length: > 0 } text ? text : null;
}
