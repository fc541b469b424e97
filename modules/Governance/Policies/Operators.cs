using System.Text.Json;
using Slipway.Governance.Evidence;
using Slipway.Kernel.Yaml;

namespace Slipway.Governance.Policies;

/// <summary>The words between evidence and value, and the trees that they become.</summary>
internal static class Operators
{
    /// <summary>As a row says it; the signs are read, too, and become the words.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["exists"] = "exists", ["equals"] = "equals", ["differs"] = "differs", ["atLeast"] = "atLeast", ["atMost"] = "atMost", ["above"] = "above", ["below"] = "below", ["oneOf"] = "oneOf",
        ["="] = "equals", ["=="] = "equals", ["!="] = "differs", [">="] = "atLeast", ["<="] = "atMost", [">"] = "above", ["<"] = "below", ["in"] = "oneOf",
    };

    /// <summary>Null, with a fault, when it is missing or unknown.</summary>
    public static string? Read(YamlSettings row)
    {
        if (row.Text("operator", required: true) is not { } text) { return null; }

        if (Known.TryGetValue(text, out var known)) { return known; }

        row.Fault("operator", $"'{text}' is no operator; there are {string.Join(", ", Known.Values.Distinct())}.");
        return null;
    }

    /// <summary>The tree and what it compares with, ready to read; nulls, with a fault, when the value does not fit.</summary>
    public static (Condition? Condition, string? Expected) Condition(YamlSettings row, string evidence, string operation)
    {
        var value = row.Raw("value");
        switch (operation)
        {
            case "exists":
                if (value is not null) { row.Fault("value", "'exists' compares with nothing; leave 'value' out."); }

                return (new Exists(evidence), "");
            case "oneOf":
                var values = value is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(Item).ToList() : [];
                if (values.Count is 0 or > 50 || values.Contains(null))
                {
                    row.Fault("value", "'oneOf' takes a list of 1 to 50 numbers, texts or truth values.");
                    return default;
                }

                return (new IsOneOf(evidence, values!), string.Join(", ", values.Select(item => item!.Shown)));
            default:
                if (value is not { } given || Item(given) is not { } expected || (operation is not ("equals" or "differs") && expected.Number is null))
                {
                    row.Fault("value", $"'{operation}' takes {(operation is "equals" or "differs" ? "a number, a text or a truth value" : "a number")} as its 'value'.");
                    return default;
                }

                return (new Compares(evidence, Of(operation), expected), expected.Shown);
        }
    }

    /// <summary>Null when it is neither number, text nor truth value.</summary>
    public static EvidenceItem? Item(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => new EvidenceItem(number),
        JsonValueKind.String => new EvidenceItem(Text: value.GetString()),
        JsonValueKind.True or JsonValueKind.False => new EvidenceItem(Flag: value.GetBoolean()),
        _ => null,
    };

    private static Comparison Of(string operation) => operation switch
    {
        "equals" => Comparison.Equal,
        "differs" => Comparison.Differ,
        "atLeast" => Comparison.AtLeast,
        "atMost" => Comparison.AtMost,
        "above" => Comparison.Above,
        _ => Comparison.Below,
    };
}
