namespace Slipway.DuckDb;

/// <summary>Rows into a table, by blocks of columns.</summary>
internal sealed unsafe class Appender : IDisposable
{
    private nint _handle;

    /// <exception cref="DuckDbException">There is no such table.</exception>
    public Appender(Database database, string table)
    {
        if (Api.duckdb_appender_create(database.Connection, null, table, out _handle) == Api.Success) { return; }

        var message = Text.Borrowed(Api.duckdb_appender_error(_handle));
        Dispose();
        throw Fault.OfPrepare(message);
    }

    public long Rows { get; private set; }

    /// <param name="blocks">One per column of the table, of the same number of rows, at most 2,048.</param>
    public void Add(IReadOnlyList<ColumnBlock> blocks)
    {
        var wanted = Api.duckdb_appender_column_count(_handle);
        if (wanted != (ulong)blocks.Count) { throw new DuckDbException(DuckDbErrorKind.Statement, $"the table has {wanted} columns and {blocks.Count} were given"); }

        var types = new nint[blocks.Count];
        nint chunk = 0;
        try
        {
            for (var i = 0; i < types.Length; i++)
            {
                // The handle is kept past the scope of the wrapper and freed below.
                types[i] = LogicalType.Of(blocks[i].Type).Handle;
            }

            fixed (nint* first = types) { chunk = Api.duckdb_create_data_chunk(first, (ulong)types.Length); }

            for (var i = 0; i < types.Length; i++) { VectorFiller.Fill(Api.duckdb_data_chunk_get_vector(chunk, (ulong)i), blocks[i]); }

            Api.duckdb_data_chunk_set_size(chunk, (ulong)blocks[0].Rows);
            Check(Api.duckdb_append_data_chunk(_handle, chunk));
            Rows += blocks[0].Rows;
        }
        finally
        {
            if (chunk != 0) { Api.duckdb_destroy_data_chunk(ref chunk); }

            for (var i = 0; i < types.Length; i++)
            {
                if (types[i] != 0) { Api.duckdb_destroy_logical_type(ref types[i]); }
            }
        }
    }

    /// <summary>Writes what is still held back.</summary>
    public void Close() => Check(Api.duckdb_appender_close(_handle));

    public void Dispose()
    {
        if (_handle != 0) { _ = Api.duckdb_appender_destroy(ref _handle); }
    }

    private void Check(int state)
    {
        if (state != Api.Success) { throw Fault.Of(Text.Borrowed(Api.duckdb_appender_error(_handle))); }
    }
}
