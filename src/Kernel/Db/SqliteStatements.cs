using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Slipway.Kernel;

/// <summary>
/// Statements that give no rows, called on SQLite directly: ADO.NET's reader and parameter look-ups took a third of a batch of inserts. One thread.
/// </summary>
internal sealed class SqliteStatements(sqlite3 connection, int max) : IDisposable
{
    private readonly Dictionary<string, sqlite3_stmt> _statements = [];

    /// <returns>The rows that the last insert, update or delete changed.</returns>
    /// <exception cref="SqliteException">As SQLite says.</exception>
    public int Execute(Sql sql)
    {
        if (!_statements.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(sql.Text, out var statement)) { statement = Prepare(sql); }

        var parameters = sql.Parameters;
        for (var i = 0; i < parameters.Length; i++) { Check(Bind(statement, i + 1, parameters[i])); }

        sql.Recycle();
        try
        {
            int code;
            do { code = sqlite3_step(statement); }
            while (code == SQLITE_ROW);

            if (code != SQLITE_DONE) { Check(code); }

            return sqlite3_changes(connection);
        }
        finally { _ = sqlite3_reset(statement); }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) { statement.Dispose(); }

        _statements.Clear();
    }

    private sqlite3_stmt Prepare(Sql sql)
    {
        if (_statements.Count >= max) { Dispose(); }

        Check(sqlite3_prepare_v2(connection, sql.NumberedText(), out var statement));
        return _statements[sql.Text.ToString()] = statement;
    }

    private static int Bind(sqlite3_stmt statement, int place, SqlParameter parameter) => parameter.Value switch
    {
        null => sqlite3_bind_null(statement, place),
        long integer => sqlite3_bind_int64(statement, place, integer),
        // SQLite would store it as null.
        double.NaN => throw new InvalidOperationException("SQLite cannot store NaN; store null and a column that says so."),
        double number => sqlite3_bind_double(statement, place, number),
        string text => BindText(statement, place, text),
        // An empty span has no address, which SQLite takes for null.
        byte[] { Length: 0 } => sqlite3_bind_zeroblob(statement, place, 0),
        byte[] bytes => sqlite3_bind_blob(statement, place, bytes),
        var other => throw new InvalidOperationException($"A hole of type {other.GetType()} cannot be bound."),
    };

    private static int BindText(sqlite3_stmt statement, int place, string text)
    {
        if (text.Length == 0) { return sqlite3_bind_text(statement, place, ""); }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= 1024)
        {
            Span<byte> few = stackalloc byte[most];
            return sqlite3_bind_text(statement, place, few[..Encoding.UTF8.GetBytes(text, few)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        try { return sqlite3_bind_text(statement, place, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented))); }
        finally { ArrayPool<byte>.Shared.Return(rented); }
    }

    private void Check(int code)
    {
        if (code != SQLITE_OK) { SqliteException.ThrowExceptionForRC(code, connection); }
    }
}
