using Slipway.Kernel;
using Slipway.OnnxRuntime;
using Slipway.Training.Design;

namespace Slipway.Training.Onnx;

/// <summary>Scores columns with a model file, checked before it is loaded: one input per column, of shape [rows, 1] or [rows]; the first output of doubles or floats is the score.</summary>
internal static class ModelScorer
{
    /// <returns>One score per row; a row without a finite score is a problem that names it.</returns>
    public static Result<double[]> Score(byte[] file, IReadOnlyDictionary<string, Column> columns, int rows, CancellationToken ct)
    {
        try
        {
            using var session = OnnxSession.Load(file);
            if (Inputs(session, columns, rows).Fails(out var problem, out var inputs)) { return problem; }

            try
            {
                using var result = session.Run(inputs, ct);
                var scores = Read(result, rows);
                return scores is null ? Problem.Invalid("model", $"The model gives no output of one number per row; it gives {string.Join("; ", session.Outputs)}.")
                    : Array.FindIndex(scores, score => !double.IsFinite(score)) is var row and >= 0 ? NoScore(session, columns, row)
                    : scores;
            }
            finally
            {
                foreach (var input in inputs.Values) { input.Dispose(); }
            }
        }
        catch (OnnxException error) when (error.Failure != OnnxFailure.EngineMissing)
        {
            return new Problem(422, "model_refused", error.Message) { Field = "model" };
        }
        catch (OnnxException error)
        {
            return new Problem(503, "engine_missing", error.Message);
        }
    }

    /// <summary>Names of the columns that the file takes.</summary>
    public static Result<IReadOnlyList<string>> Columns(byte[] file)
    {
        try
        {
            using var session = OnnxSession.Load(file);
            return session.Inputs.Select(input => input.Name).ToList();
        }
        catch (OnnxException error)
        {
            return error.Failure == OnnxFailure.EngineMissing ? new Problem(503, "engine_missing", error.Message) : new Problem(422, "model_refused", error.Message) { Field = "model" };
        }
    }

    private static Result<Dictionary<string, OnnxTensor>> Inputs(OnnxSession session, IReadOnlyDictionary<string, Column> columns, int rows)
    {
        var inputs = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        var faults = new List<Fault>();
        foreach (var input in session.Inputs)
        {
            if (!columns.TryGetValue(input.Name, out var column)) { faults.Add(new Fault("data", $"The model takes '{input.Name}', which the data does not have.")); }
            else if (TensorOf(input, column, rows) is { } tensor) { inputs[input.Name] = tensor; }
            else { faults.Add(new Fault("data", $"The model takes {input}; the data's column '{column.Name}' holds {column.Type.ToString().ToLowerInvariant()}s or has gaps.")); }
        }

        if (faults.Count == 0) { return inputs; }

        foreach (var input in inputs.Values) { input.Dispose(); }

        return Problem.Invalid(faults);
    }

    private static OnnxTensor? TensorOf(OnnxValueInfo input, Column column, int rows)
    {
        long[] shape = input.Shape.Count == 1 ? [rows] : [rows, 1];
        return (input.ElementType, column.Type) switch
        {
            (OnnxElementType.Double, ColumnType.Number) => OnnxTensor.Of(column.Numbers, shape),
            (OnnxElementType.Float, ColumnType.Number) => OnnxTensor.Of(Array.ConvertAll(column.Numbers, value => (float)value), shape),
            (OnnxElementType.Int64, ColumnType.Number) => OnnxTensor.Of(Array.ConvertAll(column.Numbers, value => (long)value), shape),
            (OnnxElementType.Bool, ColumnType.Boolean) when !column.Texts.Contains(null) => OnnxTensor.Of(Array.ConvertAll(column.Texts, text => text == "true"), shape),
            (OnnxElementType.String, not ColumnType.Number) when !column.Texts.Contains(null) => OnnxTensor.OfStrings(column.Texts!, shape),
            _ => null,
        };
    }

    private static double[]? Read(OnnxResult result, int rows)
    {
        var output = result.Tensors.FirstOrDefault(tensor => tensor.Length == rows && tensor.ElementType is OnnxElementType.Double or OnnxElementType.Float);
        return output is null ? null
            : output.ElementType == OnnxElementType.Double ? output.Data<double>().ToArray()
            : Array.ConvertAll(output.Data<float>().ToArray(), value => (double)value);
    }

    private static Problem NoScore(OnnxSession session, IReadOnlyDictionary<string, Column> columns, int row) => Problem.Invalid(
        "data", $"The model has no score for row {row + 1} ({string.Join(", ", session.Inputs.Take(20).Select(input => $"{input.Name} = {columns[input.Name].TextAt(row) ?? "missing"}"))}): a number is not finite, or a level was not in the training rows.");
}
