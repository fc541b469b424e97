namespace Slipway.DuckDb;

/// <summary>Blocks of the protocol into vectors of the library, for appending.</summary>
internal static unsafe class VectorFiller
{
    public static void Fill(nint vector, ColumnBlock block)
    {
        if (block.HasNulls)
        {
            Api.duckdb_vector_ensure_validity_writable(vector);
            var words = Api.duckdb_vector_get_validity(vector);
            block.Valid.CopyTo(new Span<byte>(words, block.Valid.Length));
        }

        if (block.Type.SizeBytes > 0)
        {
            block.Raw.CopyTo(new Span<byte>(Api.duckdb_vector_get_data(vector), block.Raw.Length));
            return;
        }

        if (block.Elements is { } elements)
        {
            Lists(vector, block, elements);
            return;
        }

        for (var row = 0; row < block.Rows; row++)
        {
            if (block.IsNull(row)) { continue; }

            fixed (byte* text = block.Bytes(row))
            {
                byte empty = 0;
                Api.duckdb_vector_assign_string_element_len(vector, (ulong)row, text is null ? &empty : text, (ulong)block.Bytes(row).Length);
            }
        }
    }

    private static void Lists(nint vector, ColumnBlock block, ColumnBlock elements)
    {
        var entries = (Api.ListEntry*)Api.duckdb_vector_get_data(vector);
        for (var row = 0; row < block.Rows; row++)
        {
            var (from, to) = block.Range(row);
            entries[row] = new Api.ListEntry { Offset = (ulong)from, Length = (ulong)(to - from) };
        }

        if (Api.duckdb_list_vector_reserve(vector, (ulong)elements.Rows) != Api.Success || Api.duckdb_list_vector_set_size(vector, (ulong)elements.Rows) != Api.Success)
        {
            throw new DuckDbException(DuckDbErrorKind.OutOfMemory, $"Out of Memory Error: no room for the {elements.Rows} elements of a list");
        }

        Fill(Api.duckdb_list_vector_get_child(vector), elements);
    }
}
