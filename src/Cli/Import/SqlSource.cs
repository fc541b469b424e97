using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Import;

/// <summary>
/// The database of an MLflow server, of any of its versions: tables and columns that one lacks are told and done without. The tables' meaning is that of MLflow's public
/// <c>store/tracking/dbmodels/models.py</c> and <c>store/model_registry/dbmodels/models.py</c>.
/// </summary>
internal sealed class SqlSource : IMlflowSource
{
    private const int PageRuns = 200;
    private readonly DbConnection _connection;
    private readonly SqlTables _tables;

    private SqlSource(string name, DbConnection connection, SqlTables tables) => (Name, _connection, _tables) = (name, connection, tables);

    public string Name { get; }

    public IReadOnlyList<string> Notes => _tables.Notes;

    /// <exception cref="SourceException">It has not the tables of an MLflow server.</exception>
    public static async Task<SqlSource> Open(string name, DbConnection connection, CancellationToken ct)
    {
        var tables = await SqlTables.Read(connection, ct);
        if (!tables.Has("experiments") || !tables.Has("runs")) { throw new SourceException($"{name} has no tables 'experiments' and 'runs'; is it the database of an MLflow server?"); }

        await tables.Note(connection, ct);
        return new SqlSource(name, connection, tables);
    }

    public async IAsyncEnumerable<SourceExperiment> Experiments([EnumeratorCancellation] CancellationToken ct)
    {
        var tags = await Pairs("experiment_tags", "experiment_id", null, ct);
        var sql = $"SELECT experiment_id, name, {_tables.Or("experiments", "artifact_location")}, {_tables.Or("experiments", "lifecycle_stage")}, {_tables.Or("experiments", "creation_time")}, "
            + $"{_tables.Or("experiments", "last_update_time")} FROM experiments ORDER BY experiment_id";
        foreach (var row in await All(sql, null, row => new SourceExperiment(
            Text(row, 0), Text(row, 1), Text(row, 2), Stage(Text(row, 3)), Number(row, 4) ?? 0, Number(row, 5) ?? Number(row, 4) ?? 0, new Dictionary<string, string>()), ct))
        {
            yield return row with { Tags = tags.GetValueOrDefault(row.Id) ?? [] };
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<SourceRun>> Runs(SourceExperiment experiment, [EnumeratorCancellation] CancellationToken ct)
    {
        var sql = $"SELECT run_uuid, {_tables.Or("runs", "name")}, {_tables.Or("runs", "user_id")}, {_tables.Or("runs", "status")}, {_tables.Or("runs", "lifecycle_stage")}, {_tables.Or("runs", "start_time")}, "
            + $"{_tables.Or("runs", "end_time")}, {_tables.Or("runs", "artifact_uri")} FROM runs WHERE experiment_id = @id ORDER BY run_uuid";
        var id = long.Parse(experiment.Id, CultureInfo.InvariantCulture);
        var runs = await All(sql, id, row => new SourceRun(
            Text(row, 0), experiment.Id, Text(row, 1), Text(row, 2), Enum.TryParse<RunStatus>(Text(row, 3), ignoreCase: true, out var status) ? status : RunStatus.Running, Stage(Text(row, 4)),
            Number(row, 5) ?? 0, Number(row, 6), Text(row, 7), new Dictionary<string, string>(), new Dictionary<string, string>()), ct);
        foreach (var page in runs.Chunk(PageRuns))
        {
            var (from, to) = (page[0].RunId, page[^1].RunId);
            var parameters = await Pairs("params", "run_uuid", (from, to), ct);
            var tags = await Pairs("tags", "run_uuid", (from, to), ct);
            var used = await new SqlInputs(_connection, _tables).Read(from, to, ct);
            yield return [.. page.Select(run => used.Of(run) with { Params = parameters.GetValueOrDefault(run.RunId) ?? [], Tags = tags.GetValueOrDefault(run.RunId) ?? [] })];
        }
    }

    public async IAsyncEnumerable<SourceSeries> Points(SourceRun run, int most, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!_tables.Has("metrics")) { yield break; }

        await using var command = Command($"SELECT key, {_tables.Or("metrics", "step", "0")}, timestamp, value, {_tables.Or("metrics", "is_nan", "0")} FROM metrics WHERE run_uuid = @id ORDER BY 1, 3, 2", run.RunId);
        await using var rows = await command.ExecuteReaderAsync(ct);
        SourceSeries? series = null;
        while (await rows.ReadAsync(ct))
        {
            var key = rows.GetString(0);
            if (series is not null && (series.Key != key || series.Steps.Count >= most))
            {
                yield return series;
                series = null;
            }

            series ??= SourceSeries.Of(key);
            var isNan = !rows.IsDBNull(4) && Convert.ToBoolean(rows.GetValue(4), CultureInfo.InvariantCulture);
            series.Add(Number(rows, 1) ?? 0, Number(rows, 2) ?? 0, isNan || rows.IsDBNull(3) ? double.NaN : rows.GetDouble(3));
        }

        if (series is not null) { yield return series; }
    }

    public async Task<long> CountPoints(SourceRun run, CancellationToken ct) =>
        _tables.Has("metrics") ? (await All("SELECT COUNT(*) FROM metrics WHERE run_uuid = @id", run.RunId, row => Number(row, 0) ?? 0, ct))[0] : 0;

    public async IAsyncEnumerable<SourceModel> Models([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var model in await new SqlModels(_connection, _tables).Read(ct)) { yield return model; }
    }

    public async IAsyncEnumerable<SourceLoggedModel> LoggedModels(SourceExperiment experiment, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var model in await new SqlLoggedModels(_connection, _tables).Read(long.Parse(experiment.Id, CultureInfo.InvariantCulture), ct)) { yield return model; }
    }

    public IAsyncEnumerable<SourceFile>? Files(SourceLoggedModel model, CancellationToken ct) => null;

    /// <summary>A database knows the addresses of files, not the files.</summary>
    public IAsyncEnumerable<SourceFile>? Files(SourceRun run, CancellationToken ct) => null;

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    internal static string Text(DbDataReader row, int at) => row.IsDBNull(at) ? "" : Convert.ToString(row.GetValue(at), CultureInfo.InvariantCulture)!.Replace('\0', '\uFFFD');

    internal static long? Number(DbDataReader row, int at) => row.IsDBNull(at) ? null : Convert.ToInt64(row.GetValue(at), CultureInfo.InvariantCulture);

    private static Lifecycle Stage(string stage) => stage == "deleted" ? Lifecycle.Deleted : Lifecycle.Active;

    /// <summary>Keys and values by what they belong to.</summary>
    /// <param name="range">Only what belongs to ids from the first to the second; null = to all.</param>
    private async Task<Dictionary<string, Dictionary<string, string>>> Pairs(string table, string owner, (string From, string To)? range, CancellationToken ct)
    {
        var all = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        if (!_tables.Has(table)) { return all; }

        await using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {owner}, key, value FROM {table}{(range is null ? "" : $" WHERE {owner} >= @from AND {owner} <= @to")}";
        if (range is var (from, to)) { SqlTables.Add(command, ("@from", from), ("@to", to)); }

        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var id = Text(rows, 0);
            if (!all.TryGetValue(id, out var own)) { all[id] = own = new Dictionary<string, string>(StringComparer.Ordinal); }

            own[Text(rows, 1)] = Text(rows, 2);
        }

        return all;
    }

    private DbCommand Command(string sql, object? id)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        if (id is not null) { SqlTables.Add(command, ("@id", id)); }

        return command;
    }

    private async Task<List<T>> All<T>(string sql, object? id, Func<DbDataReader, T> read, CancellationToken ct)
    {
        await using var command = Command(sql, id);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var all = new List<T>();
        while (await rows.ReadAsync(ct)) { all.Add(read(rows)); }

        return all;
    }
}
