using System.Text;

namespace Slipway.DuckDb;

/// <summary>One prepared statement.</summary>
internal sealed unsafe class Statement : IDisposable
{
    private nint _handle;

    /// <exception cref="DuckDbException">The SQL is wrong, or is several statements.</exception>
    public Statement(Database database, string sql)
    {
        if (sql.Contains('\0', StringComparison.Ordinal)) { throw new DuckDbException(DuckDbErrorKind.Statement, "Parser Error: the statement holds a NUL character"); }

        fixed (byte* text = Encoding.UTF8.GetBytes(sql + '\0'))
        {
            if (Api.duckdb_prepare(database.Connection, text, out _handle) == Api.Success) { return; }
        }

        var message = Text.Borrowed(Api.duckdb_prepare_error(_handle));
        Dispose();
        throw Fault.OfPrepare(message);
    }

    /// <summary>Binds the parameters, one row of one block each; null for a NULL without a type.</summary>
    public void Bind(IReadOnlyList<ColumnBlock?> parameters)
    {
        var wanted = Api.duckdb_nparams(_handle);
        if (wanted != (ulong)parameters.Count)
        {
            throw new DuckDbException(DuckDbErrorKind.Statement, $"Invalid Input Error: the statement has {wanted} parameters and {parameters.Count} values were given");
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            var value = parameters[i] is { } block ? NativeValue.Create(block, 0) : Api.duckdb_create_null_value();
            if (value == 0) { throw new DuckDbException(DuckDbErrorKind.Value, $"Invalid Input Error: DuckDB does not take value {i + 1}; text must be valid UTF-8"); }

            var state = Api.duckdb_bind_value(_handle, (ulong)i + 1, value);
            Api.duckdb_destroy_value(ref value);
            if (state != Api.Success) { throw Fault.OfPrepare(Text.Borrowed(Api.duckdb_prepare_error(_handle))); }
        }
    }

    /// <summary>Runs to its end and gives the number of changed rows.</summary>
    public long Change()
    {
        var state = Api.duckdb_execute_prepared(_handle, out var result);
        try
        {
            return state == Api.Success ? (long)Api.duckdb_rows_changed(ref result) : throw Fault.Of(Text.Borrowed(Api.duckdb_result_error(ref result)));
        }
        finally
        {
            Api.duckdb_destroy_result(ref result);
        }
    }

    /// <summary>Runs and gives its rows as they come.</summary>
    /// <param name="header">Takes the names and types, once.</param>
    /// <param name="chunk">Takes the number of rows and the vectors of each chunk.</param>
    public void Rows(Action<IReadOnlyList<(string Name, VectorReader Reader)>> header, Action<int, nint, IReadOnlyList<(string Name, VectorReader Reader)>> chunk)
    {
        var state = Api.duckdb_execute_prepared_streaming(_handle, out var result);
        try
        {
            if (state != Api.Success) { throw Fault.Of(Text.Borrowed(Api.duckdb_result_error(ref result))); }

            var columns = Columns(ref result);
            header(columns);
            while (Api.duckdb_fetch_chunk(result) is var fetched and not 0)
            {
                var rows = (int)Api.duckdb_data_chunk_get_size(fetched);
                if (rows > 0) { chunk(rows, fetched, columns); }

                Api.duckdb_destroy_data_chunk(ref fetched);
                if (rows == 0) { break; }
            }

            // A fault in the middle ends the chunks early and stays in the result.
            var error = Api.duckdb_result_error(ref result);
            if (error != 0) { throw Fault.Of(Text.Borrowed(error)); }
        }
        finally
        {
            Api.duckdb_destroy_result(ref result);
        }
    }

    public void Dispose()
    {
        if (_handle != 0) { Api.duckdb_destroy_prepare(ref _handle); }
    }

    private static List<(string Name, VectorReader Reader)> Columns(ref Api.Result result)
    {
        var columns = new List<(string, VectorReader)>();
        for (ulong i = 0; i < Api.duckdb_column_count(ref result); i++)
        {
            var name = Text.Borrowed(Api.duckdb_column_name(ref result, i));
            using var type = new LogicalType(Api.duckdb_column_logical_type(ref result, i));
            columns.Add((name, new VectorReader(type, name)));
        }

        return columns;
    }
}
