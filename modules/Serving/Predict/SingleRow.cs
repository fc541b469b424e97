using Slipway.OnnxRuntime;
using Slipway.Serving.Live;

namespace Slipway.Serving.Predict;

/// <summary>
/// Tensors for one row of one model over the memory of one pooled request, made once: most requests have a single row, and making tensors anew costs more than running a small model. One request at a time.
/// </summary>
internal sealed class SingleRow
{
    private readonly LoadedModel _model;
    private readonly double[][] _numbers;
    private readonly OnnxTensor[] _inputs;
    private readonly OnnxTensor[] _outputs;
    private readonly double[][] _results;

    private SingleRow(LoadedModel model, PredictionRequest request, int[] places)
    {
        _model = model;
        _numbers = [.. places.Select(place => request.Columns[place].Buffer)];
        _inputs = new OnnxTensor[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var input = model.Inputs[i];
            if (input.IsNumber) { _inputs[i] = OnnxTensor.Of(_numbers[i].AsMemory(0, input.Width), input.Flat ? [1] : [1, input.Width]); }
        }

        _results = [.. model.Session.Outputs.Select(output => new double[output.Shape.Skip(1).Aggregate(1L, (size, length) => size * length)])];
        _outputs = [.. model.Session.Outputs.Select((output, i) => OnnxTensor.Of(_results[i], ShapeOf(output)))];
    }

    /// <summary>True for models whose inputs are doubles and known texts and whose outputs are doubles of a fixed size: those that are trained here.</summary>
    public static bool Fits(OnnxSession session, IReadOnlyList<ModelInput> inputs) =>
        inputs.All(input => input.Type == OnnxElementType.Double || (input.Type == OnnxElementType.String && input.Width == 1))
        && session.Outputs.All(output => output.ElementType == OnnxElementType.Double && output.Shape is [-1, ..] && output.Shape.Skip(1).All(length => length > 0));

    /// <summary>Runs the model on the only row of the request; null when a text is none of the known ones, and tensors must be made.</summary>
    public static OutputColumn[]? Run(LoadedModel model, PredictionRequest request)
    {
        var places = request.Set.PlacesOf(model);
        if (!request.SingleRows.TryGetValue(model, out var row) || !row.IsOver(request, places)) { request.SingleRows[model] = row = new SingleRow(model, request, places); }

        return row.Run(request, places);
    }

    private static long[] ShapeOf(OnnxValueInfo output) => [1, .. output.Shape.Skip(1)];

    /// <summary>Columns that have grown since stand elsewhere in memory.</summary>
    private bool IsOver(PredictionRequest request, int[] places)
    {
        for (var i = 0; i < places.Length; i++) { if (!ReferenceEquals(_numbers[i], request.Columns[places[i]].Buffer)) { return false; } }

        return true;
    }

    private OutputColumn[]? Run(PredictionRequest request, int[] places)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (_model.Inputs[i].IsNumber) { continue; }

            if (_model.KnownText(i, request.Columns[places[i]].Texts.Span[0]) is not { } text) { return null; }

            _inputs[i] = text;
        }

        _model.Session.Run(_inputs, _outputs, CancellationToken.None);
        var outputs = new OutputColumn[_outputs.Length];
        for (var i = 0; i < outputs.Length; i++) { outputs[i] = new OutputColumn(_model.Session.Outputs[i].Name, OnnxElementType.Double, _outputs[i].Shape.ToArray()) { Numbers = [.. _results[i]] }; }

        return outputs;
    }
}
