using System.Globalization;
using Slipway.Kernel;
using Slipway.OnnxRuntime;
using Slipway.Serving.Live;

namespace Slipway.Serving.Predict;

/// <summary>One output of a model for some rows; numbers, whole numbers or texts.</summary>
/// <param name="Shape">Rows first.</param>
internal sealed record OutputColumn(string Name, OnnxElementType Type, long[] Shape)
{
    public double[]? Numbers { get; init; }

    public long[]? Integers { get; init; }

    public string[]? Texts { get; init; }

    public int Length => Numbers?.Length ?? Integers?.Length ?? Texts!.Length;
}

/// <summary>Runs a model on rows of a request.</summary>
internal static class ModelRun
{
    /// <param name="rows">Which rows, from 0; null = all.</param>
    /// <returns>A row without a finite score is a 422: nobody may act on it. A failure of the model is a 500.</returns>
    public static Result<(OutputColumn[] Outputs, double[] Scores)> Run(LoadedModel model, PredictionRequest request, int[]? rows)
    {
        var count = rows?.Length ?? request.Rows;
        if (count == 1 && rows is null && model.FitsSingleRow)
        {
            try { if (SingleRow.Run(model, request) is { } single) { return Scored(model, request, rows, single); } }
            catch (OnnxException error) { return Failed(error); }
        }

        var places = request.Set.PlacesOf(model);
        var tensors = new OnnxTensor[model.Inputs.Count];
        var made = 0;
        try
        {
            for (; made < tensors.Length; made++) { tensors[made] = TensorOf(model.Inputs[made], request.Columns[places[made]], rows, count); }

            using var result = model.Session.Run(tensors, CancellationToken.None);
            return Scored(model, request, rows, Read(model, result));
        }
        catch (OnnxException error) { return Failed(error); }
        finally
        {
            for (var i = 0; i < made; i++) { tensors[i].Dispose(); }
        }
    }

    private static Problem Failed(OnnxException error) => new(500, "model_failed", $"The model failed: {error.Message}");

    private static Result<(OutputColumn[] Outputs, double[] Scores)> Scored(LoadedModel model, PredictionRequest request, int[]? rows, OutputColumn[] outputs)
    {
        var scores = ScoresOf(outputs, rows?.Length ?? request.Rows, out var any);
        var wrong = any ? Array.FindIndex(scores, score => !double.IsFinite(score)) : -1;
        return wrong < 0 ? (outputs, scores) : NoScore(model, request, rows?[wrong] ?? wrong);
    }

    private static OnnxTensor TensorOf(ModelInput input, InputColumn column, int[]? rows, int count)
    {
        ReadOnlySpan<long> shape = input.Flat ? [count] : [count, input.Width];
        if (!input.IsNumber)
        {
            var texts = Rows(column.Texts, input.Width, rows);
            return input.Type == OnnxElementType.String ? OnnxTensor.OfStrings(texts.ToArray()!, shape) : OnnxTensor.Of(Array.ConvertAll(texts.ToArray(), text => text == "true"), shape);
        }

        var numbers = Rows(column.Numbers, input.Width, rows);
        return input.Type switch
        {
            OnnxElementType.Double => OnnxTensor.Of(numbers, shape),
            OnnxElementType.Float => OnnxTensor.Of(Array.ConvertAll(numbers.ToArray(), value => (float)value), shape),
            OnnxElementType.Int8 => OnnxTensor.Of(Array.ConvertAll(numbers.ToArray(), value => (sbyte)value), shape),
            OnnxElementType.Int16 => OnnxTensor.Of(Array.ConvertAll(numbers.ToArray(), value => (short)value), shape),
            OnnxElementType.Int32 => OnnxTensor.Of(Array.ConvertAll(numbers.ToArray(), value => (int)value), shape),
            OnnxElementType.UInt8 => OnnxTensor.Of(Array.ConvertAll(numbers.ToArray(), value => (byte)value), shape),
            OnnxElementType.UInt16 => OnnxTensor.Of(Array.ConvertAll(numbers.ToArray(), value => (ushort)value), shape),
            OnnxElementType.UInt32 => OnnxTensor.Of(Array.ConvertAll(numbers.ToArray(), value => (uint)value), shape),
            OnnxElementType.UInt64 => OnnxTensor.Of(Array.ConvertAll(numbers.ToArray(), value => (ulong)value), shape),
            _ => OnnxTensor.Of(Array.ConvertAll(numbers.ToArray(), value => (long)value), shape),
        };
    }

    /// <summary>All rows without a copy, or some of them.</summary>
    private static Memory<T> Rows<T>(Memory<T> column, int width, int[]? rows)
    {
        if (rows is null) { return column; }

        var some = new T[rows.Length * width];
        for (var i = 0; i < rows.Length; i++) { column.Span.Slice(rows[i] * width, width).CopyTo(some.AsSpan(i * width)); }

        return some;
    }

    private static OutputColumn[] Read(LoadedModel model, OnnxResult result)
    {
        var declared = model.Session.Outputs;
        var outputs = new List<OutputColumn>(declared.Count);
        var at = 0;
        foreach (var output in declared)
        {
            if (output.ElementType == OnnxElementType.Undefined) { continue; }

            var tensor = result.Tensors[at++];
            var column = new OutputColumn(output.Name, tensor.ElementType, tensor.Shape.ToArray());
            outputs.Add(tensor.ElementType switch
            {
                OnnxElementType.Double => column with { Numbers = tensor.Data<double>().ToArray() },
                OnnxElementType.Float => column with { Numbers = Array.ConvertAll(tensor.Data<float>().ToArray(), value => (double)value) },
                OnnxElementType.Float16 => column with { Numbers = Array.ConvertAll(tensor.Data<Half>().ToArray(), value => (double)value) },
                OnnxElementType.Int64 => column with { Integers = tensor.Data<long>().ToArray() },
                OnnxElementType.Int32 => column with { Integers = Array.ConvertAll(tensor.Data<int>().ToArray(), value => (long)value) },
                OnnxElementType.Int16 => column with { Integers = Array.ConvertAll(tensor.Data<short>().ToArray(), value => (long)value) },
                OnnxElementType.Int8 => column with { Integers = Array.ConvertAll(tensor.Data<sbyte>().ToArray(), value => (long)value) },
                OnnxElementType.UInt8 => column with { Integers = Array.ConvertAll(tensor.Data<byte>().ToArray(), value => (long)value) },
                OnnxElementType.UInt16 => column with { Integers = Array.ConvertAll(tensor.Data<ushort>().ToArray(), value => (long)value) },
                OnnxElementType.UInt32 => column with { Integers = Array.ConvertAll(tensor.Data<uint>().ToArray(), value => (long)value) },
                OnnxElementType.Bool => column with { Integers = Array.ConvertAll(tensor.Data<bool>().ToArray(), value => value ? 1L : 0) },
                OnnxElementType.String => column with { Texts = tensor.Strings() },
                _ => throw new OnnxException(OnnxFailure.RunFailed, $"The output '{output.Name}' is {tensor.ElementType}, which JSON cannot carry."),
            });
        }

        return [.. outputs];
    }

    /// <summary>The first output with one fractional number per row; NaN for each row where there is none.</summary>
    private static double[] ScoresOf(OutputColumn[] outputs, int rows, out bool any)
    {
        any = true;
        foreach (var output in outputs) { if (output.Numbers is { } numbers && numbers.Length == rows) { return numbers; } }

        any = false;
        var none = new double[rows];
        Array.Fill(none, double.NaN);
        return none;
    }

    private static Problem NoScore(LoadedModel model, PredictionRequest request, int row)
    {
        var places = request.Set.PlacesOf(model);
        var values = model.Inputs.Take(20).Select((input, i) =>
        {
            var column = request.Columns[places[i]];
            return $"{input.Name} = {(input.IsNumber ? column.Numbers.Span[row * input.Width].ToString("R", CultureInfo.InvariantCulture) : column.Texts.Span[row * input.Width])}";
        });
        return new Problem(422, "no_score", $"The model has no score for row {row + 1} ({string.Join(", ", values)}): a value is missing or was not in the training rows.");
    }
}
