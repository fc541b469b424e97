using System.Globalization;

namespace Slipway.Training.Design;

/// <summary>
/// Groups of a number by ascending edges e1 &lt; … &lt; ek, as NumPy's <c>histogram</c> has them, with two open ends: below e1; [e1, e2), …, and the last inner group
/// [e(k−1), ek] with both its edges; above ek. With a single edge: below e1, and from e1 on. So 0.8, 0.95 gives x &lt; 0.8, 0.8 ≤ x ≤ 0.95, x &gt; 0.95.
/// </summary>
internal static class Bins
{
    /// <summary>Index of the group, 0 to the number of edges.</summary>
    public static int IndexOf(double value, IReadOnlyList<double> edges)
    {
        var index = 0;
        for (var i = 0; i < edges.Count; i++)
        {
            if (ClosesBelow(i, edges) ? value > edges[i] : value >= edges[i]) { index = i + 1; }
        }

        return index;
    }

    /// <summary>True when the edge itself belongs to the group below it: only the greatest of several.</summary>
    public static bool ClosesBelow(int edge, IReadOnlyList<double> edges) => edge > 0 && edge == edges.Count - 1;

    /// <summary>The group in words: <c>x &lt; 0.8</c>, <c>x in [0.8, 0.95]</c>, <c>x &gt; 0.95</c>.</summary>
    public static string NameOf(string column, int index, IReadOnlyList<double> edges) =>
        index == 0 ? $"{column} < {Text(edges[0])}"
        : index == edges.Count ? $"{column} {(ClosesBelow(index - 1, edges) ? ">" : ">=")} {Text(edges[index - 1])}"
        : $"{column} in [{Text(edges[index - 1])}, {Text(edges[index])}{(ClosesBelow(index, edges) ? "]" : ")")}";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
