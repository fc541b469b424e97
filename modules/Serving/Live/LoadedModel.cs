using Slipway.OnnxRuntime;
using Slipway.Serving.Check;
using Slipway.Serving.Ports;
using Slipway.Serving.Predict;

namespace Slipway.Serving.Live;

/// <summary>A model file in memory, with what its inputs must be. Thread safe; requests that hold it when it is let go still end.</summary>
/// <param name="Digest">SHA-256 of the bytes that were loaded, taken from these bytes.</param>
internal sealed record LoadedModel(string Digest, OnnxSession Session, IReadOnlyList<ModelInput> Inputs) : IDisposable
{
    private const int MostKnown = 100;

    /// <summary>Whether a single row can be scored without making tensors.</summary>
    public bool FitsSingleRow { get; } = SingleRow.Fits(Session, Inputs);

    /// <summary>The fields of the prediction log, one per value of a row.</summary>
    public PredictionSchema Schema { get; } = SchemaOf(Inputs);

    /// <summary>Numbers of a row.</summary>
    public int NumberFields { get; } = Inputs.Where(input => input.IsNumber).Sum(input => input.Width);

    /// <summary>Texts and truth values of a row.</summary>
    public int TextFields { get; } = Inputs.Where(input => !input.IsNumber).Sum(input => input.Width);

    // Tensors of one text, by input and text.
    private readonly Dictionary<string, OnnxTensor>?[] _known = [.. Inputs.Select(KnownOf)];

    /// <summary>The tensor of one row with one of the allowed texts of an input; null for any other text.</summary>
    public OnnxTensor? KnownText(int input, string? text) => text is not null && _known[input] is { } known && known.TryGetValue(text, out var tensor) ? tensor : null;

    public void Dispose()
    {
        Session.Dispose();
        foreach (var tensor in _known.OfType<Dictionary<string, OnnxTensor>>().SelectMany(known => known.Values)) { tensor.Dispose(); }
    }

    private static Dictionary<string, OnnxTensor>? KnownOf(ModelInput input) => input is { Type: OnnxElementType.String, Width: 1, Rule.Allowed: { Count: <= MostKnown } allowed }
        ? allowed.Distinct(StringComparer.Ordinal).ToDictionary(text => text, text => OnnxTensor.OfStrings([text], input.Flat ? [1] : [1, 1]), StringComparer.Ordinal)
        : null;

    private static PredictionSchema SchemaOf(IReadOnlyList<ModelInput> inputs)
    {
        var (numbers, texts, fields) = (0, 0, new List<PredictionField>());
        foreach (var input in inputs)
        {
            for (var i = 0; i < input.Width; i++)
            {
                fields.Add(new PredictionField(input.Width == 1 ? input.Name : $"{input.Name}[{i}]", input.IsNumber, input.IsNumber ? numbers++ : texts++));
            }
        }

        return new PredictionSchema(fields);
    }
}

/// <summary>One input of a model: [rows] or [rows, width].</summary>
/// <param name="Flat">True for [rows].</param>
internal sealed record ModelInput(string Name, OnnxElementType Type, int Width, bool Flat, FieldRule Rule)
{
    /// <summary>Its values are numbers, with or without a fraction; otherwise texts or truth values, which are kept as texts.</summary>
    public bool IsNumber => Rule.Kind is FieldKind.Number or FieldKind.Integer;
}
