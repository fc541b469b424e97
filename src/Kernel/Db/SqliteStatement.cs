using System.Buffers;
using System.Text;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Slipway.Kernel;

/// <summary>A prepared statement, called on SQLite directly: ADO.NET's commands and parameter look-ups took a third of a batch of inserts, and as much of a short query.</summary>
internal sealed class SqliteStatement(sqlite3 connection, sqlite3_stmt handle) : IDisposable
{
    public sqlite3_stmt Handle { get; } = handle;

    /// <summary>Its rows are being read: until they are given back it cannot run a second time.</summary>
    public bool Busy { get; set; }

    public void Bind(ReadOnlySpan<SqlParameter> parameters)
    {
        for (var i = 0; i < parameters.Length; i++) { Check(Bind(i + 1, parameters[i])); }
    }

    /// <returns>False at the end.</returns>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">As SQLite says.</exception>
    public bool Step()
    {
        var code = sqlite3_step(Handle);
        if (code is not (SQLITE_ROW or SQLITE_DONE)) { Check(code); }

        return code == SQLITE_ROW;
    }

    /// <summary>The answer of a failed step comes again here and was told there.</summary>
    public void Reset() => _ = sqlite3_reset(Handle);

    public void Dispose() => Handle.Dispose();

    private int Bind(int place, SqlParameter parameter) => parameter switch
    {
        { IsNull: true } => sqlite3_bind_null(Handle, place),
        { Type: SqlType.Integer } => sqlite3_bind_int64(Handle, place, parameter.Integer),
        // SQLite would store it as null.
        { Type: SqlType.Double, Double: double.NaN } => throw new InvalidOperationException("SQLite cannot store NaN; store null and a column that says so."),
        { Type: SqlType.Double } => sqlite3_bind_double(Handle, place, parameter.Double),
        { Type: SqlType.Text } => BindText(place, parameter.Text),
        // An empty span has no address, which SQLite takes for null.
        { Bytes.Length: 0 } => sqlite3_bind_zeroblob(Handle, place, 0),
        _ => sqlite3_bind_blob(Handle, place, parameter.Bytes),
    };

    private int BindText(int place, string text)
    {
        if (text.Length == 0) { return sqlite3_bind_text(Handle, place, ""); }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= 1024)
        {
            Span<byte> few = stackalloc byte[most];
            return sqlite3_bind_text(Handle, place, few[..Encoding.UTF8.GetBytes(text, few)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        try { return sqlite3_bind_text(Handle, place, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented))); }
        finally { ArrayPool<byte>.Shared.Return(rented); }
    }

    private void Check(int code)
    {
        if (code != SQLITE_OK) { Microsoft.Data.Sqlite.SqliteException.ThrowExceptionForRC(code, connection); }
    }
}
