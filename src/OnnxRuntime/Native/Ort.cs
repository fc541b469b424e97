using System.Runtime.InteropServices;

namespace Slipway.OnnxRuntime.Native;

/// <summary>ONNX Runtime, loaded once for the process at its first use: its functions, and the objects that all sessions share. They live until the process ends.</summary>
internal sealed unsafe class Ort
{
    // Any version from 1.17 on speaks it (2024).
    private const uint ApiVersion = 17;
    private const int FatalOnly = 4; // faults come back as messages; nothing is to be printed besides
    private const int Arena = 1;

    private static readonly Lock Gate = new();
    private static volatile Ort? _shared;

    private Ort(OrtApi api, string version)
    {
        (Api, Version) = (api, version);
        nint env, cpu, allocator;
        fixed (byte* name = "slipway"u8) { Check(api.CreateEnv(FatalOnly, name, &env), OnnxFailure.EngineMissing); }

        Check(api.DisableTelemetryEvents(env), OnnxFailure.EngineMissing);
        Check(api.CreateCpuMemoryInfo(Arena, 0, &cpu), OnnxFailure.EngineMissing);
        Check(api.GetAllocatorWithDefaultOptions(&allocator), OnnxFailure.EngineMissing);
        (Env, CpuMemory, Allocator) = (env, cpu, allocator);
        BoundMemory();
    }

    /// <summary>Loads the library if that has not happened; a missing library is looked for again at the next call.</summary>
    /// <exception cref="OnnxException">It is missing, or cannot be used here.</exception>
    public static Ort Shared
    {
        get
        {
            if (_shared is { } loaded) { return loaded; }

            lock (Gate) { return _shared ??= Load(EnginePath.Find(Environment.GetEnvironmentVariable(EnginePath.Setting), AppContext.BaseDirectory)); }
        }
    }

    public OrtApi Api { get; }

    /// <summary>Of the library, such as 1.30.0.</summary>
    public string Version { get; }

    public nint Env { get; }

    /// <summary>Says that memory given by us is plain memory of this machine.</summary>
    public nint CpuMemory { get; }

    public nint Allocator { get; }

    public static Ort Load(string path)
    {
        if (!NativeLibrary.TryLoad(path, out var library) || !NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var export))
        {
            throw new OnnxException(OnnxFailure.EngineMissing, $"ONNX Runtime cannot be used: {path} is no library of it for {RuntimeInformation.RuntimeIdentifier}; run `npm ci` in the checkout to get the right one.");
        }

        // OrtApiBase: GetApi(version), GetVersionString().
        var entry = ((delegate* unmanaged<nint*>)export)();
        var version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)entry[1])())!;
        var table = ((delegate* unmanaged<uint, nint*>)entry[0])(ApiVersion);
        if (table is null)
        {
            throw new OnnxException(OnnxFailure.EngineMissing, $"ONNX Runtime {version} in {path} is older than 1.{ApiVersion}; run `npm ci` in the checkout to get a newer one.");
        }

        return new Ort(new OrtApi(table), version);
    }

    /// <summary>Turns a status that is a failure into an exception with ONNX Runtime's message, and frees it.</summary>
    public void Check(nint status, OnnxFailure failure, string? about = null)
    {
        if (status == 0) { return; }

        var message = Marshal.PtrToStringUTF8((nint)Api.GetErrorMessage(status)) ?? "no message";
        Api.ReleaseStatus(status);
        throw new OnnxException(failure, about is null ? $"ONNX Runtime: {message}" : $"{about}: {message}");
    }

    // One arena for all sessions, which gives out at most a quarter of the memory that this process may have: a model that asks for more fails alone.
    private void BoundMemory()
    {
        nint arena;
        fixed (byte* key = "max_mem"u8)
        {
            var value = (nuint)Math.Max(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, 1L << 28);
            Check(Api.CreateArenaCfgV2(&key, &value, 1, &arena), OnnxFailure.EngineMissing);
        }

        var status = Api.CreateAndRegisterAllocator(Env, CpuMemory, arena);
        Api.ReleaseArenaCfg(arena);
        Check(status, OnnxFailure.EngineMissing);
    }
}
