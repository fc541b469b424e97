using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Slipway.Kernel;

/// <summary>One SQLite connection with its prepared statements, found by their text.</summary>
internal sealed class SqliteSession : DbSession
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatements _statements;
    private readonly delegate_progress _watch;
    private long _deadline;

    public SqliteSession(string path, bool writer)
    {
        SqliteLibrary.EnsureLoaded();
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        _statements = new SqliteStatements(_connection.Handle!);
        // Direct calls do not wait by themselves, as those of ADO.NET do; nobody else writes, so only the recovery after a crash is waited for.
        Script("PRAGMA busy_timeout=30000;");
        // A checkpoint every 16 MB of log instead of every 4: fewer syncs, and pages that change often are written back once.
        Script(writer
            ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000;"
            : "PRAGMA query_only=ON; PRAGMA cache_size=-16384; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;");
        _watch = _ => Stopwatch.GetTimestamp() > _deadline ? 1 : 0;
        if (!writer) { raw.sqlite3_progress_handler(_connection.Handle, 20_000, _watch, null); }
    }

    public override ISqlDialect Dialect { get; } = new SqliteDialect();

    /// <summary>From now on statements stop with SQLITE_INTERRUPT after this time.</summary>
    public void AllowSeconds(int seconds) => _deadline = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);

    public override DbDataReader Query(Sql sql) => _statements.Query(sql);

    public override int Execute(Sql sql) => _statements.Execute(sql);

    public override void Script(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    public override void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }
}
