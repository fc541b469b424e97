using System.Collections.Concurrent;
using Slipway.Serving.Check;
using Slipway.Serving.Live;

namespace Slipway.Serving.Predict;

/// <summary>The inputs that requests to one endpoint may carry: those of every version at work. Lends the memory that requests are read into. Thread safe.</summary>
internal sealed class InputSet(IReadOnlyList<InputSlot> slots)
{
    private const int Pooled = 64;
    private readonly ConcurrentQueue<PredictionRequest> _free = new();

    public IReadOnlyList<InputSlot> Slots => slots;

    public static InputSet Of(IEnumerable<LoadedModel> models) => new(
        [.. models.SelectMany(model => model.Inputs).DistinctBy(input => input.Name).Select((input, place) => new InputSlot(input.Name, place, input.Rule.Kind, input.Width, input.Rule.Allowed ?? []))]);

    public InputSlot? Find(string name) => slots.FirstOrDefault(slot => slot.Name == name);

    public PredictionRequest Rent() => _free.TryDequeue(out var request) ? request : new PredictionRequest(this);

    public void Return(PredictionRequest request)
    {
        request.Clear();
        if (request.Cells <= PredictionRequest.CellsKept && _free.Count < Pooled) { _free.Enqueue(request); }
    }
}

/// <summary>One input by its name.</summary>
/// <param name="Place">In the set.</param>
/// <param name="Known">Texts that are likely: they are not made anew for each request.</param>
internal sealed record InputSlot(string Name, int Place, FieldKind Kind, int Width, IReadOnlyList<string> Known)
{
    public bool IsNumber => Kind is FieldKind.Number or FieldKind.Integer;
}
