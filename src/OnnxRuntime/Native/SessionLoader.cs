namespace Slipway.OnnxRuntime.Native;

/// <summary>Gives a checked file to ONNX Runtime.</summary>
internal static unsafe class SessionLoader
{
    public static SessionHandle Load(Ort ort, ReadOnlyMemory<byte> model, OnnxSessionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Threads, 256);
        nint settings, session;
        ort.Check(ort.Api.CreateSessionOptions(&settings), OnnxFailure.ModelRefused);
        try
        {
            ort.Check(ort.Api.SetIntraOpNumThreads(settings, options.Threads), OnnxFailure.ModelRefused);
            ort.Check(ort.Api.SetInterOpNumThreads(settings, 1), OnnxFailure.ModelRefused);
            Set(ort, settings, "session.load_model_format"u8, "ONNX"u8); // not the other format, which our check does not know
            Set(ort, settings, "session.use_env_allocators"u8, "1"u8); // the bounded arena that all sessions share
            fixed (byte* bytes = model.Span)
            {
                ort.Check(ort.Api.CreateSessionFromArray(ort.Env, bytes, (nuint)model.Length, settings, &session), OnnxFailure.ModelRefused);
            }

            return new SessionHandle(ort, session);
        }
        finally { ort.Api.ReleaseSessionOptions(settings); }
    }

    private static void Set(Ort ort, nint settings, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        // Literals of UTF-8 end with 0.
        fixed (byte* name = key, text = value) { ort.Check(ort.Api.AddSessionConfigEntry(settings, name, text), OnnxFailure.ModelRefused); }
    }
}
