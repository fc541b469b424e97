using System.Runtime.InteropServices;

namespace Slipway.OnnxRuntime.Native;

/// <summary>A session. The reference count of the handle keeps it alive while a run is under way, whoever disposes it.</summary>
internal sealed unsafe class SessionHandle : SafeHandle
{
    private readonly Ort _ort;

    public SessionHandle(Ort ort, nint session) : base(0, ownsHandle: true)
    {
        _ort = ort;
        SetHandle(session);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _ort.Api.ReleaseSession(handle);
        return true;
    }
}

/// <summary>A tensor of ONNX Runtime, and the pin of the memory that it stands on, if that is ours.</summary>
internal sealed unsafe class ValueHandle : SafeHandle
{
    private readonly Ort _ort;
    private System.Buffers.MemoryHandle _pin;

    public ValueHandle(Ort ort, nint value, System.Buffers.MemoryHandle pin = default) : base(0, ownsHandle: true)
    {
        (_ort, _pin) = (ort, pin);
        SetHandle(value);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _ort.Api.ReleaseValue(handle);
        _pin.Dispose();
        return true;
    }
}

/// <summary>The means to end one run from another thread.</summary>
internal sealed unsafe class RunOptionsHandle : SafeHandle
{
    private readonly Ort _ort;

    public RunOptionsHandle(Ort ort) : base(0, ownsHandle: true)
    {
        _ort = ort;
        nint options;
        ort.Check(ort.Api.CreateRunOptions(&options), OnnxFailure.RunFailed);
        SetHandle(options);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Asks the run to end; it does so before its next operator.</summary>
    public void Terminate()
    {
        // Within the life of a registration that is disposed before this handle.
        var status = _ort.Api.RunOptionsSetTerminate(handle);
        if (status != 0) { _ort.Api.ReleaseStatus(status); }
    }

    protected override bool ReleaseHandle()
    {
        _ort.Api.ReleaseRunOptions(handle);
        return true;
    }
}
