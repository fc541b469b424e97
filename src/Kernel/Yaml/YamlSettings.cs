using System.Globalization;
using System.Text.Json;

namespace Slipway.Kernel.Yaml;

/// <summary>
/// Reads one mapping of settings by key and collects its faults with their paths, up to <see cref="YamlReader.MaxFaults"/>. A faulty or absent value reads as null; not thread safe.
/// </summary>
public sealed class YamlSettings
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<YamlSettings> _parts = [];
    private readonly List<Fault> _faults;

    /// <param name="value">A JSON object.</param>
    /// <param name="path">Where it stands, such as <c>with</c>.</param>
    public YamlSettings(JsonElement value, string path)
        : this(value, path, [])
    {
    }

    private YamlSettings(JsonElement value, string path, List<Fault> faults)
    {
        (Path, _faults) = (YamlFault.Cut(path), faults);
        if (value.ValueKind != JsonValueKind.Object)
        {
            Add(Path, $"'{Path}' is {Shown(value)}; a mapping of keys belongs there.");
            return;
        }

        foreach (var property in value.EnumerateObject()) { _values[property.Name] = property.Value; }
    }

    public string Path { get; }

    /// <summary>True when a mapping stands there.</summary>
    public bool IsMapping(string key) => _values.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.Object;

    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>A text; a number or a truth value is taken as it is written.</summary>
    public string? Text(string key, bool required = false, int maxChars = 1_000) => Read(key, required, value => TextOf(value) is not { } text
        ? Wrong(key, value, "a text")
        : text.Length == 0 && required ? Fault<string>(key, $"'{At(key)}' is empty; a text belongs there.")
        : text.Length > maxChars ? Fault<string>(key, $"'{At(key)}' has {text.Length} characters; at most {maxChars} may stand there.")
        : text);

    /// <summary>One of a few words.</summary>
    public string? Word(string key, IReadOnlyList<string> words, bool required = false) => Read(key, required, value =>
        TextOf(value) is { } text && words.Contains(text) ? text : Wrong(key, value, $"one of {string.Join(", ", words)}"));

    /// <summary>A finite number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public double? Number(string key, double min = double.MinValue, double max = double.MaxValue, bool required = false)
    {
        if (Take(key, required) is not { } value) { return null; }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max) { return number; }

        Wrong(key, value, $"a number{Range(min == double.MinValue ? null : min, max == double.MaxValue ? null : max)}");
        return null;
    }

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public long? Integer(string key, long min = long.MinValue, long max = long.MaxValue, bool required = false)
    {
        if (Take(key, required) is not { } value) { return null; }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max) { return number; }

        Wrong(key, value, $"a whole number{Range(min == long.MinValue ? null : min, max == long.MaxValue ? null : max)}");
        return null;
    }

    /// <summary>true or false.</summary>
    public bool? Flag(string key, bool required = false)
    {
        if (Take(key, required) is not { } value) { return null; }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) { return value.GetBoolean(); }

        Wrong(key, value, "true or false");
        return null;
    }

    /// <summary>The value as it is, of any kind; null when it is absent or empty.</summary>
    public JsonElement? Raw(string key, bool required = false) => Take(key, required);

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string>? Texts(string key, bool required = false, int maxItems = 1_000) =>
        List(key, required, maxItems, (value, path) => TextOf(value) is { } text ? text : Fault<string>(path, $"'{path}' is {Shown(value)}; a text belongs there.", whole: true));

    /// <summary>A list of finite numbers.</summary>
    public IReadOnlyList<double>? Numbers(string key, bool required = false, int maxItems = 1_000)
    {
        var numbers = List(key, required, maxItems, (value, path) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? new Boxed(number)
            : Fault<Boxed>(path, $"'{path}' is {Shown(value)}; a number belongs there.", whole: true));
        return numbers?.Select(number => number.Value).ToList();
    }

    /// <summary>A mapping inside this one; its faults are found at the end of the outermost.</summary>
    public YamlSettings? Section(string key, bool required = false) => Take(key, required) is { } value ? Part(value, At(key)) : null;

    /// <summary>A list of mappings, at <c>path.key[0]</c> and so on.</summary>
    public IReadOnlyList<YamlSettings>? Sections(string key, bool required = false, int maxItems = 1_000) => List(key, required, maxItems, Part);

    /// <summary>The keys of a mapping whose keys are data, in order as written. They count as known; read their values by name.</summary>
    public IReadOnlyList<string> Keys()
    {
        _known.UnionWith(_values.Keys);
        return [.. _values.Keys];
    }

    /// <summary>Adds a fault of the kind's own rules.</summary>
    /// <param name="detail">One sentence: what is wrong with which value, and what would be right.</param>
    public void Fault(string key, string detail) => Add(At(key), detail);

    /// <summary>Keys that are read elsewhere.</summary>
    public void Know(params IEnumerable<string> keys) => _known.UnionWith(keys);

    /// <summary>Call last, on the outermost: a key that nobody asked for is a fault. The faults of it and its parts.</summary>
    public IReadOnlyList<Fault> End()
    {
        foreach (var key in _values.Keys.Where(key => !_known.Contains(key)))
        {
            Fault(key, $"'{At(key)}' is no setting here; {(_known.Count == 0 ? "there are none" : $"there are {string.Join(", ", _known.Order(StringComparer.Ordinal))}")}.");
        }

        foreach (var part in _parts) { part.End(); }

        return _faults;
    }

    private string At(string key) => YamlFault.Cut(Path.Length == 0 ? key : $"{Path}.{key}");

    private void Add(string path, string detail)
    {
        if (_faults.Count > YamlReader.MaxFaults) { return; }

        _faults.Add(new Fault(path, _faults.Count < YamlReader.MaxFaults ? detail : $"There are more than {YamlReader.MaxFaults} faults; the rest is not told."));
    }

    private YamlSettings Part(JsonElement value, string path)
    {
        var part = new YamlSettings(value, path, _faults);
        _parts.Add(part);
        return part;
    }

    private JsonElement? Take(string key, bool required)
    {
        _known.Add(key);
        if (_values.TryGetValue(key, out var value) && value.ValueKind != JsonValueKind.Null) { return value; }

        if (required) { Fault(key, $"'{At(key)}' is missing."); }

        return null;
    }

    private T? Read<T>(string key, bool required, Func<JsonElement, T?> read)
        where T : class => Take(key, required) is { } value ? read(value) : null;

    private List<T>? List<T>(string key, bool required, int maxItems, Func<JsonElement, string, T?> read)
        where T : class
    {
        if (Take(key, required) is not { } value) { return null; }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(key, value, "a list");
            return null;
        }

        if (value.GetArrayLength() > maxItems)
        {
            Fault(key, $"'{At(key)}' has {value.GetArrayLength()} entries; at most {maxItems} may stand there.");
            return null;
        }

        var items = value.EnumerateArray().Select((item, i) => read(item, $"{At(key)}[{i}]")).ToList();
        if (items.Contains(null)) { return null; }

        return items!;
    }

    private string? Wrong(string key, JsonElement value, string right) => Fault<string>(key, $"'{At(key)}' is {Shown(value)}; {right} belongs there.");

    private T? Fault<T>(string key, string detail, bool whole = false)
        where T : class
    {
        Add(whole ? key : At(key), detail);
        return null;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "a mapping",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null or JsonValueKind.Undefined => "empty",
        _ => $"'{(TextOf(value) is { Length: > 60 } text ? text[..60] + "…" : TextOf(value))}'",
    };

    private static string Range(object? min, object? max) => (min, max) switch
    {
        (null, null) => "",
        (null, _) => string.Create(CultureInfo.InvariantCulture, $" of at most {max}"),
        (_, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {min}"),
        _ => string.Create(CultureInfo.InvariantCulture, $" from {min} to {max}"),
    };

    private sealed record Boxed(double Value);
}
