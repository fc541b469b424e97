using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Slipway.Kernel;

/// <summary>One SQLite connection with its prepared statements, found by their text.</summary>
internal sealed class SqliteSession : DbSession
{
    // Enough for every statement of the house and the shapes of filters in use; past it the oldest shapes are prepared again.
    private const int MaxStatements = 500;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = [];
    private readonly Dictionary<string, SqliteCommand>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly SqliteStatements _silent;
    private readonly delegate_progress _watch;
    private long _deadline;

    public SqliteSession(string path, bool writer)
    {
        SqliteLibrary.EnsureLoaded();
        _byText = _statements.GetAlternateLookup<ReadOnlySpan<char>>();
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        _silent = new SqliteStatements(_connection.Handle!, MaxStatements);
        // Direct calls do not wait by themselves, as those of ADO.NET do; nobody else writes, so only the recovery after a crash is waited for.
        Script("PRAGMA busy_timeout=30000;");
        Script(writer
            ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
            : "PRAGMA query_only=ON; PRAGMA cache_size=-16384; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;");
        _watch = _ => Stopwatch.GetTimestamp() > _deadline ? 1 : 0;
        if (!writer) { raw.sqlite3_progress_handler(_connection.Handle, 20_000, _watch, null); }
    }

    public override ISqlDialect Dialect { get; } = new SqliteDialect();

    /// <summary>From now on statements stop with SQLITE_INTERRUPT after this time.</summary>
    public void AllowSeconds(int seconds) => _deadline = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);

    public override DbDataReader Query(Sql sql) => Prepare(sql).ExecuteReader();

    public override int Execute(Sql sql) => _silent.Execute(sql);

    public override void Script(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    public override void Dispose()
    {
        Forget();
        _silent.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepare(Sql sql)
    {
        if (!_byText.TryGetValue(sql.Text, out var command)) { command = Remember(sql); }

        var parameters = sql.Parameters;
        for (var i = 0; i < parameters.Length; i++) { command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value; }

        sql.Recycle();
        return command;
    }

    private SqliteCommand Remember(Sql sql)
    {
        if (_statements.Count >= MaxStatements) { Forget(); }

        var command = _connection.CreateCommand();
        command.CommandText = sql.NumberedText();
        for (var i = 0; i < sql.Count; i++)
        {
            var type = sql.Parameters[i].Type switch
            {
                SqlType.Text => SqliteType.Text,
                SqlType.Integer => SqliteType.Integer,
                SqlType.Double => SqliteType.Real,
                _ => SqliteType.Blob,
            };
            command.Parameters.Add(new SqliteParameter($"${i + 1}", type));
        }

        _statements[sql.Text.ToString()] = command;
        return command;
    }

    private void Forget()
    {
        foreach (var command in _statements.Values) { command.Dispose(); }

        _statements.Clear();
    }
}
