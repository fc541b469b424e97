using System.Collections.Concurrent;
using Slipway.Serving.Check;
using Slipway.Serving.Live;

namespace Slipway.Serving.Predict;

/// <summary>The inputs that requests to one endpoint may carry: those of every version at work. Lends the memory that requests are read into. Thread safe.</summary>
internal sealed class InputSet
{
    private const int Pooled = 64;
    private readonly ConcurrentQueue<PredictionRequest> _free = new();
    private readonly Dictionary<LoadedModel, int[]> _places = new(ReferenceEqualityComparer.Instance);

    /// <param name="models">Those at work.</param>
    public InputSet(IReadOnlyList<LoadedModel> models)
    {
        Slots = [.. models.SelectMany(model => model.Inputs).DistinctBy(input => input.Name).Select(input => new InputSlot(input.Name, input.Rule.Kind, input.Width, input.Rule.Allowed ?? []))];
        var names = Slots.Select(slot => slot.Name).ToList();
        foreach (var model in models) { _places[model] = [.. model.Inputs.Select(input => names.IndexOf(input.Name))]; }
    }

    public IReadOnlyList<InputSlot> Slots { get; }

    /// <summary>Where a model's inputs stand in the set, in the order of the model.</summary>
    public int[] PlacesOf(LoadedModel model) => _places[model];

    public PredictionRequest Rent() => _free.TryDequeue(out var request) ? request : new PredictionRequest(this);

    public void Return(PredictionRequest request)
    {
        request.Clear();
        if (request.Cells <= PredictionRequest.CellsKept && _free.Count < Pooled) { _free.Enqueue(request); }
    }
}

/// <summary>One input by its name.</summary>
/// <param name="Known">Texts that are likely: they are not made anew for each request.</param>
internal sealed record InputSlot(string Name, FieldKind Kind, int Width, IReadOnlyList<string> Known)
{
    public bool IsNumber => Kind is FieldKind.Number or FieldKind.Integer;
}
