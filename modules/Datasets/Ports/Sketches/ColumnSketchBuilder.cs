using Slipway.Datasets.Contracts;
using Slipway.Datasets.Profile;

namespace Slipway.Datasets.Ports;

/// <summary>
/// Takes the values of a column, one at a time or in batches and in any order, and makes its sketch. The same values in the same order give the same sketch; memory is bounded, whatever comes.
/// Not thread safe.
/// </summary>
/// <param name="name">Of the column.</param>
/// <param name="position">In the file, from 0.</param>
/// <param name="kind">Of its values.</param>
/// <param name="type">Stored type, such as <c>DOUBLE</c>.</param>
/// <param name="reference">The column's sketch whose histogram edges are taken, so that counts can be compared bin by bin; null for the quantiles of the values themselves.</param>
public sealed class ColumnSketchBuilder(string name, int position, ColumnKind kind, string type, ColumnSketch? reference = null)
{
    private readonly DistinctSketch _distinct = new();
    private readonly FrequentValues<double> _topNumbers = new(null);
    private readonly FrequentValues<string> _topTexts = new(StringComparer.Ordinal);
    private readonly NumberProfiler? _numbers = IsNumeric(kind) ? new NumberProfiler(reference?.Numbers) : null;
    private readonly TextProfiler? _texts = kind is ColumnKind.Text or ColumnKind.Other ? new TextProfiler() : null;
    private readonly ValueBatch<double> _numberBatch = new(null);
    private readonly ValueBatch<string> _textBatch = new(StringComparer.Ordinal);
    private long _count, _nulls;

    /// <summary>For values that are compared with a reference: its name, kind and histogram edges.</summary>
    public static ColumnSketchBuilder For(ColumnSketch reference) => new(reference.Name, reference.Position, reference.Kind, reference.Types.Keys.FirstOrDefault() ?? "", reference);

    /// <summary>Whether values come as numbers: numbers themselves, and times as seconds since 1970 or since midnight.</summary>
    public static bool IsNumeric(ColumnKind kind) => kind is ColumnKind.Number or ColumnKind.Integer or ColumnKind.Date or ColumnKind.Timestamp or ColumnKind.Time;

    /// <param name="value">Null where it is missing; for numeric kinds.</param>
    public void Add(double? value)
    {
        _count++;
        if (value is not { } number) { _nulls++; }
        else if (_numberBatch.Add(number == 0 ? 0 : number, 0)) { TakeNumbers(); }
    }

    /// <param name="values">None of them missing; for numeric kinds.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values) { Add((double?)value); }
    }

    /// <param name="value">Null where it is missing; for other kinds.</param>
    public void Add(string? value)
    {
        _count++;
        if (value is null) { _nulls++; }
        else if (_textBatch.Add(value, value.Length)) { TakeTexts(); }
    }

    /// <summary>The sketch of what was added so far; more may be added afterwards, which leaves this one as it is.</summary>
    public ColumnSketch Build()
    {
        TakeNumbers();
        TakeTexts();
        var types = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (_count > _nulls) { types[type] = _count - _nulls; }

        return new ColumnSketch(
            name, position, kind, _count, _nulls, types, _distinct.Copy(), _numbers is null ? _topTexts.Build(text => text) : _topNumbers.Build(number => TopValue.Text(number, kind)),
            _numbers?.Build(), _texts?.Build());
    }

    private void TakeNumbers()
    {
        foreach (var (number, count) in _numberBatch.Counts)
        {
            _distinct.Add(ValueHash.Of(number));
            _topNumbers.Add(number, count);
            _numbers!.Add(number, count);
        }

        _numberBatch.Clear();
    }

    private void TakeTexts()
    {
        foreach (var (text, count) in _textBatch.Counts)
        {
            _distinct.Add(ValueHash.Of(text));
            _topTexts.Add(TopValue.Key(text), count);
            _texts?.Add(text, count);
        }

        _textBatch.Clear();
    }
}
