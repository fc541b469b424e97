namespace Slipway.OnnxRuntime;

/// <summary>One reason why a model file is refused.</summary>
/// <param name="Place">Where in the file, as a path of field names, such as <c>graph.node[3].attribute[0].t</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong there, with the value, and what would be right.</param>
public sealed record OnnxFileFault(string Place, string Message)
{
    public override string ToString() => Place.Length == 0 ? Message : $"{Place}: {Message}";
}
