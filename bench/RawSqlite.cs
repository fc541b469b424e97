using SQLitePCL;
using static SQLitePCL.raw;

namespace Slipway.Bench;

/// <summary>The yardstick: one prepared statement called directly, one transaction per batch, the same journal and sync settings as the server's.</summary>
internal sealed class RawSqlite : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;

    public RawSqlite(string file)
    {
        Check(sqlite3_open(file, out _db));
        foreach (var sql in (string[])["PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA cache_size=-65536",
            "CREATE TABLE bench_batch (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, value DOUBLE PRECISION NOT NULL, at_ms BIGINT NOT NULL)"])
        {
            Check(sqlite3_exec(_db, sql));
        }

        Check(sqlite3_prepare_v2(_db, "INSERT INTO bench_batch (id, name, value, at_ms) VALUES (?, ?, ?, ?)", out _insert));
        Check(sqlite3_prepare_v2(_db, "BEGIN IMMEDIATE", out _begin));
        Check(sqlite3_prepare_v2(_db, "COMMIT", out _commit));
    }

    public void InsertBatch(ref long next, int rows)
    {
        Step(_begin);
        for (var i = 0; i < rows; i++)
        {
            sqlite3_bind_int64(_insert, 1, ++next);
            sqlite3_bind_text(_insert, 2, "loss");
            sqlite3_bind_double(_insert, 3, 0.25);
            sqlite3_bind_int64(_insert, 4, 1_700_000_000_000L);
            Step(_insert);
        }

        Step(_commit);
    }

    public void Dispose()
    {
        _insert.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _db.Dispose();
    }

    private static void Step(sqlite3_stmt statement)
    {
        var code = sqlite3_step(statement);
        Check(sqlite3_reset(statement) is var reset && code == SQLITE_DONE ? reset : code);
    }

    private static void Check(int code)
    {
        if (code != SQLITE_OK) { throw new InvalidOperationException($"SQLite answered {code}."); }
    }
}
