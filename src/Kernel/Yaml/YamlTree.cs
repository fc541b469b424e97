using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slipway.Kernel.Yaml;

/// <summary>A YAML text as data, with the line of each part.</summary>
/// <param name="Line">From 1.</param>
public abstract record YamlPart(int Line)
{
    /// <summary>The part at a path such as <c>steps.train.with.features[2].column</c>, or the nearest one around it that is there.</summary>
    public YamlPart Nearest(string path)
    {
        var at = this;
        foreach (var segment in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = at switch
            {
                YamlMap map => map.Entries.FirstOrDefault(entry => entry.Key.Value == segment).Value,
                YamlList list when int.TryParse(segment.Trim('[', ']'), out var index) && index < list.Items.Count => list.Items[index],
                _ => null,
            };
            if (next is null) { return at; }

            at = next;
        }

        return at;
    }

    public abstract void Write(Utf8JsonWriter json);

    /// <summary>As JSON: plain words are numbers, truth values or null where YAML 1.2's core schema says so.</summary>
    public JsonElement ToJson()
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) { Write(json); }

        using var document = JsonDocument.Parse(bytes.WrittenMemory);
        return document.RootElement.Clone();
    }
}

public sealed record YamlMap(int Line, IReadOnlyList<(YamlText Key, YamlPart Value)> Entries) : YamlPart(Line)
{
    public YamlPart? this[string key] => Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var (key, value) in Entries)
        {
            json.WritePropertyName(key.Value);
            value.Write(json);
        }

        json.WriteEndObject();
    }
}

public sealed record YamlList(int Line, IReadOnlyList<YamlPart> Items) : YamlPart(Line)
{
    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var item in Items) { item.Write(json); }

        json.WriteEndArray();
    }
}

/// <param name="Plain">Written without quotes, so it may be a number, a truth value or nothing.</param>
public sealed partial record YamlText(int Line, string Value, bool Plain) : YamlPart(Line)
{
    public bool IsNull => Plain && Value is "" or "~" or "null" or "Null" or "NULL";

    public override void Write(Utf8JsonWriter json)
    {
        if (!Plain) { json.WriteStringValue(Value); }
        else if (IsNull) { json.WriteNullValue(); }
        else if (Value is "true" or "True" or "TRUE") { json.WriteBooleanValue(true); }
        else if (Value is "false" or "False" or "FALSE") { json.WriteBooleanValue(false); }
        else if (JsonNumber().IsMatch(Value)) { json.WriteRawValue(Value, skipInputValidation: false); }
        else if (YamlNumber().IsMatch(Value) && double.TryParse(Value, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) { json.WriteNumberValue(number); }
        else { json.WriteStringValue(Value); }
    }

    // As written wherever JSON writes it the same way: 0.70 stays 0.70.
    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,300})(\.[0-9]{1,300})?([eE][-+]?[0-9]{1,3})?$")]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"^[-+]?(\.[0-9]{1,300}|[0-9]{1,300}(\.[0-9]{0,300})?)([eE][-+]?[0-9]{1,3})?$")]
    private static partial Regex YamlNumber();
}
