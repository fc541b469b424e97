using System.Text.Json;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.LoggedModels;
using Slipway.Tracking.Metrics;

namespace Slipway.Tracking.Mlflow;

/// <summary>
/// Reads metrics straight from the bytes, without a document in between: what the official clients send. Anything else (missing fields, other types,
/// camelCase, bare NaN) makes it give up, and <see cref="MlflowInput"/> reads the same bytes again, slowly, with every rule and every message.
/// </summary>
internal ref struct MetricReader
{
    private const int KeyChars = 1_024;
    // One for all points: the stack's would be cleared for each.
    private readonly char[] _key = new char[KeyChars];
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byText;

    public MetricReader()
    {
        _places = new Dictionary<string, int>(StringComparer.Ordinal);
        _byText = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        Series = [];
        Measured = [];
    }

    /// <summary>What was read, by key in the order of their first points.</summary>
    public List<(string Key, List<MetricPoint> Points)> Series { get; }

    /// <summary>Those of the points that were measured of a logged model.</summary>
    public List<MeasuredPoint> Measured { get; }

    /// <summary>One object, from its opening brace on.</summary>
    /// <param name="runId">The run named in it; null when none is.</param>
    /// <returns>False = read it the slow way.</returns>
    public readonly bool TryPoint(ref Utf8JsonReader json, ref string? runId)
    {
        Span<char> key = _key;
        int keyLength = 0;
        double? value = null;
        long? time = null;
        long step = 0;
        string? model = null, datasetName = null, datasetDigest = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("key"u8)) { if (!TryText(ref json, key, out keyLength)) { return false; } }
            else if (json.ValueTextEquals("value"u8)) { if (!TryDouble(ref json, out value)) { return false; } }
            else if (json.ValueTextEquals("timestamp"u8)) { if (!TryLong(ref json, out var read)) { return false; } time = read; }
            else if (json.ValueTextEquals("step"u8)) { if (!TryLong(ref json, out step)) { return false; } }
            else if (json.ValueTextEquals("run_id"u8)) { if (!json.Read() || json.TokenType != JsonTokenType.String) { return false; } runId = json.GetString(); }
            else if (json.ValueTextEquals("model_id"u8)) { if (!TryText(ref json, out model)) { return false; } }
            else if (json.ValueTextEquals("dataset_name"u8)) { if (!TryText(ref json, out datasetName)) { return false; } }
            else if (json.ValueTextEquals("dataset_digest"u8)) { if (!TryText(ref json, out datasetDigest)) { return false; } }
            else if (!json.Read() || !json.TrySkip()) { return false; }
        }

        if (json.TokenType != JsonTokenType.EndObject || keyLength == 0 || value is not { } number || time is not { } timeMs) { return false; }

        var point = new MetricPoint(timeMs, step, MetricPoint.Clamp(number));
        PointsOf(key[..keyLength]).Add(point);
        if (!string.IsNullOrEmpty(model)) { Measured.Add(new MeasuredPoint(key[..keyLength].ToString(), point, model, datasetName ?? "", datasetDigest ?? "")); }

        return true;
    }

    private readonly List<MetricPoint> PointsOf(ReadOnlySpan<char> key)
    {
        // Most batches hold one key after another, or one key only.
        if (Series.Count > 0 && key.SequenceEqual(Series[^1].Key)) { return Series[^1].Points; }

        if (_byText.TryGetValue(key, out var place)) { return Series[place].Points; }

        var text = key.ToString();
        _places[text] = Series.Count;
        Series.Add((text, []));
        return Series[^1].Points;
    }

    private static bool TryText(ref Utf8JsonReader json, scoped Span<char> into, out int length)
    {
        length = 0;
        if (!json.Read() || json.TokenType != JsonTokenType.String || (json.HasValueSequence ? json.ValueSequence.Length : json.ValueSpan.Length) > KeyChars) { return false; }

        length = json.CopyString(into);
        return true;
    }

    /// <summary>Text or null.</summary>
    private static bool TryText(ref Utf8JsonReader json, out string? text)
    {
        text = null;
        if (!json.Read() || json.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) { return false; }

        text = json.GetString();
        return true;
    }

    private static bool TryDouble(ref Utf8JsonReader json, out double? value)
    {
        value = null;
        if (!json.Read()) { return false; }

        if (json.TokenType == JsonTokenType.Number && json.TryGetDouble(out var number))
        {
            value = number;
            return true;
        }

        if (json.TokenType == JsonTokenType.String && json.ValueTextEquals("NaN"u8))
        {
            value = double.NaN;
            return true;
        }

        return false;
    }

    private static bool TryLong(ref Utf8JsonReader json, out long value)
    {
        value = 0;
        return json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out value);
    }
}
