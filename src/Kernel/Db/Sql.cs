using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Slipway.Kernel;

/// <summary>
/// A statement whose holes are always parameters, never text: <c>$"… WHERE run_id = {runId}"</c>. A hole that is itself a <see cref="Sql"/> is
/// spliced in, so that a filter can be composed. Good for one execution; not thread safe.
/// </summary>
/// <remarks>Holes may be string, int, long, double, bool (0 or 1), byte[] and their nullable forms; anything else throws.</remarks>
[InterpolatedStringHandler]
public sealed class Sql
{
    private char[] _text;
    private int _length;
    private SqlParameter[] _parameters;

    public Sql(int literalLength, int formattedCount)
    {
        _text = ArrayPool<char>.Shared.Rent(literalLength + (4 * formattedCount) + 16);
        _parameters = formattedCount == 0 ? [] : new SqlParameter[formattedCount];
    }

    /// <summary>Nothing: adds neither text nor parameters.</summary>
    public static Sql Empty => new(0, 0);

    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    public ReadOnlySpan<SqlParameter> Parameters => _parameters.AsSpan(0, Count);

    internal int Count { get; private set; }

    public void AppendLiteral(string value)
    {
        Reserve(value.Length);
        value.CopyTo(_text.AsSpan(_length));
        _length += value.Length;
    }

    public void AppendFormatted(string? value) => Add(new SqlParameter(SqlType.Text, NoNul(value)));

    public void AppendFormatted(int value) => Add(SqlParameter.Of(value));

    public void AppendFormatted(long value) => Add(SqlParameter.Of(value));

    public void AppendFormatted(long? value) => Add(value is { } integer ? SqlParameter.Of(integer) : new SqlParameter(SqlType.Integer, null));

    public void AppendFormatted(bool value) => Add(SqlParameter.Of(value ? 1L : 0L));

    public void AppendFormatted(double value) => Add(SqlParameter.Of(value));

    public void AppendFormatted(double? value) => Add(value is { } number ? SqlParameter.Of(number) : new SqlParameter(SqlType.Double, null));

    public void AppendFormatted(byte[]? value) => Add(new SqlParameter(SqlType.Bytes, value));

    // Lists as one parameter: PostgreSQL alone has them.
    internal void AppendFormatted(long[] values) => Add(new SqlParameter(SqlType.Integers, values));

    internal void AppendFormatted(string[] values)
    {
        foreach (var value in values) { NoNul(value); }

        Add(new SqlParameter(SqlType.Texts, values));
    }

    /// <summary>Splices a fragment with its parameters.</summary>
    public void AppendFormatted(Sql fragment)
    {
        var parameter = 0;
        foreach (var c in fragment.Text)
        {
            // A fragment numbers its own holes $1, $2, …; they are renumbered as they come in, in order.
            if (c == HoleMark)
            {
                Add(fragment._parameters[parameter++]);
                continue;
            }

            Reserve(1);
            _text[_length++] = c;
        }

        fragment.Recycle();
    }

    /// <summary>Holes are marked by this character until the statement is finished; it cannot stand in literal SQL of ours.</summary>
    internal const char HoleMark = '\u0001';

    private void Add(SqlParameter parameter)
    {
        if (Count == _parameters.Length) { Array.Resize(ref _parameters, Math.Max(4, Count * 2)); }

        _parameters[Count++] = parameter;
        Reserve(1);
        _text[_length++] = HoleMark;
    }

    private void Reserve(int more)
    {
        if (_length + more <= _text.Length) { return; }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + more, _text.Length * 2));
        _text.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_text);
        _text = larger;
    }

    /// <summary>The text with <c>$1</c>, <c>$2</c>, … in place of the marks, as both databases read it.</summary>
    internal string NumberedText()
    {
        var text = new System.Text.StringBuilder(_length + (2 * Count));
        var hole = 0;
        foreach (var c in Text)
        {
            if (c == HoleMark) { text.Append(CultureInfo.InvariantCulture, $"${++hole}"); }
            else { text.Append(c); }
        }

        return text.ToString();
    }

    internal void Recycle()
    {
        ArrayPool<char>.Shared.Return(_text);
        (_text, _length) = ([], 0);
    }

    private static string? NoNul(string? value) =>
        value is not null && value.Contains('\0') ? throw new TextWithNulException() : value;
}

internal enum SqlType
{
    Text,
    Integer,
    Double,
    Bytes,
    Integers,
    Texts,
}

/// <summary>One hole: its type is known even when its value is null. Numbers stand in it unboxed: a batch of rows has thousands.</summary>
public readonly struct SqlParameter
{
    // Stands where a number is.
    private static readonly object Number = new();

    private readonly long _bits;
    private readonly object? _object;

    internal SqlParameter(SqlType type, object? value) => (Type, _object) = (type, value);

    private SqlParameter(SqlType type, long bits) => (Type, _object, _bits) = (type, Number, bits);

    internal SqlType Type { get; }

    internal bool IsNull => _object is null;

    internal long Integer => _bits;

    internal double Double => BitConverter.Int64BitsToDouble(_bits);

    internal string Text => (string)_object!;

    internal byte[] Bytes => (byte[])_object!;

    internal object? Value => ReferenceEquals(_object, Number) ? Type == SqlType.Double ? (object)Double : Integer : _object;

    internal static SqlParameter Of(long value) => new(SqlType.Integer, value);

    internal static SqlParameter Of(double value) => new(SqlType.Double, BitConverter.DoubleToInt64Bits(value));
}

/// <summary>A text holds U+0000, which PostgreSQL cannot store: refused on both databases, and answered as a 400.</summary>
public sealed class TextWithNulException() : Exception("A text holds the character U+0000, which cannot be stored; remove it.");
