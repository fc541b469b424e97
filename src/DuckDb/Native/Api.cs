using System.Runtime.InteropServices;

namespace Slipway.DuckDb;

/// <summary>The part of DuckDB's C interface (duckdb.h, 1.5) that is used, under its own names. Handles are pointers; a state of 0 is success.</summary>
internal static unsafe partial class Api
{
    public const string Library = "duckdb";

    public const int Success = 0;

    /// <summary><c>duckdb_result</c>: five deprecated fields and a pointer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        public ulong ColumnCount;
        public ulong RowCount;
        public ulong RowsChanged;
        public nint Columns;
        public nint ErrorMessage;
        public nint Internal;
    }

    /// <summary><c>duckdb_decimal</c>; <c>duckdb_hugeint</c> is lower and upper half.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Decimal
    {
        public byte Width;
        public byte Scale;
        public ulong Lower;
        public long Upper;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct HugeInt
    {
        public ulong Lower;
        public long Upper;
    }

    /// <summary><c>duckdb_list_entry</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ListEntry
    {
        public ulong Offset;
        public ulong Length;
    }

    [LibraryImport(Library)]
    public static partial void duckdb_free(nint pointer);

    [LibraryImport(Library)]
    public static partial nint duckdb_library_version();

    // Open and connect.
    [LibraryImport(Library)]
    public static partial int duckdb_create_config(out nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_set_config(nint config, string name, string option);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_config(ref nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_open_ext(string? path, out nint database, nint config, out nint error);

    [LibraryImport(Library)]
    public static partial int duckdb_connect(nint database, out nint connection);

    [LibraryImport(Library)]
    public static partial void duckdb_interrupt(nint connection);

    [LibraryImport(Library)]
    public static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Library)]
    public static partial void duckdb_close(ref nint database);

    // Statements.
    [LibraryImport(Library)]
    public static partial int duckdb_prepare(nint connection, byte* query, out nint statement);

    [LibraryImport(Library)]
    public static partial nint duckdb_prepare_error(nint statement);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_prepare(ref nint statement);

    [LibraryImport(Library)]
    public static partial ulong duckdb_nparams(nint statement);

    [LibraryImport(Library)]
    public static partial int duckdb_bind_value(nint statement, ulong index, nint value);

    [LibraryImport(Library)]
    public static partial int duckdb_execute_prepared(nint statement, out Result result);

    [LibraryImport(Library)]
    public static partial int duckdb_execute_prepared_streaming(nint statement, out Result result);

    // Results.
    [LibraryImport(Library)]
    public static partial void duckdb_destroy_result(ref Result result);

    [LibraryImport(Library)]
    public static partial nint duckdb_result_error(ref Result result);

    [LibraryImport(Library)]
    public static partial ulong duckdb_column_count(ref Result result);

    [LibraryImport(Library)]
    public static partial nint duckdb_column_name(ref Result result, ulong column);

    [LibraryImport(Library)]
    public static partial nint duckdb_column_logical_type(ref Result result, ulong column);

    [LibraryImport(Library)]
    public static partial ulong duckdb_rows_changed(ref Result result);

    [LibraryImport(Library)]
    public static partial nint duckdb_fetch_chunk(Result result);

    [LibraryImport(Library)]
    public static partial nint duckdb_create_data_chunk(nint* types, ulong count);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_data_chunk(ref nint chunk);

    [LibraryImport(Library)]
    public static partial void duckdb_data_chunk_reset(nint chunk);

    [LibraryImport(Library)]
    public static partial ulong duckdb_data_chunk_get_size(nint chunk);

    [LibraryImport(Library)]
    public static partial void duckdb_data_chunk_set_size(nint chunk, ulong size);

    [LibraryImport(Library)]
    public static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);

    // Vectors.
    [LibraryImport(Library)]
    public static partial byte* duckdb_vector_get_data(nint vector);

    [LibraryImport(Library)]
    public static partial ulong* duckdb_vector_get_validity(nint vector);

    [LibraryImport(Library)]
    public static partial void duckdb_vector_ensure_validity_writable(nint vector);

    [LibraryImport(Library)]
    public static partial void duckdb_vector_assign_string_element_len(nint vector, ulong index, byte* text, ulong length);

    [LibraryImport(Library)]
    public static partial nint duckdb_list_vector_get_child(nint vector);

    [LibraryImport(Library)]
    public static partial int duckdb_list_vector_reserve(nint vector, ulong capacity);

    [LibraryImport(Library)]
    public static partial int duckdb_list_vector_set_size(nint vector, ulong size);

    [LibraryImport(Library)]
    public static partial nint duckdb_array_vector_get_child(nint vector);
}
