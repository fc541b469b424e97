using System.Buffers;
using System.Text;

namespace Slipway.OnnxRuntime.Native;

/// <summary>Strings into and out of a tensor.</summary>
internal static unsafe class StringTensor
{
    public static void Fill(Ort ort, nint value, IReadOnlyList<string> values)
    {
        if (values.Count == 0) { return; }

        var bytes = 0;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Contains('\0', StringComparison.Ordinal)) { throw new OnnxException(OnnxFailure.ValueRefused, $"The string at place {i} holds NUL, which ends a string for ONNX Runtime."); }

            bytes = checked(bytes + Encoding.UTF8.GetByteCount(values[i]) + 1);
        }

        var text = ArrayPool<byte>.Shared.Rent(bytes);
        var starts = ArrayPool<nint>.Shared.Rent(values.Count);
        try
        {
            fixed (byte* buffer = text)
            fixed (nint* pointers = starts)
            {
                var end = 0;
                for (var i = 0; i < values.Count; i++)
                {
                    starts[i] = (nint)(buffer + end);
                    end += Encoding.UTF8.GetBytes(values[i], text.AsSpan(end));
                    text[end++] = 0;
                }

                ort.Check(ort.Api.FillStringTensor(value, (byte**)pointers, (nuint)values.Count), OnnxFailure.ValueRefused);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
            ArrayPool<nint>.Shared.Return(starts);
        }
    }

    public static string[] Read(Ort ort, nint value, long count)
    {
        if (count == 0) { return []; }

        nuint bytes;
        ort.Check(ort.Api.GetStringTensorDataLength(value, &bytes), OnnxFailure.RunFailed);
        var text = new byte[checked((int)bytes + 1)];
        var starts = new nuint[count];
        fixed (byte* buffer = text)
        fixed (nuint* offsets = starts)
        {
            ort.Check(ort.Api.GetStringTensorContent(value, buffer, bytes, offsets, (nuint)count), OnnxFailure.RunFailed);
        }

        var strings = new string[count];
        for (var i = 0; i < strings.Length; i++)
        {
            var end = i + 1 < strings.Length ? (int)starts[i + 1] : (int)bytes;
            strings[i] = Encoding.UTF8.GetString(text.AsSpan((int)starts[i]..end));
        }

        return strings;
    }
}
