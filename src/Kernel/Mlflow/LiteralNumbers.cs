namespace Slipway.Kernel.Mlflow;

/// <summary>Puts quotes around bare <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which Python's json module writes and JSON does not know.</summary>
public static class LiteralNumbers
{
    public static byte[] Quote(ReadOnlySpan<byte> json)
    {
        var quoted = new List<byte>(json.Length + 16);
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var word = inString ? default : WordAt(json[i..]);
            if (!word.IsEmpty)
            {
                quoted.Add((byte)'"');
                quoted.AddRange(word);
                quoted.Add((byte)'"');
                i += word.Length - 1;
                continue;
            }

            quoted.Add(json[i]);
            if (inString && json[i] == '\\' && i + 1 < json.Length) { quoted.Add(json[++i]); }
            else if (json[i] == '"') { inString = !inString; }
        }

        return [.. quoted];
    }

    private static ReadOnlySpan<byte> WordAt(ReadOnlySpan<byte> json) =>
        json.StartsWith("NaN"u8) ? "NaN"u8 : json.StartsWith("Infinity"u8) ? "Infinity"u8 : json.StartsWith("-Infinity"u8) ? "-Infinity"u8 : default;
}
