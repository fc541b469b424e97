namespace Slipway.DuckDb;

/// <summary>A type of the library, freed at the end of its scope.</summary>
internal ref struct LogicalType(nint handle)
{
    private nint _handle = handle;

    public readonly nint Handle => _handle;

    /// <summary>The number of duckdb_type.</summary>
    public readonly int Id => Api.duckdb_get_type_id(_handle);

    public static LogicalType Of(DuckDbType type)
    {
        if (type.Kind == DuckDbKind.Decimal) { return new LogicalType(Api.duckdb_create_decimal_type((byte)type.Width, (byte)type.Scale)); }

        if (type.Element is null) { return new LogicalType(Api.duckdb_create_logical_type((int)type.Kind)); }

        using var element = Of(type.Element);
        return new LogicalType(Api.duckdb_create_list_type(element.Handle));
    }

    public void Dispose()
    {
        if (_handle != 0) { Api.duckdb_destroy_logical_type(ref _handle); }
    }
}
