using Slipway.OnnxRuntime.Proto;

namespace Slipway.OnnxRuntime.Check;

/// <summary>Element types and shapes as declared.</summary>
internal static class TypeCheck
{
    public static void Run(TypeProto type, Place place, Faults faults)
    {
        switch (type.ValueCase)
        {
            case TypeProto.ValueOneofCase.TensorType:
                ElementType(type.TensorType.ElemType, place.At("tensor_type"), faults);
                Shape(type.TensorType.Shape, place.At("tensor_type").At("shape"), faults);
                break;
            case TypeProto.ValueOneofCase.SequenceType when type.SequenceType.ElemType is { } element:
                Run(element, place.At("sequence_type").At("elem_type"), faults);
                break;
            case TypeProto.ValueOneofCase.OptionalType when type.OptionalType.ElemType is { } element:
                Run(element, place.At("optional_type").At("elem_type"), faults);
                break;
            case TypeProto.ValueOneofCase.MapType when type.MapType.ValueType is { } value:
                ElementType(type.MapType.KeyType, place.At("map_type").At("key_type"), faults);
                Run(value, place.At("map_type").At("value_type"), faults);
                break;
            default:
                faults.Add(place.ToString(), "The type is incomplete; it must say what it holds.");
                break;
        }
    }

    /// <summary>Adds a fault and answers false when ONNX Runtime has no such elements.</summary>
    public static bool ElementType(int type, Place place, Faults faults)
    {
        if ((OnnxElementType)type is OnnxElementType.String || Elements.Bytes((OnnxElementType)type) is > 0 and not 16 && type != (int)OnnxElementType.Complex64) { return true; }

        faults.Add(place.ToString(), $"The element type {type} is not supported; known are 1 to 13 and 16 of TensorProto.DataType.");
        return false;
    }

    private static void Shape(TensorShapeProto? shape, Place place, Faults faults)
    {
        if (shape is null) { return; }

        if (shape.Dim.Count > faults.Limits.Rank)
        {
            faults.Add(place.ToString(), $"The shape has {shape.Dim.Count} dimensions; at most {faults.Limits.Rank} are allowed.");
            return;
        }

        // -1, as some exporters write it, and a dimension without a value are free.
        long[] fixedOnes = [.. from dimension in shape.Dim where dimension.HasDimValue && dimension.DimValue != -1 select dimension.DimValue];
        if (Shapes.Elements(fixedOnes) is not { } elements || elements > faults.Limits.Elements)
        {
            faults.Add(place.ToString(), $"The shape {Shapes.Text([.. shape.Dim.Select(dimension => dimension.HasDimValue ? dimension.DimValue : -1)])} is absurd; dimensions are 0 or more, and their product at most {faults.Limits.Elements}.");
        }
    }
}
