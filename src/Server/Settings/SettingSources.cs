using System.Collections;
using Slipway.Kernel;
using YamlDotNet.RepresentationModel;

namespace Slipway.Server;

/// <summary>Reads settings from <c>slipway.yaml</c> and the environment as flat <c>module:name</c> keys without dashes and underscores.</summary>
internal static class SettingSources
{
    public const string Prefix = "SLIPWAY_";
    // Read by the test script, by the CLI and by the bindings of the engines, not as settings of the server.
    private static readonly string[] NotSettings = ["long", "server", "key", "workspace", "engines"];

    /// <summary>The flat settings; what cannot be read is added to <paramref name="faults"/>.</summary>
    public static Dictionary<string, string?> Read(string? file, IDictionary environment, List<string> faults)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (file is not null) { Yaml(file, all, faults); }

        foreach (DictionaryEntry entry in environment)
        {
            var name = (string)entry.Key;
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || NotSettings.Contains(name[Prefix.Length..].ToLowerInvariant())) { continue; }

            all[Key(name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal))] = (string?)entry.Value;
        }

        return all;
    }

    /// <summary><c>public-url</c>, <c>PUBLIC_URL</c> and <c>publicUrl</c> are one setting.</summary>
    public static string Key(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static void Yaml(string file, Dictionary<string, string?> all, List<string> faults)
    {
        try
        {
            using var reader = new StreamReader(file);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count > 0) { Flatten("", yaml.Documents[0].RootNode, all); }
        }
        catch (Exception error) when (error is YamlDotNet.Core.YamlException or IOException)
        {
            faults.Add($"{file}: cannot be read: {error.Message}");
        }
    }

    private static void Flatten(string path, YamlNode node, Dictionary<string, string?> all)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children) { Flatten(path.Length == 0 ? Key($"{key}") : $"{path}:{Key($"{key}")}", value, all); }

                break;
            case YamlSequenceNode list:
                for (var i = 0; i < list.Children.Count; i++) { Flatten($"{path}:{i}", list.Children[i], all); }

                break;
            default:
                all[path] = ((YamlScalarNode)node).Value;
                break;
        }
    }
}
