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

    public void AppendFormatted(int value) => Add(new SqlParameter(SqlType.Integer, (long)value));

    public void AppendFormatted(long value) => Add(new SqlParameter(SqlType.Integer, value));

    public void AppendFormatted(long? value) => Add(new SqlParameter(SqlType.Integer, value));

    public void AppendFormatted(bool value) => Add(new SqlParameter(SqlType.Integer, value ? 1L : 0L));

    public void AppendFormatted(double value) => Add(new SqlParameter(SqlType.Double, value));

    public void AppendFormatted(double? value) => Add(new SqlParameter(SqlType.Double, value));

    public void AppendFormatted(byte[]? value) => Add(new SqlParameter(SqlType.Bytes, value));

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
}

/// <summary>One hole: its type is known even when its value is null.</summary>
public readonly struct SqlParameter
{
    internal SqlParameter(SqlType type, object? value) => (Type, Value) = (type, value);

    internal SqlType Type { get; }

    internal object? Value { get; }
}

/// <summary>A text holds U+0000, which PostgreSQL cannot store: refused on both databases, and answered as a 400.</summary>
public sealed class TextWithNulException() : Exception("A text holds the character U+0000, which cannot be stored; remove it.");
