namespace Slipway.OnnxRuntime;

/// <summary>
/// What a tensor holds. The numbers are those of <c>TensorProto.DataType</c> (onnx-ml.proto), which ONNX Runtime uses too.
/// </summary>
public enum OnnxElementType
{
    /// <summary>No tensor at all: a sequence, a map or an optional value. It has a name, and cannot be given or read.</summary>
    Undefined = 0,
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,

    /// <summary>UTF-8 text.</summary>
    String = 8,
    Bool = 9,
    Float16 = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
    Complex64 = 14,
    Complex128 = 15,
    BFloat16 = 16,
}
