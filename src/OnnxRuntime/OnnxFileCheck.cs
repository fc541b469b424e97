using Google.Protobuf;
using Slipway.OnnxRuntime.Check;
using Slipway.OnnxRuntime.Proto;

namespace Slipway.OnnxRuntime;

/// <summary>
/// The check of a model file from a stranger, before ONNX Runtime sees it. First its bytes: that they are one well-formed protobuf of known fields, each at most once where one is meant, within the
/// limits; so that every reader of it reads the same. Then what it says: a self-contained model of standard operators, whose data fits its shapes. Pure; thread safe.
/// </summary>
public static class OnnxFileCheck
{
    /// <summary>Every fault found, with its place; empty when the file may be loaded.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">Null: <see cref="OnnxFileLimits.Default"/>.</param>
    public static IReadOnlyList<OnnxFileFault> Check(ReadOnlyMemory<byte> file, OnnxFileLimits? limits = null)
    {
        limits ??= OnnxFileLimits.Default;
        if (file.Length == 0) { return [new OnnxFileFault("", "The file is empty; it must be an ONNX model.")]; }

        if (file.Length > limits.Bytes) { return [new OnnxFileFault("", $"The file has {file.Length} bytes; at most {limits.Bytes} are allowed.")]; }

        if (file.Length >= 8 && file.Span[4..8].SequenceEqual("ORTM"u8)) { return [new OnnxFileFault("", "The file is in ONNX Runtime's own format; save the model as .onnx instead.")]; }

        if (new WireScan(file.Span, limits).Fault() is { } broken) { return [broken]; }

        var faults = new Faults(limits);
        try { ModelCheck.Run(ModelProto.Parser.ParseFrom(file.Span), faults); }
        catch (InvalidProtocolBufferException reason) { faults.Add("", $"The file is no ONNX model: {reason.Message}"); }

        return faults.Found;
    }

    /// <summary>Throws when the file has a fault.</summary>
    /// <exception cref="OnnxException">With the first faults in its message and all of them in <see cref="OnnxException.Faults"/>.</exception>
    public static void Require(ReadOnlyMemory<byte> file, OnnxFileLimits? limits = null)
    {
        var faults = Check(file, limits);
        if (faults.Count == 0) { return; }

        var more = faults.Count > 3 ? $" (and {faults.Count - 3} more)" : "";
        throw new OnnxException(OnnxFailure.FileRefused, $"The model file is refused: {string.Join(" ", faults.Take(3))}{more}", faults);
    }
}
