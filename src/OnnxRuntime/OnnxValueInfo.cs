namespace Slipway.OnnxRuntime;

/// <summary>One input or output of a model.</summary>
/// <param name="Name">As the model has it; unique among the inputs, and among the outputs.</param>
/// <param name="ElementType"><see cref="OnnxElementType.Undefined"/> for what is no tensor.</param>
/// <param name="Shape">
/// Dimensions in order, rows first; -1 where any size fits (as a rule the first: the rows of a batch). Empty for a single value, and where the model leaves the number of dimensions open.
/// </param>
public sealed record OnnxValueInfo(string Name, OnnxElementType ElementType, IReadOnlyList<long> Shape)
{
    /// <summary>Name, element type and shape in one line, such as <c>x: Float [any, 4]</c>.</summary>
    public override string ToString() => $"{Name}: {ElementType} {Shapes.Text([.. Shape])}";
}
