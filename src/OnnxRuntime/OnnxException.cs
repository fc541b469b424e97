namespace Slipway.OnnxRuntime;

/// <summary>Which step failed, so that a caller can tell whose fault it is.</summary>
public enum OnnxFailure
{
    /// <summary>The library of ONNX Runtime was not found or cannot be used here: a matter for the operator.</summary>
    EngineMissing,

    /// <summary>Our own check refused the model file; it never reached ONNX Runtime. <see cref="OnnxException.Faults"/> says why.</summary>
    FileRefused,

    /// <summary>ONNX Runtime refused the model.</summary>
    ModelRefused,

    /// <summary>An input or output does not fit the model: name, element type, shape or number of values.</summary>
    ValueRefused,

    /// <summary>ONNX Runtime failed while it ran the model.</summary>
    RunFailed,
}

/// <summary>A model that cannot be loaded or run, and why; carries ONNX Runtime's own message where there is one.</summary>
public sealed class OnnxException(OnnxFailure failure, string message, IReadOnlyList<OnnxFileFault>? faults = null, Exception? inner = null) : Exception(message, inner)
{
    public OnnxFailure Failure { get; } = failure;

    /// <summary>What is wrong with the file, each with its place; empty unless <see cref="OnnxFailure.FileRefused"/>.</summary>
    public IReadOnlyList<OnnxFileFault> Faults { get; } = faults ?? [];
}
