namespace Slipway.Cli;

/// <summary>Rows under a header, in columns two spaces apart.</summary>
internal static class TextTable
{
    /// <param name="rows">Each with as many cells as the header; null = nothing to say.</param>
    /// <param name="right">Places of the columns of figures, which stand at the right edge.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string?>> rows, params int[] right)
    {
        var widths = header.Select((name, place) => rows.Select(row => row[place]?.Length ?? 0).Append(name.Length).Max()).ToArray();
        return rows.Prepend(header).Select(row => string.Join("  ", row.Select((cell, place) =>
            right.Contains(place) ? (cell ?? "").PadLeft(widths[place]) : (cell ?? "").PadRight(widths[place]))).TrimEnd());
    }

    public static void Print(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string?>> rows, params int[] right)
    {
        foreach (var line in Lines(header, rows, right)) { Terminal.Line(line); }
    }
}
