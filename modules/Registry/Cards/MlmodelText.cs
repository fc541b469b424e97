using System.Text.Json;
using Slipway.Registry.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Registry.Cards;

/// <summary>MLflow's description of a model (<c>MLmodel</c>): the signature and the flavours that it can be loaded as.</summary>
/// <param name="Signature">Null when the model was logged without one.</param>
internal sealed record MlmodelText(ModelSignature? Signature, IReadOnlyList<string> Flavours)
{
    /// <exception cref="YamlException">It is no YAML.</exception>
    /// <exception cref="JsonException">The signature is no JSON.</exception>
    public static MlmodelText Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root) { return new MlmodelText(null, []); }

        var flavours = Child(root, "flavors") is YamlMappingNode map ? map.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "") : [];
        var signature = Child(root, "signature") is YamlMappingNode given ? new ModelSignature(Fields(given, "inputs"), Fields(given, "outputs")) : null;
        return new MlmodelText(signature, [.. flavours]);
    }

    // A JSON text in YAML: a list of columns or of tensors.
    private static SignatureField[] Fields(YamlMappingNode signature, string side)
    {
        if (Child(signature, side) is not YamlScalarNode { Value: { Length: > 0 } text }) { return []; }

        using var json = JsonDocument.Parse(text);
        return json.RootElement.ValueKind != JsonValueKind.Array ? [] : [.. json.RootElement.EnumerateArray().Where(field => field.ValueKind == JsonValueKind.Object)
            .Select((field, i) => new SignatureField(Text(field, "name") ?? $"{i}", TypeOf(field)))];
    }

    private static string TypeOf(JsonElement field) =>
        field.TryGetProperty("tensor-spec", out var tensor) && tensor.ValueKind == JsonValueKind.Object
            ? $"tensor({Text(tensor, "dtype") ?? "?"}{(tensor.TryGetProperty("shape", out var shape) ? ", " + shape.GetRawText() : "")})"
            : Text(field, "type") ?? "?";

    private static string? Text(JsonElement value, string name) => value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static YamlNode? Child(YamlMappingNode mapping, string key) => mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
}
