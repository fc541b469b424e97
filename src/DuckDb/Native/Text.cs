using System.Runtime.InteropServices;

namespace Slipway.DuckDb;

/// <summary>Text of the library.</summary>
internal static class Text
{
    /// <summary>A text that stays the library's.</summary>
    public static string Borrowed(nint text) => Marshal.PtrToStringUTF8(text) ?? "";

    /// <summary>A text that is ours to free.</summary>
    public static string Owned(nint text)
    {
        var value = Borrowed(text);
        Api.duckdb_free(text);
        return value;
    }
}
