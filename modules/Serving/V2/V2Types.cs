using Slipway.OnnxRuntime;
using Slipway.Serving.Check;

namespace Slipway.Serving.V2;

/// <summary>Names of element types in the Open Inference Protocol V2.</summary>
internal static class V2Types
{
    public static string Of(OnnxElementType type) => type switch
    {
        OnnxElementType.Float => "FP32",
        OnnxElementType.Double => "FP64",
        OnnxElementType.Float16 => "FP16",
        OnnxElementType.Int8 => "INT8",
        OnnxElementType.Int16 => "INT16",
        OnnxElementType.Int32 => "INT32",
        OnnxElementType.Int64 => "INT64",
        OnnxElementType.UInt8 => "UINT8",
        OnnxElementType.UInt16 => "UINT16",
        OnnxElementType.UInt32 => "UINT32",
        OnnxElementType.UInt64 => "UINT64",
        OnnxElementType.Bool => "BOOL",
        OnnxElementType.String => "BYTES",
        _ => "",
    };

    /// <summary>What values of a kind may be declared as: numbers as any type of numbers, since JSON has but one; whether a value fits is said of the value.</summary>
    public static bool Fits(FieldKind kind, string datatype) => kind switch
    {
        FieldKind.Text => datatype == "BYTES",
        FieldKind.Boolean => datatype == "BOOL",
        _ => datatype is "FP16" or "FP32" or "FP64" or "BF16" or "INT8" or "INT16" or "INT32" or "INT64" or "UINT8" or "UINT16" or "UINT32" or "UINT64",
    };

    public static string Expected(FieldKind kind) => kind switch
    {
        FieldKind.Text => "BYTES",
        FieldKind.Boolean => "BOOL",
        FieldKind.Integer => "INT64 or another type of numbers",
        _ => "FP64 or another type of numbers",
    };
}
