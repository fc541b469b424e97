using System.Globalization;
using System.Runtime.CompilerServices;

namespace Slipway.DuckDb;

/// <summary>The values of one column of a <see cref="ResultChunk"/>. Values are decoded when asked for; <see cref="Cells{T}"/> copies nothing.</summary>
public sealed class ResultColumn
{
    private readonly ColumnBlock _block;

    internal ResultColumn(string name, ColumnBlock block) => (Name, _block) = (name, block);

    /// <summary>As the statement names it.</summary>
    public string Name { get; }

    /// <summary>Its type in SQL.</summary>
    public DuckDbType Type => _block.Type;

    /// <summary>1 to 2,048.</summary>
    public int Rows => _block.Rows;

    /// <summary>Whether a row has no value.</summary>
    public bool IsNull(int row) => _block.IsNull(row);

    /// <summary>The value of a row as <see cref="DuckDbKind"/> says, or null.</summary>
    /// <exception cref="DuckDbException">.NET's type cannot hold it, such as a decimal of 30 digits or a date before the year 1 (<see cref="DuckDbErrorKind.Value"/>).</exception>
    public object? Value(int row) => Cell.Value(_block, row, Name);

    /// <summary>The values as they lie in the frame, for every type of fixed size; what stands at a null is undefined.</summary>
    /// <typeparam name="T">Of the size of <see cref="Type"/>: double for DOUBLE, int for INTEGER and DATE, long for BIGINT and TIMESTAMP, byte for BOOLEAN, …</typeparam>
    /// <exception cref="InvalidOperationException">The column has values of another size.</exception>
    public ReadOnlySpan<T> Cells<T>()
        where T : unmanaged => Unsafe.SizeOf<T>() == Type.SizeBytes ? _block.Cells<T>()
            : throw new InvalidOperationException($"column {Name} is {Type}, whose values have {Type.SizeBytes} bytes and not {Unsafe.SizeOf<T>()}");

    /// <summary>A number or boolean (as 0 or 1) as double; NaN where null. Integers beyond 2⁵³ and decimals are rounded to the nearest double.</summary>
    /// <exception cref="InvalidOperationException">The column holds neither numbers nor booleans.</exception>
    public double Double(int row) => IsNull(row) ? double.NaN : Cell.Number(_block, row) ?? throw NotA("numbers or booleans");

    /// <summary>All rows by <see cref="Double"/>; shape [<see cref="Rows"/>].</summary>
    public double[] Doubles()
    {
        if (Type.Kind == DuckDbKind.Double && !_block.HasNulls) { return _block.Cells<double>().ToArray(); }

        return Each(Double);
    }

    /// <summary>An integer or boolean of a row, never of a null.</summary>
    /// <exception cref="InvalidOperationException">Null, or the column holds no integers.</exception>
    /// <exception cref="OverflowException">Beyond 64 bits.</exception>
    public long Long(int row) => IsNull(row) ? throw new InvalidOperationException($"column {Name} has no value in row {row}") : Cell.Integer(_block, row) ?? throw NotA("integers");

    /// <summary>All rows by <see cref="Long"/>; shape [<see cref="Rows"/>].</summary>
    public long[] Longs() => Type.Kind == DuckDbKind.BigInt && !_block.HasNulls ? _block.Cells<long>().ToArray() : Each(Long);

    /// <summary>Text of a row, or null: a VARCHAR or ENUM as it is, any other type as invariant culture writes it.</summary>
    public string? Text(int row) => Value(row) switch
    {
        null => null,
        string text => text,
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>All rows by <see cref="Text"/>; shape [<see cref="Rows"/>].</summary>
    public string?[] Texts() => Each(Text);

    /// <summary>All rows by <see cref="Value"/>; shape [<see cref="Rows"/>].</summary>
    public object?[] Values() => Each(Value);

    private T[] Each<T>(Func<int, T> value)
    {
        var values = new T[Rows];
        for (var row = 0; row < values.Length; row++) { values[row] = value(row); }

        return values;
    }

    private InvalidOperationException NotA(string what) => new($"column {Name} is {Type} and holds no {what}");
}
