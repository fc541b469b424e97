using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Slipway.Kernel.Search;

/// <summary>Where the next page begins, opaque to clients.</summary>
/// <param name="Offset">Rows before it, within the phase.</param>
/// <param name="Phase">Which part of the order (<see cref="RunPlan"/>); -1 where the order has no parts.</param>
public sealed record PageToken(long Offset, int Phase = -1)
{
    public static readonly PageToken Start = new(0);

    public override string ToString() => Convert.ToBase64String(Encoding.ASCII.GetBytes(Phase < 0
        ? string.Create(CultureInfo.InvariantCulture, $"{{\"offset\":{Offset}}}")
        : string.Create(CultureInfo.InvariantCulture, $"{{\"offset\":{Offset},\"phase\":{Phase}}}")));

    /// <param name="token">Null or empty = the first page.</param>
    public static Result<PageToken> Parse(string? token)
    {
        if (string.IsNullOrEmpty(token)) { return Start; }

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(token.Length) + 3];
        if (!Convert.TryFromBase64String(token, bytes, out var length)) { return Invalid("Invalid page token, could not base64-decode"); }

        try
        {
            using var json = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(0, length));
            var offset = json.RootElement.GetProperty("offset").GetInt64();
            var phase = json.RootElement.TryGetProperty("phase", out var part) ? part.GetInt32() : -1;
            if (offset >= 0 && phase is >= -1 and < 3) { return new PageToken(offset, phase); }
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // What is wrong with a token that we did not make does not matter to anybody.
        }

        return Invalid("Invalid page token, it was not made by this server; begin with the first page.");
    }

    private static Problem Invalid(string detail) => Problem.Invalid("page_token", detail);
}
