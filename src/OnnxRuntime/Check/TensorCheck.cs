using Slipway.OnnxRuntime.Proto;

namespace Slipway.OnnxRuntime.Check;

/// <summary>A tensor in the file: its data lies in the file, in one field, and is as much as the shape says.</summary>
internal static class TensorCheck
{
    public static void Run(TensorProto tensor, Place place, Faults faults)
    {
        if (Fault(tensor, place, faults) is { } message) { faults.Add(place.ToString(), $"The tensor {Faults.Quote(tensor.Name)} {message}"); }
    }

    private static string? Fault(TensorProto tensor, Place place, Faults faults)
    {
        if (tensor.ExternalData.Count > 0 || tensor.DataLocation != TensorProto.Types.DataLocation.Default)
        {
            var location = tensor.ExternalData.FirstOrDefault(entry => entry.Key == "location")?.Value ?? "";
            return $"keeps its data in another file ({Faults.Quote(location)}); save the model with its data inside.";
        }

        if (!TypeCheck.ElementType(tensor.DataType, place, faults)) { return null; }

        if (tensor.Dims.Count > faults.Limits.Rank) { return $"has {tensor.Dims.Count} dimensions; at most {faults.Limits.Rank} are allowed."; }

        long[] dims = [.. tensor.Dims];
        if (Shapes.Elements(dims) is not { } elements || elements > faults.Limits.Elements)
        {
            return $"has the absurd shape {Shapes.Text(dims)}; dimensions are 0 or more, and their product at most {faults.Limits.Elements}.";
        }

        return Data(tensor, (OnnxElementType)tensor.DataType, elements, dims);
    }

    // onnx-ml.proto says at each field which element types it carries.
    private static string? Data(TensorProto tensor, OnnxElementType type, long elements, long[] dims)
    {
        (string Field, long Count)[] filled =
        [
            .. from field in ((string Field, long Count)[])
               [
                   ("raw_data", tensor.RawData.Length), ("float_data", tensor.FloatData.Count), ("int32_data", tensor.Int32Data.Count), ("string_data", tensor.StringData.Count),
                   ("int64_data", tensor.Int64Data.Count), ("double_data", tensor.DoubleData.Count), ("uint64_data", tensor.Uint64Data.Count),
               ]
               where field.Count > 0
               select field,
        ];
        if (filled.Length > 1) { return $"has data in {filled[0].Field} and in {filled[1].Field}; it must be in one."; }

        var (own, count) = filled.Length == 0 ? (ListOf(type), 0) : filled[0];
        if (own == "raw_data" && type != OnnxElementType.String)
        {
            var bytes = elements * Elements.Bytes(type);
            return count == bytes ? null : $"of {type} {Shapes.Text(dims)} has {count} bytes of data; its shape wants {bytes}.";
        }

        if (own != ListOf(type)) { return $"of {type} has its data in {own}; it belongs into {ListOf(type)}{(type == OnnxElementType.String ? "" : " or raw_data")}."; }

        return count == elements ? null : $"of {type} {Shapes.Text(dims)} has {count} elements of data; its shape wants {elements}.";
    }

    private static string ListOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Float => "float_data",
        OnnxElementType.Double => "double_data",
        OnnxElementType.Int64 => "int64_data",
        OnnxElementType.UInt32 or OnnxElementType.UInt64 => "uint64_data",
        OnnxElementType.String => "string_data",
        _ => "int32_data",
    };
}
