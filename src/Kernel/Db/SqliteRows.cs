using System.Collections;
using System.Data.Common;
using System.Text;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Slipway.Kernel;

/// <summary>
/// The rows of a statement as they come: integers, doubles, texts and bytes, which is all that the records hold. Whatever else the base class can do is refused.
/// </summary>
/// <exception cref="InvalidCastException">A column holds null or another kind of value than is asked for.</exception>
internal sealed class SqliteRows : DbDataReader
{
    private readonly SqliteStatement _statement;
    private readonly bool _any;
    // The first row was fetched already and is not read yet.
    private bool _waiting;
    private bool _ended;
    private bool _closed;

    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">As SQLite says: it runs up to its first row here.</exception>
    public SqliteRows(SqliteStatement statement)
    {
        _statement = statement;
        try
        {
            _any = _waiting = statement.Step();
            _ended = !_any;
        }
        catch
        {
            statement.Reset();
            throw;
        }

        statement.Busy = true;
    }

    public override int FieldCount => sqlite3_column_count(_statement.Handle);

    public override bool HasRows => _any;

    public override bool IsClosed => _closed;

    public override int Depth => 0;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        if (_waiting) { _waiting = false; }
        else { _ended = _ended || !_statement.Step(); }

        return !_ended;
    }

    public override bool NextResult() => false;

    public override bool IsDBNull(int ordinal) => sqlite3_column_type(_statement.Handle, ordinal) == SQLITE_NULL;

    public override long GetInt64(int ordinal)
    {
        Expect(ordinal, SQLITE_INTEGER);
        return sqlite3_column_int64(_statement.Handle, ordinal);
    }

    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    /// <summary>Of integers as well: SQLite keeps a whole number as one where that is smaller.</summary>
    public override double GetDouble(int ordinal)
    {
        Expect(ordinal, SQLITE_FLOAT, SQLITE_INTEGER);
        return sqlite3_column_double(_statement.Handle, ordinal);
    }

    public override string GetString(int ordinal)
    {
        Expect(ordinal, SQLITE_TEXT);
        return Encoding.UTF8.GetString(sqlite3_column_blob(_statement.Handle, ordinal));
    }

    public override T GetFieldValue<T>(int ordinal) => (T)GetValue(ordinal);

    public override object GetValue(int ordinal) => sqlite3_column_type(_statement.Handle, ordinal) switch
    {
        SQLITE_NULL => DBNull.Value,
        SQLITE_INTEGER => sqlite3_column_int64(_statement.Handle, ordinal),
        SQLITE_FLOAT => sqlite3_column_double(_statement.Handle, ordinal),
        SQLITE_TEXT => GetString(ordinal),
        _ => sqlite3_column_blob(_statement.Handle, ordinal).ToArray(),
    };

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) { values[i] = GetValue(i); }

        return count;
    }

    public override string GetName(int ordinal) => sqlite3_column_name(_statement.Handle, ordinal).utf8_to_string();

    public override int GetOrdinal(string name)
    {
        for (var i = 0; i < FieldCount; i++)
        {
            if (GetName(i) == name) { return i; }
        }

        throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such column.");
    }

    public override Type GetFieldType(int ordinal) => GetValue(ordinal).GetType();

    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override byte GetByte(int ordinal) => throw Unknown();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw Unknown();

    public override char GetChar(int ordinal) => throw Unknown();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw Unknown();

    public override DateTime GetDateTime(int ordinal) => throw Unknown();

    public override decimal GetDecimal(int ordinal) => throw Unknown();

    public override float GetFloat(int ordinal) => throw Unknown();

    public override Guid GetGuid(int ordinal) => throw Unknown();

    public override short GetInt16(int ordinal) => throw Unknown();

    /// <summary>Disposing does the same.</summary>
    public override void Close()
    {
        if (_closed) { return; }

        _closed = true;
        _statement.Reset();
        _statement.Busy = false;
    }

    private void Expect(int ordinal, int type, int? other = null)
    {
        var found = sqlite3_column_type(_statement.Handle, ordinal);
        if (found != type && found != other) { throw new InvalidCastException($"Column {ordinal} ({GetName(ordinal)}) holds {GetDataTypeName(ordinal)}, not what was asked for."); }
    }

    private static NotSupportedException Unknown() => new("The records hold integers, doubles, texts and bytes only.");
}
