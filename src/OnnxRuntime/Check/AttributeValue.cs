using Slipway.OnnxRuntime.Proto;
using Type = Slipway.OnnxRuntime.Proto.AttributeProto.Types.AttributeType;

namespace Slipway.OnnxRuntime.Check;

/// <summary>Whether an attribute holds the value that its type announces, and no other.</summary>
internal static class AttributeValue
{
    public static string Name(Type type) => Enum.IsDefined(type) ? type.ToString() : ((int)type).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What does not fit, as the end of a sentence; null when all does.</summary>
    public static string? Stray(AttributeProto attribute)
    {
        (Type Type, bool There, bool List)[] values =
        [
            (Type.Float, attribute.HasF, false), (Type.Int, attribute.HasI, false), (Type.String, attribute.HasS, false), (Type.Tensor, attribute.T is not null, false),
            (Type.Graph, attribute.G is not null, false), (Type.TypeProto, attribute.Tp is not null, false), (Type.Floats, attribute.Floats.Count > 0, true), (Type.Ints, attribute.Ints.Count > 0, true),
            (Type.Strings, attribute.Strings.Count > 0, true), (Type.Tensors, attribute.Tensors.Count > 0, true), (Type.Graphs, attribute.Graphs.Count > 0, true),
            (Type.TypeProtos, attribute.TypeProtos.Count > 0, true),
        ];
        foreach (var value in values)
        {
            if (value.There && value.Type != attribute.Type) { return $"holds {Name(value.Type)}"; }
        }

        var own = Array.Find(values, value => value.Type == attribute.Type);
        return own.Type == Type.Undefined ? "must be of one that is known" : own.There || own.List ? null : "holds none";
    }
}
