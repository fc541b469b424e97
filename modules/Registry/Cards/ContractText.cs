using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Registry.Cards;

/// <summary>A data contract (ODCS) as single statements, for units and for differences; its rules are Datasets' business.</summary>
/// <param name="Statements">Value by path; entries of lists go by their name where they have one.</param>
/// <param name="Units">Unit by column.</param>
internal sealed record ContractText(IReadOnlyDictionary<string, string> Statements, IReadOnlyDictionary<string, string> Units)
{
    private const int MaxStatements = 20_000;
    private const int MaxDepth = 20;

    /// <exception cref="YamlException">It is no YAML.</exception>
    public static ContractText Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var statements = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var units = new Dictionary<string, string>(StringComparer.Ordinal);
        if (stream.Documents.Count > 0) { Walk(stream.Documents[0].RootNode, "", 0, statements, units); }

        return new ContractText(statements, units);
    }

    private static void Walk(YamlNode node, string path, int depth, SortedDictionary<string, string> statements, Dictionary<string, string> units)
    {
        if (depth > MaxDepth || statements.Count >= MaxStatements) { return; }

        switch (node)
        {
            case YamlMappingNode mapping:
                if (UnitOf(mapping) is var (column, unit)) { units[column] = unit; }

                foreach (var (key, value) in mapping.Children) { Walk(value, path.Length == 0 ? $"{key}" : $"{path}.{key}", depth + 1, statements, units); }

                break;
            case YamlSequenceNode list:
                for (var i = 0; i < list.Children.Count; i++) { Walk(list.Children[i], $"{path}[{NameOf(list.Children[i]) ?? $"{i}"}]", depth + 1, statements, units); }

                break;
            case YamlScalarNode { Value: { } value }:
                statements[path] = value;
                break;
        }
    }

    // customProperties: [{ property: unitOfMeasure, value: … }], as ODCS 3.1 has it.
    private static (string Column, string Unit)? UnitOf(YamlMappingNode mapping)
    {
        if (Text(mapping, "name") is not { } name || !mapping.Children.TryGetValue(new YamlScalarNode("customProperties"), out var node) || node is not YamlSequenceNode custom) { return null; }

        var unit = custom.Children.OfType<YamlMappingNode>().Where(entry => Text(entry, "property") == "unitOfMeasure").Select(entry => Text(entry, "value")).FirstOrDefault();
        return unit is null ? null : (name, unit);
    }

    private static string? NameOf(YamlNode node) =>
        node is YamlMappingNode mapping ? Text(mapping, "name") ?? Text(mapping, "property") : null;

    private static string? Text(YamlMappingNode mapping, string key) => mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? (value as YamlScalarNode)?.Value : null;
}
