namespace Slipway.OnnxRuntime;

/// <summary>How a model is loaded.</summary>
public sealed record OnnxSessionOptions
{
    /// <summary>
    /// Threads that one run may use inside an operator, 1 to 256. Default 1: the calling thread alone, which is the fastest for small models and leaves the other cores to other calls.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>What the check of the file allows.</summary>
    public OnnxFileLimits Limits { get; init; } = OnnxFileLimits.Default;
}
