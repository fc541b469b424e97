using System.Runtime.InteropServices;

namespace Slipway.OnnxRuntime.Native;

/// <summary>Where the library of ONNX Runtime lies: the operator's folder, the folder of the program (a publish), or node_modules above it (a checkout).</summary>
internal static class EnginePath
{
    /// <summary>The environment variable that names the operator's folder.</summary>
    public const string Setting = "SLIPWAY_ENGINES";

    public const string Library = "libonnxruntime.so.1";

    /// <summary>The path of the library.</summary>
    /// <param name="engines">The operator's folder; when it is set, nothing else is looked at.</param>
    /// <param name="program">The folder of the program.</param>
    /// <exception cref="OnnxException">It is in none of the places; the message says what to do.</exception>
    public static string Find(string? engines, string program)
    {
        if (!string.IsNullOrEmpty(engines))
        {
            var named = Path.Combine(engines, Library);
            return File.Exists(named) ? named : throw Missing($"{engines}, which {Setting} names, holds no {Library}: put it there, or unset {Setting}.");
        }

        return Candidates(program).FirstOrDefault(File.Exists)
            ?? throw Missing($"ONNX Runtime's library {Library} was not found: run npm ci in the checkout, or name the folder that holds it in {Setting}.");
    }

    private static OnnxException Missing(string message) => new(OnnxFailure.EngineMissing, message);

    private static IEnumerable<string> Candidates(string program)
    {
        yield return Path.Combine(program, Library);
        var inside = Path.Combine("node_modules", "onnxruntime-node", "bin", "napi-v6", "linux", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(), Library);
        for (var folder = new DirectoryInfo(program); folder is not null; folder = folder.Parent) { yield return Path.Combine(folder.FullName, inside); }
    }
}
