using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Slipway.Kernel.Search;

/// <summary>Where the next page begins, opaque to clients.</summary>
/// <param name="Offset">Rows before it.</param>
/// <param name="After">Id of the row before it, where a list goes by position and not by number; null elsewhere.</param>
public sealed record PageToken(long Offset, string? After = null)
{
    private const int MaxAfterChars = 100;

    public static readonly PageToken Start = new(0);

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(After is null
        ? string.Create(CultureInfo.InvariantCulture, $"{{\"offset\":{Offset}}}")
        : $"{{\"after\":{System.Text.Json.JsonSerializer.Serialize(After)}}}"));

    /// <param name="token">Null or empty = the first page.</param>
    public static Result<PageToken> Parse(string? token)
    {
        if (string.IsNullOrEmpty(token)) { return Start; }

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(token.Length) + 3];
        if (!Convert.TryFromBase64String(token, bytes, out var length)) { return Invalid("Invalid page token, could not base64-decode"); }

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

        return Invalid("Invalid page token, it was not made by this server; begin with the first page.");
    }

    /// <summary>The row that the token names is not there any more.</summary>
    public static Problem Gone => Invalid("Invalid page token, what it stood at is gone; begin with the first page.");

    private static Problem Invalid(string detail) => Problem.Invalid("page_token", detail);
}
