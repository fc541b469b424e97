using System.Buffers;
using Slipway.Serving.Live;

namespace Slipway.Serving.Predict;

/// <summary>A request as it was read, whatever its protocol: columns of values in row-major order. Reused; one request at a time.</summary>
internal sealed class PredictionRequest(InputSet set)
{
    /// <summary>Memory beyond this is not kept for the next request.</summary>
    public const int CellsKept = 100_000;

    /// <summary>Name of the tensor, column or parameter that says by what the traffic is split, where no model takes an input of that name.</summary>
    public const string UnitName = "unit_id";

    public const int MostUnitChars = 250;

    public InputSet Set => set;

    /// <summary>In the order of the set.</summary>
    public InputColumn[] Columns { get; } = [.. set.Slots.Select(slot => new InputColumn(slot))];

    public int Rows { get; set; }

    /// <summary>As the client named the request; null when it did not.</summary>
    public string? Id { get; set; }

    /// <summary>By which the traffic is split, for all rows; null when none was named.</summary>
    public string? Unit { get; set; }

    /// <summary>The same row by row; null when all rows have <see cref="Unit"/>.</summary>
    public List<string?>? Units { get; set; }

    /// <summary>Names of the outputs that are wanted; null = all.</summary>
    public List<string>? Wanted { get; set; }

    /// <summary>Tensors over this memory, by model.</summary>
    public Dictionary<LoadedModel, SingleRow> SingleRows { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What the answer is written into.</summary>
    public ArrayBufferWriter<byte> Answer { get; } = new(1_024);

    /// <summary>Time spent in each phase, in ticks of the stopwatch.</summary>
    public long[] Ticks { get; } = new long[5];

    public long Cells => Columns.Sum(column => (long)column.Capacity) + (Answer.Capacity / 8);

    /// <summary>Memory that it holds, at most: texts are counted as often as they are named.</summary>
    public long Bytes => (Cells * 8) + (2 * (Columns.Sum(column => column.TextChars) + (Units?.Sum(unit => 4L + (unit?.Length ?? 0)) ?? 0)));

    public string? UnitOf(int row) => Units is { } units ? units[row] : Unit;

    public void Clear()
    {
        foreach (var column in Columns) { column.Clear(); }

        (Rows, Id, Unit, Units, Wanted) = (0, null, null, null, null);
        Answer.ResetWrittenCount();
        Array.Clear(Ticks);
    }
}

/// <summary>The values of one input: numbers, or texts and truth values as text.</summary>
internal sealed class InputColumn(InputSlot slot)
{
    private double[] _numbers = slot.IsNumber ? new double[slot.Width] : [];
    private string?[] _texts = slot.IsNumber ? [] : new string?[slot.Width];

    public InputSlot Slot => slot;

    /// <summary>How many values were read.</summary>
    public int Count { get; private set; }

    /// <summary>The client sent this input.</summary>
    public bool Given { get; set; }

    /// <summary>UCUM unit that the client named; null when it named none.</summary>
    public string? Unit { get; set; }

    public int Capacity => slot.IsNumber ? _numbers.Length : _texts.Length;

    public long TextChars
    {
        get
        {
            var chars = 0L;
            foreach (var text in Texts.Span) { chars += text?.Length ?? 0; }

            return chars;
        }
    }

    /// <summary>The memory under <see cref="Numbers"/>, until it grows.</summary>
    public double[] Buffer => _numbers;

    /// <summary>[rows × width], row-major; NaN where missing.</summary>
    public Memory<double> Numbers => _numbers.AsMemory(0, slot.IsNumber ? Count : 0);

    /// <summary>[rows × width], row-major; null where missing.</summary>
    public Memory<string?> Texts => _texts.AsMemory(0, slot.IsNumber ? 0 : Count);

    public void Add(double number)
    {
        if (Count == _numbers.Length) { Array.Resize(ref _numbers, Math.Max(4, Count * 2)); }

        _numbers[Count++] = number;
    }

    public void Add(string? text)
    {
        if (Count == _texts.Length) { Array.Resize(ref _texts, Math.Max(4, Count * 2)); }

        _texts[Count++] = text;
    }

    public void AddMissing()
    {
        if (slot.IsNumber) { Add(double.NaN); }
        else { Add((string?)null); }
    }

    public void Clear()
    {
        Array.Clear(_texts, 0, slot.IsNumber ? 0 : Count);
        (Count, Given, Unit) = (0, false, null);
    }
}
