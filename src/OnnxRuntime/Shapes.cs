namespace Slipway.OnnxRuntime;

/// <summary>Arithmetic and text of shapes.</summary>
internal static class Shapes
{
    /// <summary>The number of elements; null when a dimension is negative or the product passes 2^63. A shape without dimensions holds one element.</summary>
    public static long? Elements(ReadOnlySpan<long> shape)
    {
        // An empty dimension makes any shape empty, whatever the others multiply to.
        var empty = false;
        foreach (var dimension in shape)
        {
            if (dimension < 0) { return null; }

            empty |= dimension == 0;
        }

        long elements = 1;
        foreach (var dimension in shape)
        {
            if (empty) { return 0; }

            if (Math.BigMul(elements, dimension, out var product) != 0 || product < 0) { return null; }

            elements = product;
        }

        return elements;
    }

    /// <summary>Whether a shape fits a declared one, in which -1 fits any size; a declared shape without dimensions fits all.</summary>
    public static bool Fits(ReadOnlySpan<long> shape, IReadOnlyList<long> declared)
    {
        if (declared.Count == 0) { return true; }

        if (shape.Length != declared.Count) { return false; }

        for (var i = 0; i < shape.Length; i++)
        {
            if (declared[i] >= 0 && declared[i] != shape[i]) { return false; }
        }

        return true;
    }

    public static string Text(ReadOnlySpan<long> shape)
    {
        var parts = new string[shape.Length];
        for (var i = 0; i < shape.Length; i++) { parts[i] = shape[i] == -1 ? "any" : shape[i].ToString(System.Globalization.CultureInfo.InvariantCulture); }

        return $"[{string.Join(", ", parts)}]";
    }
}
