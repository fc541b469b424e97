using System.Runtime.InteropServices;

namespace Slipway.DuckDb;

/// <summary>Where libduckdb is: the folder that SLIPWAY_ENGINES names, else the folder of the program (published), else node_modules of a checkout.</summary>
internal static class EngineLibrary
{
    public const string Setting = "SLIPWAY_ENGINES";

    private static readonly Lazy<nint> Handle = new(Load);

    /// <summary>The name of the file on this system.</summary>
    public static string FileName => OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    /// <exception cref="DuckDbException">It is missing or cannot be loaded; the message says what to do.</exception>
    public static void EnsureLoaded() => _ = Handle.Value;

    /// <summary>The path of the library.</summary>
    /// <param name="engines">The value of SLIPWAY_ENGINES; null or empty when it is not set.</param>
    /// <param name="program">Folder of the program.</param>
    /// <exception cref="DuckDbException">It is in none of the places.</exception>
    public static string Find(string? engines, string program) => Candidates(engines, program).FirstOrDefault(File.Exists)
        ?? throw new DuckDbException(DuckDbErrorKind.Library, $"DuckDB's library {FileName} lies neither in {Setting} ({(string.IsNullOrEmpty(engines) ? "not set" : engines)}) nor in {program} nor in a node_modules above it: "
            + $"run npm ci in the checkout, or set {Setting} to the folder that holds it.");

    private static IEnumerable<string> Candidates(string? engines, string program)
    {
        if (!string.IsNullOrEmpty(engines)) { yield return Path.Combine(engines, FileName); }

        yield return Path.Combine(program, FileName);
        var system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var processor = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        for (var folder = new DirectoryInfo(program); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "node_modules", "@duckdb", $"node-bindings-{system}-{processor}", FileName);
        }
    }

    private static nint Load()
    {
        var path = Find(Environment.GetEnvironmentVariable(Setting), AppContext.BaseDirectory);
        try
        {
            var handle = NativeLibrary.Load(path);
            NativeLibrary.SetDllImportResolver(typeof(EngineLibrary).Assembly, (name, _, _) => name == Api.Library ? handle : 0);
            return handle;
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            throw new DuckDbException(DuckDbErrorKind.Library, $"DuckDB's library {path} cannot be loaded: run npm ci in the checkout to get it anew ({fault.Message})", fault);
        }
    }
}
