using System.Data.Common;
using System.Globalization;

namespace Slipway.Cli.Import;

/// <summary>Which tables and columns a database has.</summary>
internal sealed class SqlTables
{
    // What a newer MLflow keeps that has no place here yet.
    private static readonly (string Table, string What)[] Foreign =
    [
        ("trace_info", "traces"), ("assessments", "assessments"), ("scorers", "scorers"), ("evaluation_datasets", "evaluation datasets"), ("webhooks", "webhooks"), ("endpoints", "gateway endpoints"),
    ];

    private readonly Dictionary<string, HashSet<string>> _columns;
    private readonly List<string> _notes = [];

    private SqlTables(Dictionary<string, HashSet<string>> columns) => _columns = columns;

    public IReadOnlyList<string> Notes => _notes;

    public bool Has(string table) => _columns.ContainsKey(table);

    public bool Has(string table, string column) => _columns.TryGetValue(table, out var columns) && columns.Contains(column);

    /// <summary>The column, or what stands for it in an older database.</summary>
    public string Or(string table, string column, string instead = "NULL") => Has(table, column) ? column : instead;

    public static async Task<SqlTables> Read(DbConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = connection is Microsoft.Data.Sqlite.SqliteConnection
            ? "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
            : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()";
        await using var rows = await command.ExecuteReaderAsync(ct);
        var columns = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
        while (await rows.ReadAsync(ct))
        {
            if (!columns.TryGetValue(rows.GetString(0), out var own)) { columns[rows.GetString(0)] = own = new HashSet<string>(StringComparer.OrdinalIgnoreCase); }

            own.Add(rows.GetString(1));
        }

        return new SqlTables(columns);
    }

    /// <summary>Says what is missing, and what is there and stays there.</summary>
    public async Task Note(DbConnection connection, CancellationToken ct)
    {
        foreach (var (table, column) in ((string, string)[])[("metrics", "step"), ("metrics", "is_nan"), ("experiments", "creation_time"), ("runs", "name")])
        {
            if (!Has(table, column)) { _notes.Add($"The database is of an older MLflow: {table} has no column '{column}'."); }
        }

        foreach (var table in (string[])["experiment_tags", "registered_models", "registered_model_aliases"])
        {
            if (!Has(table)) { _notes.Add($"The database has no table '{table}'."); }
        }

        foreach (var (table, what) in Foreign.Where(one => Has(one.Table)))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {table}";
            var count = Convert.ToInt64(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
            if (count > 0) { _notes.Add($"{Show.Count(count)} {what} stay behind: they have no place here yet."); }
        }
    }

    public static void Add(DbCommand command, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }
}
