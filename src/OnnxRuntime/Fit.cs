namespace Slipway.OnnxRuntime;

/// <summary>Whether what a caller gives is what the model wants, said in words before ONNX Runtime sees it.</summary>
internal static class Fit
{
    /// <summary>The tensors in the order of the model.</summary>
    public static OnnxTensor[] ByName(OnnxValueInfo[] declared, IReadOnlyDictionary<string, OnnxTensor> given)
    {
        if (given.Keys.FirstOrDefault(name => !Array.Exists(declared, value => value.Name == name)) is { } unknown)
        {
            throw Refused($"The model has no input '{unknown}'; its inputs are {List(declared)}.");
        }

        return [.. declared.Select(value => given.TryGetValue(value.Name, out var tensor) ? tensor : throw Refused($"The input '{value.Name}' is missing; the model wants {List(declared)}."))];
    }

    public static void InOrder(string kind, OnnxValueInfo[] declared, ReadOnlySpan<OnnxTensor> given)
    {
        if (given.Length != declared.Length) { throw Refused($"The model has {declared.Length} {kind}s ({List(declared)}), and {given.Length} were given."); }

        for (var i = 0; i < declared.Length; i++)
        {
            if (given[i].ElementType != declared[i].ElementType) { throw Refused($"The {kind} '{declared[i].Name}' is {declared[i].ElementType}, and {given[i].ElementType} was given."); }

            if (!Shapes.Fits(given[i].Shape, declared[i].Shape))
            {
                throw Refused($"The {kind} '{declared[i].Name}' has the shape {Shapes.Text([.. declared[i].Shape])}, and {Shapes.Text(given[i].Shape)} was given.");
            }
        }
    }

    /// <summary>The place of an output that is a tensor.</summary>
    public static int Output(OnnxValueInfo[] declared, string name)
    {
        for (var i = 0; i < declared.Length; i++)
        {
            if (declared[i].Name != name) { continue; }

            return declared[i].ElementType != OnnxElementType.Undefined ? i : throw Refused($"The output '{name}' is a sequence, a map or optional; only tensors can be read.");
        }

        throw Refused($"The model has no output '{name}'; its outputs are {List(declared)}.");
    }

    private static string List(OnnxValueInfo[] values) => values.Length == 0 ? "none" : string.Join("; ", values.Select(value => value.ToString()));

    private static OnnxException Refused(string message) => new(OnnxFailure.ValueRefused, message);
}
