using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Slipway.Kernel.Search;

/// <summary>Where the next page begins, opaque to clients.</summary>
/// <param name="Offset">Rows before it.</param>
/// <param name="After">Id of the row before it, where a list goes by position and not by number; null elsewhere.</param>
public sealed record PageToken(long Offset, string? After = null)
{
    // Ids of runs have up to 256.
    private const int MaxAfterChars = 300;

    public static readonly PageToken Start = new(0);

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(After is null
        ? string.Create(CultureInfo.InvariantCulture, $"{{\"offset\":{Offset}}}")
        : $"{{\"after\":{System.Text.Json.JsonSerializer.Serialize(After)}}}"));

    /// <param name="token">Null or empty = the first page.</param>
    public static Result<PageToken> Parse(string? token)
    {
        if (string.IsNullOrEmpty(token)) { return Start; }

        // As Python decodes: what is no base64 is left out.
        var base64 = string.Concat(token.Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '='));
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length) + 3];
        if (!Convert.TryFromBase64String(base64, bytes, out var length)) { return Invalid("Invalid page token, could not base64-decode"); }

        try
        {
            using var json = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(0, length));
            if (json.RootElement.TryGetProperty("after", out var after))
            {
                if (after.GetString() is { Length: > 0 and <= MaxAfterChars } id) { return new PageToken(0, id); }
            }
            else if (json.RootElement.GetProperty("offset").GetInt64() is >= 0 and var offset) { return new PageToken(offset); }
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // What is wrong with a token that we did not make does not matter to anybody.
        }

        return Invalid($"Invalid page token, decoded value=b'{Shown(bytes.AsSpan(0, length))}'");
    }

    /// <summary>The row that the token names is not there any more.</summary>
    public static Problem Gone => Invalid("Invalid page token, what it stood at is gone; begin with the first page.");

    private static Problem Invalid(string detail) => Problem.Invalid("page_token", detail);

    // As Python shows bytes, which is how MLflow's message does.
    private static string Shown(ReadOnlySpan<byte> bytes)
    {
        const int most = 100;
        var text = new StringBuilder();
        foreach (var one in bytes[..Math.Min(bytes.Length, most)]) { text.Append(one is >= 32 and < 127 and not (byte)'\'' and not (byte)'\\' ? $"{(char)one}" : $"\\x{one:x2}"); }

        return text.ToString();
    }
}
