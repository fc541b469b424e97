using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Slipway.Answers.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Answers;

/// <summary>The digest that seals an answer: SHA-256 over its JSON in the canonical form of RFC 8785 (names sorted, no white space, UTF-8), without the digest itself; so that anybody can take it again.</summary>
internal static class Seal
{
    /// <returns>64 lower-case hex digits.</returns>
    public static string Of(AnswersView view)
    {
        var text = new StringBuilder(4_096);
        Write(text, JsonSerializer.SerializeToElement(view, WireJson.Options), nameof(AnswersView.Digest).ToLowerInvariant());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <param name="leftOut">A name that is left out at this level; null = none.</param>
    private static void Write(StringBuilder text, JsonElement value, string? leftOut = null)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Write(text, '{', '}', value.EnumerateObject().Where(property => property.Name != leftOut).OrderBy(property => property.Name, StringComparer.Ordinal), property =>
                {
                    Write(text, property.Name);
                    text.Append(':');
                    Write(text, property.Value);
                });
                break;
            case JsonValueKind.Array:
                Write(text, '[', ']', value.EnumerateArray(), item => Write(text, item));
                break;
            case JsonValueKind.String:
                Write(text, value.GetString()!);
                break;
            default:
                // Whole numbers and words: an answer has no other numbers.
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Write<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> write)
    {
        var first = true;
        text.Append(open);
        foreach (var item in items)
        {
            if (!first) { text.Append(','); }

            first = false;
            write(item);
        }

        text.Append(close);
    }

    /// <summary>Section 3.2.2.2: only quotes, backslashes and control characters are escaped.</summary>
    private static void Write(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
