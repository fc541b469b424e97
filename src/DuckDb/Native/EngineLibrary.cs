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
    /// <param name="engines">The value of SLIPWAY_ENGINES; when it is set, nothing else is looked at.</param>
    /// <param name="program">Folder of the program.</param>
    /// <exception cref="DuckDbException">It is in none of the places.</exception>
    public static string Find(string? engines, string program)
    {
        if (!string.IsNullOrEmpty(engines))
        {
            var named = Path.Combine(engines, FileName);
            return File.Exists(named) ? named : throw Missing($"{engines}, which {Setting} names, holds no {FileName}: put it there, or unset {Setting}.");
        }

        return Candidates(program).FirstOrDefault(File.Exists)
            ?? throw Missing($"DuckDB's library {FileName} was not found: run npm ci in the checkout, or name the folder that holds it in {Setting}.");
    }

    private static IEnumerable<string> Candidates(string program)
    {
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

    private static DuckDbException Missing(string message) => new(DuckDbErrorKind.Library, message);
}
