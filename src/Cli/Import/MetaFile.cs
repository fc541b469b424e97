using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Cli.Import;

/// <summary>A <c>meta.yaml</c>: names and single values.</summary>
internal sealed class MetaFile
{
    public const string Name = "meta.yaml";
    private readonly Dictionary<string, string> _values;

    private MetaFile(Dictionary<string, string> values) => _values = values;

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
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (yaml.Documents.Count == 0) { return new MetaFile(values); }

        foreach (var (key, value) in ((YamlMappingNode)yaml.Documents[0].RootNode).Children)
        {
            if (key is YamlScalarNode { Value: { } name } && value is YamlScalarNode { Value: { } one } scalar && !IsNull(scalar)) { values[name] = one; }
        }

        return new MetaFile(values);
    }

    /// <summary>Null when it is not there, empty or null.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public long? Number(string name) => double.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? (long)number : null;

    private static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is "null" or "~" or "";
}
