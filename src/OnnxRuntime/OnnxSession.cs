using Slipway.OnnxRuntime.Native;

namespace Slipway.OnnxRuntime;

/// <summary>
/// A model, ready to run. Every method may be called by many threads at once; a run that is under way when the session is disposed still ends, and a later one throws
/// <see cref="ObjectDisposedException"/>.
/// </summary>
public sealed unsafe class OnnxSession : IDisposable
{
    private const int OnStack = 64;

    private readonly Ort _ort;
    private readonly SessionHandle _session;
    private readonly OnnxValueInfo[] _inputs;
    private readonly OnnxValueInfo[] _outputs;
    private readonly string[] _tensorOutputs;
    private readonly NativeNames _inputNames;
    private readonly NativeNames _outputNames;

    private OnnxSession(Ort ort, SessionHandle session)
    {
        (_ort, _session) = (ort, session);
        _inputs = Signature.Inputs(ort, session.DangerousGetHandle());
        _outputs = Signature.Outputs(ort, session.DangerousGetHandle());
        _tensorOutputs = [.. from output in _outputs where output.ElementType != OnnxElementType.Undefined select output.Name];
        _inputNames = new NativeNames([.. _inputs.Select(input => input.Name)]);
        _outputNames = new NativeNames([.. _outputs.Select(output => output.Name)]);
    }

    /// <summary>The version of ONNX Runtime in use, such as 1.30.0.</summary>
    /// <exception cref="OnnxException">It is missing.</exception>
    public static string EngineVersion => Ort.Shared.Version;

    /// <summary>What a run must be given, in the order of the model.</summary>
    public IReadOnlyList<OnnxValueInfo> Inputs => _inputs;

    /// <summary>What a run gives, in the order of the model.</summary>
    public IReadOnlyList<OnnxValueInfo> Outputs => _outputs;

    /// <summary>Checks the file (<see cref="OnnxFileCheck"/>) and loads it. The bytes are not needed afterwards.</summary>
    /// <param name="model">An ONNX file, self-contained.</param>
    /// <exception cref="OnnxException">The check or ONNX Runtime refuses the file, or ONNX Runtime is missing.</exception>
    public static OnnxSession Load(ReadOnlyMemory<byte> model, OnnxSessionOptions? options = null)
    {
        options ??= new OnnxSessionOptions();
        OnnxFileCheck.Require(model, options.Limits);
        var ort = Ort.Shared;
        var session = SessionLoader.Load(ort, model, options);
        try { return new OnnxSession(ort, session); }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs the model and gives all its outputs that are tensors.</summary>
    /// <param name="inputs">One tensor for each of <see cref="Inputs"/>, by name.</param>
    /// <param name="ct">Ends the run before its next operator.</param>
    /// <exception cref="OnnxException">An input does not fit, or the run fails.</exception>
    public OnnxResult Run(IReadOnlyDictionary<string, OnnxTensor> inputs, CancellationToken ct) => Run(inputs, _tensorOutputs, ct);

    /// <inheritdoc cref="Run(IReadOnlyDictionary{string, OnnxTensor}, CancellationToken)"/>
    /// <param name="outputs">The names of the outputs to compute, in the order of the result.</param>
    public OnnxResult Run(IReadOnlyDictionary<string, OnnxTensor> inputs, IReadOnlyList<string> outputs, CancellationToken ct) => Run(Fit.ByName(_inputs, inputs), [.. outputs], ct);

    /// <summary>Runs the model and gives all its outputs that are tensors.</summary>
    /// <param name="inputs">One tensor for each of <see cref="Inputs"/>, in their order.</param>
    /// <inheritdoc cref="Run(IReadOnlyDictionary{string, OnnxTensor}, CancellationToken)"/>
    public OnnxResult Run(ReadOnlySpan<OnnxTensor> inputs, CancellationToken ct) => Run(inputs, _tensorOutputs, ct);

    /// <summary>Runs the model into tensors of the caller: nothing is allocated, and nothing is copied.</summary>
    /// <param name="inputs">One tensor for each of <see cref="Inputs"/>, in their order.</param>
    /// <param name="outputs">One tensor for each of <see cref="Outputs"/>, in their order, of exactly the shape that the run gives.</param>
    /// <param name="ct">Ends the run before its next operator; <see cref="CancellationToken.None"/> costs least.</param>
    /// <exception cref="OnnxException">An input or output does not fit, or the run fails.</exception>
    public void Run(ReadOnlySpan<OnnxTensor> inputs, ReadOnlySpan<OnnxTensor> outputs, CancellationToken ct)
    {
        Fit.InOrder("input", _inputs, inputs);
        Fit.InOrder("output", _outputs, outputs);
        Span<nint> values = outputs.Length <= OnStack ? stackalloc nint[outputs.Length] : new nint[outputs.Length];
        var held = 0;
        try
        {
            for (; held < outputs.Length; held++) { values[held] = outputs[held].Hold(); }

            Run(inputs, _outputNames.Pointers, values, ct);
        }
        finally
        {
            for (var i = 0; i < held; i++) { outputs[i].Release(); }
        }
    }

    public void Dispose() => _session.Dispose();

    private OnnxResult Run(ReadOnlySpan<OnnxTensor> inputs, string[] outputs, CancellationToken ct)
    {
        Fit.InOrder("input", _inputs, inputs);
        Span<nint> names = outputs.Length <= OnStack ? stackalloc nint[outputs.Length] : new nint[outputs.Length];
        Span<nint> values = outputs.Length <= OnStack ? stackalloc nint[outputs.Length] : new nint[outputs.Length];
        values.Clear();
        for (var i = 0; i < outputs.Length; i++) { names[i] = _outputNames.Pointers[Fit.Output(_outputs, outputs[i])]; }

        Run(inputs, names, values, ct);
        var tensors = new OnnxTensor[outputs.Length];
        var adopted = 0;
        try
        {
            while (adopted < tensors.Length)
            {
                var value = values[adopted];
                values[adopted] = 0;
                tensors[adopted++] = OnnxTensor.Adopt(_ort, value);
            }

            return new OnnxResult(outputs, tensors);
        }
        catch
        {
            foreach (var tensor in tensors) { tensor?.Dispose(); }

            foreach (var value in values) { if (value != 0) { _ort.Api.ReleaseValue(value); } }

            throw;
        }
    }

    private void Run(ReadOnlySpan<OnnxTensor> inputs, ReadOnlySpan<nint> outputNames, Span<nint> outputs, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Span<nint> values = inputs.Length <= OnStack ? stackalloc nint[inputs.Length] : new nint[inputs.Length];
        var (held, alive) = (0, false);
        try
        {
            _session.DangerousAddRef(ref alive);
            for (; held < inputs.Length; held++) { values[held] = inputs[held].Hold(); }

            using var options = ct.CanBeCanceled ? new RunOptionsHandle(_ort) : null;
            nint status;
            using var ended = ct.UnsafeRegister(static options => (options as RunOptionsHandle)?.Terminate(), options);
            fixed (nint* inputNames = _inputNames.Pointers, inputValues = values, names = outputNames, results = outputs)
            {
                status = _ort.Api.Run(_session.DangerousGetHandle(), options?.DangerousGetHandle() ?? 0, inputNames, inputValues, (nuint)inputs.Length, names, (nuint)outputs.Length, results);
            }

            if (status != 0 && ct.IsCancellationRequested)
            {
                _ort.Api.ReleaseStatus(status);
                throw new OperationCanceledException(ct);
            }

            _ort.Check(status, OnnxFailure.RunFailed);
        }
        finally
        {
            for (var i = 0; i < held; i++) { inputs[i].Release(); }

            if (alive) { _session.DangerousRelease(); }
        }
    }
}
