namespace Slipway.DuckDb;

/// <summary>Some rows of a result, by column. It stays valid after the next one is read.</summary>
public sealed class ResultChunk
{
    internal ResultChunk(int rows, IReadOnlyList<ResultColumn> columns) => (Rows, Columns) = (rows, columns);

    /// <summary>1 to 2,048.</summary>
    public int Rows { get; }

    /// <summary>In the order of the statement; the same names and types in every chunk of a result.</summary>
    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>A column by its name as the statement writes it.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ResultColumn this[string name] => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new ArgumentException($"the result has no column '{name}'; it has {string.Join(", ", Columns.Select(column => column.Name))}", nameof(name));

    internal static ResultChunk Read(byte[] payload, IReadOnlyList<(string Name, DuckDbType Type)> header)
    {
        var reader = new PayloadReader(payload);
        var rows = reader.Int32();
        var columns = new ResultColumn[header.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = new ResultColumn(header[i].Name, ColumnBlock.Read(ref reader, payload, header[i].Type, rows));
        }

        return new ResultChunk(rows, columns);
    }
}
