using System.Globalization;
using Slipway.Kernel;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Datasets.Odcs;

/// <summary>A mapping of a YAML text, read field by field; every fault is collected with its path and line, and reading goes on.</summary>
internal sealed class YamlObject
{
    private readonly YamlMappingNode _node;
    private readonly string _path;
    private readonly List<Fault> _faults;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    private YamlObject(YamlMappingNode node, string path, List<Fault> faults) => (_node, _path, _faults) = (node, path, faults);

    /// <summary>Null, with a fault, when it is no mapping.</summary>
    public static YamlObject? Of(YamlNode node, string path, List<Fault> faults)
    {
        if (node is YamlMappingNode mapping) { return new YamlObject(mapping, path, faults); }

        faults.Add(Fault(path, node, "is no mapping of names to values"));
        return null;
    }

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public bool Has(string name) => Node(name) is not null;

    public void Wrong(string name, string detail) => _faults.Add(Fault(PathOf(name), Node(name) ?? _node, detail));

    /// <summary>Null when absent; with a fault when it is no text.</summary>
    public string? Text(string name, bool required = false)
    {
        if (Node(name) is not { } node)
        {
            if (required) { Wrong(name, "is missing"); }

            return null;
        }

        if (node is YamlScalarNode { Value: { Length: > 0 } value } scalar && !IsNull(scalar)) { return value; }

        Wrong(name, "is no text");
        return null;
    }

    public bool Flag(string name)
    {
        if (Node(name) is not { } node) { return false; }

        if (node is YamlScalarNode { Value: "true" or "false" } scalar) { return scalar.Value == "true"; }

        Wrong(name, $"is {Shown(node)}; it may be true or false");
        return false;
    }

    public double? Number(string name)
    {
        if (Node(name) is not { } node) { return null; }

        if (NumberOf(node) is { } number) { return number; }

        Wrong(name, $"is {Shown(node)}, which is no number");
        return null;
    }

    public long? Whole(string name, long least = 0)
    {
        if (Node(name) is not { } node) { return null; }

        if (NumberOf(node) is { } number && number == Math.Floor(number) && number >= least && number <= 9e15) { return (long)number; }

        Wrong(name, $"is {Shown(node)}, which is no whole number from {least}");
        return null;
    }

    /// <summary>The one of <typeparamref name="T"/> that the text names in camelCase; null when absent or, with a fault, unknown.</summary>
    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> known, bool required = false)
        where T : struct
    {
        if (Text(name, required) is not { } text) { return null; }

        if (known.TryGetValue(text, out var value)) { return value; }

        Wrong(name, $"is '{Cut(text)}'; it may be {string.Join(", ", known.Keys)}");
        return null;
    }

    /// <summary>The items of a list with their paths; empty when absent.</summary>
    public IReadOnlyList<(YamlNode Node, string Path)> List(string name)
    {
        if (Node(name) is not { } node) { return []; }

        if (node is YamlSequenceNode list) { return [.. list.Children.Select((item, i) => (item, $"{PathOf(name)}[{i}]"))]; }

        Wrong(name, $"is {Shown(node)}, not a list");
        return [];
    }

    public IEnumerable<YamlObject> Objects(string name) => List(name).Select(item => Of(item.Node, item.Path, _faults)).OfType<YamlObject>();

    public YamlObject? Object(string name) => Node(name) is { } node ? Of(node, PathOf(name), _faults) : null;

    /// <summary>Scalars as texts; a null stands for the missing value and is left out.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var (node, path) in List(name))
        {
            if (node is not YamlScalarNode scalar) { _faults.Add(Fault(path, node, "is no single value")); }
            else if (!IsNull(scalar)) { texts.Add(scalar.Value ?? ""); }
        }

        return texts;
    }

    /// <summary>Names that were neither read nor are known to the standard: a misspelt rule must not be passed over in silence.</summary>
    public void RefuseOthers(params ReadOnlySpan<string> known)
    {
        foreach (var (key, _) in _node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (_read.Contains(name) || known.Contains(name)) { continue; }

            _faults.Add(Fault(PathOf(Cut(name)), key, $"is unknown here; ODCS 3.1 has {string.Join(", ", [.. _read.Concat(known.ToArray()).Order(StringComparer.Ordinal)])}"));
        }
    }

    internal static Fault Fault(string path, YamlNode node, string detail) =>
        new(path, $"{(path.Length == 0 ? "The contract" : path)} (line {node.Start.Line.ToString(CultureInfo.InvariantCulture)}) {detail}.");

    internal static string Shown(YamlNode node) => node is YamlScalarNode scalar ? $"'{Cut(scalar.Value ?? "")}'" : node is YamlSequenceNode ? "a list" : "a mapping";

    internal static double? NumberOf(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain } scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static bool IsNull(YamlScalarNode scalar) => scalar is { Style: ScalarStyle.Plain, Value: null or "" or "null" or "Null" or "NULL" or "~" };

    private YamlNode? Node(string name)
    {
        _read.Add(name);
        return _node.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node : null;
    }
}
