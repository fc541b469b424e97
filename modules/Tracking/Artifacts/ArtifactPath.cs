using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts;

/// <summary>
/// Names of artifacts: safe paths (<see cref="SafePath"/>), with MLflow's answer to others.
/// </summary>
internal static class ArtifactPath
{
    public static readonly Problem Invalid = Problem.Invalid("path", "Invalid path");

    /// <summary>A file's name; <paramref name="path"/> has been decoded once, as HTTP says.</summary>
    public static Result<string> File(string path) => path.Length > 0 && SafePath.IsSafe(path) ? path : Invalid;

    /// <summary>A directory, without a slash at its end; empty = the root.</summary>
    public static Result<string> Directory(string? path)
    {
        path = path ?? "";
        if (path.EndsWith('/')) { path = path[..^1]; }

        return path.Length == 0 || SafePath.IsSafe(path) ? path : Invalid;
    }
}
