using System.Runtime.InteropServices;

namespace Slipway.OnnxRuntime.Native;

/// <summary>Names, element types and shapes, read from a session or a value.</summary>
internal static unsafe class Signature
{
    public static OnnxValueInfo[] Inputs(Ort ort, nint session) => Read(ort, session, ort.Api.SessionGetInputCount, ort.Api.SessionGetInputName, ort.Api.SessionGetInputTypeInfo);

    public static OnnxValueInfo[] Outputs(Ort ort, nint session) => Read(ort, session, ort.Api.SessionGetOutputCount, ort.Api.SessionGetOutputName, ort.Api.SessionGetOutputTypeInfo);

    /// <summary>Of a value that a run gave.</summary>
    /// <exception cref="OnnxException">It is no tensor.</exception>
    public static (OnnxElementType Type, long[] Shape) OfValue(Ort ort, nint value)
    {
        nint info;
        ort.Check(ort.Api.GetTensorTypeAndShape(value, &info), OnnxFailure.RunFailed, "An output is no tensor");
        try { return OfTensor(ort, info); }
        finally { ort.Api.ReleaseTensorTypeAndShapeInfo(info); }
    }

    private static OnnxValueInfo[] Read(
        Ort ort,
        nint session,
        delegate* unmanaged<nint, nuint*, nint> countOf,
        delegate* unmanaged<nint, nuint, nint, byte**, nint> nameOf,
        delegate* unmanaged<nint, nuint, nint*, nint> typeOf)
    {
        nuint count;
        ort.Check(countOf(session, &count), OnnxFailure.ModelRefused);
        var values = new OnnxValueInfo[count];
        for (nuint i = 0; i < count; i++)
        {
            byte* name;
            nint type, tensor;
            ort.Check(nameOf(session, i, ort.Allocator, &name), OnnxFailure.ModelRefused);
            var text = Marshal.PtrToStringUTF8((nint)name)!;
            ort.Check(ort.Api.AllocatorFree(ort.Allocator, name), OnnxFailure.ModelRefused);
            ort.Check(typeOf(session, i, &type), OnnxFailure.ModelRefused);
            try
            {
                ort.Check(ort.Api.CastTypeInfoToTensorInfo(type, &tensor), OnnxFailure.ModelRefused);
                var (element, shape) = tensor == 0 ? (OnnxElementType.Undefined, []) : OfTensor(ort, tensor);
                values[i] = new OnnxValueInfo(text, element, shape);
            }
            finally { ort.Api.ReleaseTypeInfo(type); }
        }

        return values;
    }

    private static (OnnxElementType Type, long[] Shape) OfTensor(Ort ort, nint info)
    {
        int type;
        nuint rank;
        ort.Check(ort.Api.GetTensorElementType(info, &type), OnnxFailure.RunFailed);
        ort.Check(ort.Api.GetDimensionsCount(info, &rank), OnnxFailure.RunFailed);
        var shape = rank == 0 ? [] : new long[rank];
        fixed (long* dimensions = shape) { ort.Check(ort.Api.GetDimensions(info, dimensions, rank), OnnxFailure.RunFailed); }

        return ((OnnxElementType)type, shape);
    }
}
