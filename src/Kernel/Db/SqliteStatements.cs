using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Slipway.Kernel;

/// <summary>The prepared statements of one connection, found by their text. One thread.</summary>
internal sealed class SqliteStatements(sqlite3 connection) : IDisposable
{
    // Enough for every statement of the house and the shapes of filters in use; past it all are prepared again.
    private const int MaxStatements = 500;

    private readonly Dictionary<string, SqliteStatement> _statements = [];

    /// <returns>The rows that the last insert, update or delete changed.</returns>
    /// <exception cref="SqliteException">As SQLite says.</exception>
    public int Execute(Sql sql)
    {
        var statement = Bound(sql);
        try
        {
            while (statement.Step()) { /* rows that nobody asked for */ }

            return sqlite3_changes(connection);
        }
        finally { statement.Reset(); }
    }

    /// <exception cref="SqliteException">As SQLite says.</exception>
    public SqliteRows Query(Sql sql) => new(Bound(sql));

    public void Dispose()
    {
        foreach (var statement in _statements.Values) { statement.Dispose(); }

        _statements.Clear();
    }

    private SqliteStatement Bound(Sql sql)
    {
        if (!_statements.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(sql.Text, out var statement)) { statement = Prepare(sql); }

        if (statement.Busy) { throw new InvalidOperationException($"The rows of this statement are still being read: {sql.NumberedText()}"); }

        statement.Bind(sql.Parameters);
        sql.Recycle();
        return statement;
    }

    private SqliteStatement Prepare(Sql sql)
    {
        if (_statements.Count >= MaxStatements && !_statements.Values.Any(statement => statement.Busy)) { Dispose(); }

        var code = sqlite3_prepare_v2(connection, sql.NumberedText(), out var handle);
        if (code != SQLITE_OK) { SqliteException.ThrowExceptionForRC(code, connection); }

        return _statements[sql.Text.ToString()] = new SqliteStatement(connection, handle);
    }
}
