namespace Slipway.OnnxRuntime;

/// <summary>What one run gave; the tensors stand in memory of ONNX Runtime until this is disposed.</summary>
public sealed class OnnxResult : IDisposable
{
    private readonly string[] _names;
    private readonly OnnxTensor[] _tensors;

    internal OnnxResult(string[] names, OnnxTensor[] tensors) => (_names, _tensors) = (names, tensors);

    /// <summary>The outputs, in the order in which they were asked for: without a list of names, the order of the model.</summary>
    public IReadOnlyList<OnnxTensor> Tensors => _tensors;

    /// <exception cref="OnnxException">The run was not asked for an output of this name.</exception>
    public OnnxTensor this[string name] => Array.IndexOf(_names, name) is var index and >= 0
        ? _tensors[index]
        : throw new OnnxException(OnnxFailure.ValueRefused, $"The result has no output '{name}'; it has {string.Join(", ", _names)}.");

    public void Dispose()
    {
        foreach (var tensor in _tensors) { tensor.Dispose(); }
    }
}
