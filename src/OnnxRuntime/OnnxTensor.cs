using Slipway.OnnxRuntime.Native;

namespace Slipway.OnnxRuntime;

/// <summary>
/// An array of any number of dimensions, in row-major order (the last index runs fastest), that a model reads or writes. Numbers stand in the memory of the caller, or of ONNX Runtime for a result, and
/// are never copied; strings are. May be used by many runs at once as an input; the memory under it may be refilled between runs. Dispose it when no run will use it: that unpins the memory.
/// </summary>
public sealed unsafe class OnnxTensor : IDisposable
{
    private readonly Ort _ort;
    private readonly ValueHandle _value;
    private readonly long[] _shape;
    private readonly void* _data;

    private OnnxTensor(Ort ort, ValueHandle value, OnnxElementType elementType, long[] shape, long length, void* data)
    {
        (_ort, _value, ElementType, _shape, Length) = (ort, value, elementType, shape, length);
        _data = data;
    }

    public OnnxElementType ElementType { get; }

    /// <summary>Dimensions in order, each 0 or more; empty for a single value.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of elements: the product of the dimensions.</summary>
    public long Length { get; }

    /// <inheritdoc cref="Of{T}(Memory{T}, ReadOnlySpan{long})"/>
    public static OnnxTensor Of<T>(T[] data, params ReadOnlySpan<long> shape) where T : unmanaged => Of(data.AsMemory(), shape);

    /// <summary>A tensor over memory of the caller, which stays pinned until the tensor is disposed.</summary>
    /// <typeparam name="T">float, double, Half, bool, or an integer of 8 to 64 bits; the element type follows from it.</typeparam>
    /// <param name="data">Row-major; as an output, what a run writes into. An array of managed memory longer than its run is pinned for that long.</param>
    /// <param name="shape">Its product must be the length of <paramref name="data"/>.</param>
    /// <exception cref="OnnxException">The shape does not fit the data, T is no element type, or ONNX Runtime is missing.</exception>
    public static OnnxTensor Of<T>(Memory<T> data, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        var type = Elements.TypeOf<T>() ?? throw new OnnxException(OnnxFailure.ValueRefused, $"A tensor cannot hold {typeof(T).Name}; it holds float, double, Half, bool or integers of 8 to 64 bits.");
        CheckShape(data.Length, shape);
        var ort = Ort.Shared;
        var pin = data.Pin();
        try
        {
            // Memory of length 0 may have no address; ONNX Runtime wants one, and reads nothing there.
            var address = pin.Pointer is null ? (void*)ort.CpuMemory : pin.Pointer;
            nint value;
            fixed (long* dimensions = shape)
            {
                long none;
                ort.Check(ort.Api.CreateTensorWithDataAsOrtValue(ort.CpuMemory, address, (nuint)data.Length * (nuint)sizeof(T), shape.IsEmpty ? &none : dimensions, (nuint)shape.Length, (int)type, &value), OnnxFailure.ValueRefused);
            }

            return new OnnxTensor(ort, new ValueHandle(ort, value, pin), type, shape.ToArray(), data.Length, address);
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    /// <summary>A tensor of strings, copied as UTF-8.</summary>
    /// <param name="values">Row-major; without NUL, which ONNX Runtime takes for the end of a string.</param>
    /// <param name="shape">Its product must be the number of <paramref name="values"/>.</param>
    /// <exception cref="OnnxException">The shape does not fit, a string holds NUL, or ONNX Runtime is missing.</exception>
    public static OnnxTensor OfStrings(IReadOnlyList<string> values, params ReadOnlySpan<long> shape)
    {
        CheckShape(values.Count, shape);
        var ort = Ort.Shared;
        nint value;
        fixed (long* dimensions = shape)
        {
            long none;
            ort.Check(ort.Api.CreateTensorAsOrtValue(ort.Allocator, shape.IsEmpty ? &none : dimensions, (nuint)shape.Length, (int)OnnxElementType.String, &value), OnnxFailure.ValueRefused);
        }

        var tensor = new OnnxTensor(ort, new ValueHandle(ort, value), OnnxElementType.String, shape.ToArray(), values.Count, null);
        try
        {
            StringTensor.Fill(ort, value, values);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>The numbers, row-major, without a copy: valid until the tensor (or the result that it belongs to) is disposed.</summary>
    /// <typeparam name="T">The .NET type of <see cref="ElementType"/>.</typeparam>
    /// <exception cref="OnnxException">The tensor holds another type, or more elements than a span can.</exception>
    public ReadOnlySpan<T> Data<T>() where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_value.IsClosed, this);
        if (Elements.TypeOf<T>() != ElementType) { throw new OnnxException(OnnxFailure.ValueRefused, $"The tensor holds {ElementType}, not {Elements.TypeOf<T>()?.ToString() ?? typeof(T).Name}."); }

        if (Length > Array.MaxLength) { throw new OnnxException(OnnxFailure.ValueRefused, $"The tensor holds {Length} elements; at most {Array.MaxLength} can be read at once."); }

        return new ReadOnlySpan<T>(_data, (int)Length);
    }

    /// <summary>The strings, row-major, as copies.</summary>
    /// <exception cref="OnnxException">The tensor holds numbers.</exception>
    public string[] Strings()
    {
        if (ElementType != OnnxElementType.String) { throw new OnnxException(OnnxFailure.ValueRefused, $"The tensor holds {ElementType}, not String."); }

        var value = Hold();
        try { return StringTensor.Read(_ort, value, Length); }
        finally { Release(); }
    }

    public void Dispose() => _value.Dispose();

    /// <summary>Takes over a value that a run gave; on failure the value is released.</summary>
    internal static OnnxTensor Adopt(Ort ort, nint value)
    {
        var handle = new ValueHandle(ort, value);
        try
        {
            var (type, shape) = Signature.OfValue(ort, value);
            void* data = null;
            if (type != OnnxElementType.String) { ort.Check(ort.Api.GetTensorMutableData(value, &data), OnnxFailure.RunFailed); }

            return new OnnxTensor(ort, handle, type, shape, Shapes.Elements(shape) ?? 0, data);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The value, kept alive until <see cref="Release"/>.</summary>
    internal nint Hold()
    {
        var held = false;
        _value.DangerousAddRef(ref held);
        return _value.DangerousGetHandle();
    }

    internal void Release() => _value.DangerousRelease();

    private static void CheckShape(long count, ReadOnlySpan<long> shape)
    {
        if (Shapes.Elements(shape) is not { } elements) { throw new OnnxException(OnnxFailure.ValueRefused, $"{Shapes.Text(shape)} is no shape: dimensions are 0 or more, and their product stays below 2^63."); }

        if (elements != count) { throw new OnnxException(OnnxFailure.ValueRefused, $"The shape {Shapes.Text(shape)} holds {elements} elements, and {count} were given."); }
    }
}
