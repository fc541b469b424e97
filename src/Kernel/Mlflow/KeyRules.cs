using System.Globalization;

namespace Slipway.Kernel.Mlflow;

/// <summary>What names and values may look like: MLflow's limits and character rule (its <c>validation.py</c>), with its words, which clients match on.</summary>
public static class KeyRules
{
    /// <summary>Most characters of a key.</summary>
    public const int KeyChars = 250;

    /// <param name="parameter">How the fault names the field.</param>
    /// <returns>Null when the key may be used.</returns>
    public static string? Fault(string key, string parameter)
    {
        foreach (var rune in key.EnumerateRunes())
        {
            if (!IsAllowed(rune))
            {
                return $"Invalid value \"{key}\" for parameter '{parameter}' supplied: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).";
            }
        }

        var resolved = Resolve(key);
        return resolved == key && key != "." && !key.StartsWith("..", StringComparison.Ordinal) && !key.StartsWith('/')
            ? null
            : $"Invalid value \"{key}\" for parameter '{parameter}' supplied: Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '{resolved}'";
    }

    /// <summary>What is said of a longer text.</summary>
    public static string TooLong(string parameter, int limit) => $"'{parameter}' exceeds the maximum length of {limit} characters";

    /// <summary>Longer values are cut rather than refused, as MLflow's default is; never inside a surrogate pair.</summary>
    public static string Cut(string value, int chars) =>
        value.Length <= chars ? value : value[..(char.IsHighSurrogate(value[chars - 1]) ? chars - 1 : chars)];

    private static bool IsAllowed(System.Text.Rune rune) =>
        rune.Value is ' ' or '-' or '.' or ':' or '/' or '_' || System.Text.Rune.IsLetterOrDigit(rune)
        || System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>As POSIX's path normalisation: drops empty and <c>.</c> parts, follows <c>..</c>.</summary>
    private static string Resolve(string key)
    {
        var parts = new List<string>();
        var rooted = key.StartsWith('/');
        foreach (var part in key.Split('/'))
        {
            if (part is "" or ".") { continue; }

            if (part != "..") { parts.Add(part); }
            else if (parts.Count > 0 && parts[^1] != "..") { parts.RemoveAt(parts.Count - 1); }
            else if (!rooted) { parts.Add(part); }
        }

        var joined = string.Join('/', parts);
        return rooted ? "/" + joined : joined.Length == 0 ? "." : joined;
    }
}
