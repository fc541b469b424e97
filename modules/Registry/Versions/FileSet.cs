using System.Security.Cryptography;
using System.Text;
using Slipway.Tracking.Ports;

namespace Slipway.Registry.Versions;

/// <summary>One digest for the files of a model.</summary>
internal static class FileSet
{
    /// <summary>
    /// Of one file its own; of several the SHA-256 of lines <c>DIGEST  PATH</c> in UTF-8, by path in order of bytes, each ended by a line feed, paths from the model's folder: what
    /// <c>sha256sum</c> prints there. Null when there is none.
    /// </summary>
    /// <param name="folder">The model's folder, without a slash at its end; empty = the root.</param>
    public static string? Digest(IReadOnlyList<RunFile> files, string folder)
    {
        if (files.Count == 0) { return null; }

        if (files.Count == 1) { return files[0].Digest; }

        var skip = folder.Length == 0 ? 0 : folder.Length + 1;
        var lines = new StringBuilder();
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal)) { lines.Append(file.Digest).Append("  ").Append(file.Path, skip, file.Path.Length - skip).Append('\n'); }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
