using Slipway.Datasets.Ports;
using Slipway.Monitoring.References;
using Slipway.Monitoring.Windows;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Folding;

/// <summary>A window that is filling, in memory: what was stored of it, and what has come since. Not thread safe.</summary>
internal sealed class WindowFold
{
    private readonly LoadedReference? _reference;
    private readonly SortedDictionary<string, long> _decisions = new(StringComparer.Ordinal);
    private readonly long[] _scores;
    private readonly TableSketch? _earlier;
    private IReadOnlyList<string> _fields;
    private PredictionSchema? _schema;
    private RowFolder? _rows;
    private long _lastPosition, _toMs;
    private double _scoreSum;

    /// <summary>A new one, that its first prediction is still to be added to.</summary>
    public WindowFold(long number, Prediction first, LoadedReference? reference)
        : this(new WindowState(number, first.Position, first.Position, first.AtMs, first.AtMs, 0, new Dictionary<string, long>(), [], 0, [], null), reference)
    {
    }

    /// <summary>One that was stored.</summary>
    public WindowFold(WindowState state, LoadedReference? reference)
    {
        _reference = reference;
        (Number, FirstPosition, _lastPosition, FromMs, _toMs, Predictions) = (state.Number, state.FirstPosition, state.LastPosition, state.FromMs, state.ToMs, state.Predictions);
        foreach (var (decision, count) in state.Decisions) { _decisions[decision] = count; }

        var bins = reference?.Data.Score is { } score ? score.Counts.Length : 0;
        _scores = state.ScoreCounts.Length == bins ? [.. state.ScoreCounts] : new long[bins];
        (_scoreSum, _fields, _earlier) = (state.ScoreSum, state.Fields, state.Sketch);
    }

    public long Number { get; }

    public long FirstPosition { get; }

    public long FromMs { get; }

    public long Predictions { get; private set; }

    public void Add(Prediction prediction)
    {
        Predictions++;
        _lastPosition = prediction.Position;
        _toMs = Math.Max(_toMs, prediction.AtMs);
        if (prediction.Decision is { } decision) { _decisions[decision] = _decisions.GetValueOrDefault(decision) + 1; }

        if (prediction.Score is { } score && double.IsFinite(score) && _reference?.Data.Score is { } bins)
        {
            _scores[bins.Find(score)]++;
            _scoreSum += score;
        }

        if (_schema is null) { Take(prediction.Schema); }

        _rows?.Add(prediction);
    }

    /// <summary>As it is now; more may be added afterwards.</summary>
    public WindowState ToState() => new(
        Number, FirstPosition, _lastPosition, FromMs, _toMs, Predictions, new Dictionary<string, long>(_decisions), [.. _scores], _scoreSum, _fields, Sketch());

    private TableSketch? Sketch() => _rows is null ? _earlier : _earlier is null ? _rows.Build() : _earlier.Merge(_rows.Build());

    // A deployment has one schema as long as it lives.
    private void Take(PredictionSchema schema)
    {
        _schema = schema;
        _fields = [.. schema.Fields.Select(field => field.Name)];
        if (_reference?.Sketch is { } reference) { _rows = new RowFolder(schema, reference); }
    }
}
