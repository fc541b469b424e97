using System.Text;

namespace Slipway.Kernel;

/// <summary>
/// Names with slashes that clients turn into paths on their own disks. Here they are data and never reach a file system; whatever could lead out of a folder elsewhere, on any
/// system and after any further decoding, is refused.
/// </summary>
public static class SafePath
{
    // A PostgreSQL index row holds 2,704 bytes.
    private const int MaxBytes = 2_000;
    private const int MaxDecodings = 3;

    /// <param name="path">Parts joined by <c>/</c>, none of them empty; decoded once, as HTTP says.</param>
    public static bool IsSafe(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > MaxBytes) { return false; }

        for (var decoding = 0; ; decoding++)
        {
            if (!IsPlain(path)) { return false; }

            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path) { return true; }

            if (decoding == MaxDecodings) { return false; }

            path = decoded;
        }
    }

    private static bool IsPlain(string path)
    {
        foreach (var c in path)
        {
            if (c == '\\' || char.IsControl(c) || c == '\uFFFD') { return false; }
        }

        // Bytes that are no UTF-8, such as the overlong forms of '.' and '/'.
        if (path.Contains("%c0", StringComparison.OrdinalIgnoreCase) || path.Contains("%c1", StringComparison.OrdinalIgnoreCase)) { return false; }

        return Array.TrueForAll(path.Split('/'), IsPlainPart);
    }

    // Windows drops dots and spaces at the end of a name, and knows drives, streams and home folders.
    private static bool IsPlainPart(string part) =>
        part.Trim(' ', '.').Length > 0 && !part.EndsWith('.') && !part.EndsWith(' ') && !part.StartsWith("..", StringComparison.Ordinal)
        && !part.StartsWith('~') && !(part.Length >= 2 && part[1] == ':' && char.IsAsciiLetter(part[0])) && !part.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
}
