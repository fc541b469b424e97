using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Cli.Import;

/// <summary>A <c>meta.yaml</c>: names and values, one level of names below them.</summary>
internal sealed class MetaFile
{
    public const string Name = "meta.yaml";
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> _maps = new(StringComparer.Ordinal);

    /// <exception cref="SourceException">It is no YAML with names and values.</exception>
    public static async Task<MetaFile> Read(string folder, CancellationToken ct)
    {
        var path = Path.Combine(folder, Name);
        try { return Parse(await File.ReadAllTextAsync(path, ct)); }
        catch (Exception error) when (error is YamlException or InvalidCastException or IOException) { throw new SourceException($"{path} cannot be read: {error.Message}"); }
    }

    internal static MetaFile Parse(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var meta = new MetaFile();
        if (yaml.Documents.Count == 0) { return meta; }

        foreach (var (key, value) in ((YamlMappingNode)yaml.Documents[0].RootNode).Children)
        {
            if (key is not YamlScalarNode { Value: { } name }) { continue; }

            if (value is YamlScalarNode { Value: { } one } scalar && !IsNull(scalar)) { meta._values[name] = one; }
            else if (value is YamlMappingNode map) { meta._maps[name] = Scalars(map); }
        }

        return meta;
    }

    /// <summary>Names and values below a name; empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Map(string name) => _maps.GetValueOrDefault(name) ?? [];

    /// <summary>Null when it is not there, empty or null.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public long? Number(string name) => double.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? (long)number : null;

    private static Dictionary<string, string> Scalars(YamlMappingNode map) => map.Children
        .Where(pair => pair is { Key: YamlScalarNode { Value: not null }, Value: YamlScalarNode })
        .ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value ?? "", StringComparer.Ordinal);

    private static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is "null" or "~" or "";
}
