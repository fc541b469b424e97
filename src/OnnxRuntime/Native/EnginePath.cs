using System.Runtime.InteropServices;

namespace Slipway.OnnxRuntime.Native;

/// <summary>Where the library of ONNX Runtime lies: the operator's folder, the folder of the program (a publish), or node_modules above it (a checkout).</summary>
internal static class EnginePath
{
    /// <summary>The environment variable that names the operator's folder.</summary>
    public const string Setting = "SLIPWAY_ENGINES";

    public const string Library = "libonnxruntime.so.1";

    /// <summary>The first of the three places that has the library; otherwise an exception that says what to do.</summary>
    /// <param name="engines">The operator's folder; null or empty when not set.</param>
    /// <param name="program">The folder of the program.</param>
    public static string Find(string? engines, string program)
    {
        foreach (var candidate in Candidates(engines, program))
        {
            if (File.Exists(candidate)) { return candidate; }
        }

        throw new OnnxException(OnnxFailure.EngineMissing, $"ONNX Runtime is missing: {Library} lies neither in {Setting} ({(string.IsNullOrEmpty(engines) ? "not set" : engines)}) nor in {program} nor in a node_modules above it; "
            + $"run `npm ci` in the checkout, or set {Setting} to the folder that holds the library.");
    }

    private static IEnumerable<string> Candidates(string? engines, string program)
    {
        if (!string.IsNullOrEmpty(engines)) { yield return Path.Combine(engines, Library); }

        yield return Path.Combine(program, Library);
        var inside = Path.Combine("node_modules", "onnxruntime-node", "bin", "napi-v6", "linux", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(), Library);
        for (var folder = new DirectoryInfo(program); folder is not null; folder = folder.Parent) { yield return Path.Combine(folder.FullName, inside); }
    }
}
