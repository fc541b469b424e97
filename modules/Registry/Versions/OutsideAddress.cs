namespace Slipway.Registry.Versions;

/// <summary>The check of addresses that are kept and handed out, and never opened here: what leads out of a folder, at whatever decoding a later reader does, is refused.</summary>
internal static class OutsideAddress
{
    private const int MaxDecodings = 3;
    private static readonly char[] Separators = ['/', '\\', '?', '&', '=', ';', '#', ','];

    /// <param name="rest">What stands after the scheme's colon.</param>
    /// <returns>True for parts that are or begin with dots of a path, control characters and bytes that are no UTF-8, in plain or percent-encoded any number of times.</returns>
    public static bool LeadsOut(string rest)
    {
        for (var decoding = 0; decoding <= MaxDecodings; decoding++)
        {
            if (IsOdd(rest) || Array.Exists(rest.Split(Separators), part => part.Trim() == "." || part.TrimStart().StartsWith("..", StringComparison.Ordinal))) { return true; }

            var decoded = Uri.UnescapeDataString(rest);
            if (decoded == rest) { return false; }

            rest = decoded;
        }

        return true;
    }

    // The overlong forms of '.' and '/' begin with these two bytes.
    private static bool IsOdd(string text) =>
        text.Any(c => char.IsControl(c) || c is '\\' or '\uFFFD') || text.Contains("%c0", StringComparison.OrdinalIgnoreCase) || text.Contains("%c1", StringComparison.OrdinalIgnoreCase);
}
