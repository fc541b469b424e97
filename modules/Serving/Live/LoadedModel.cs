using Slipway.OnnxRuntime;
using Slipway.Serving.Check;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Live;

/// <summary>A model file in memory, with what its inputs must be. Thread safe; requests that hold it when it is let go still end.</summary>
/// <param name="Digest">SHA-256 of the bytes that were loaded, taken from these bytes.</param>
internal sealed record LoadedModel(string Digest, OnnxSession Session, IReadOnlyList<ModelInput> Inputs) : IDisposable
{
    /// <summary>The fields of the prediction log, one per value of a row.</summary>
    public PredictionSchema Schema { get; } = SchemaOf(Inputs);

    /// <summary>Numbers of a row.</summary>
    public int NumberFields { get; } = Inputs.Where(input => input.IsNumber).Sum(input => input.Width);

    /// <summary>Texts and truth values of a row.</summary>
    public int TextFields { get; } = Inputs.Where(input => !input.IsNumber).Sum(input => input.Width);

    public void Dispose() => Session.Dispose();

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
