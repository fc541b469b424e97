using System.Globalization;
using Slipway.Kernel;

namespace Slipway.Answers.AsOf;

/// <summary>A moment as it was asked for.</summary>
internal abstract record Asked
{
    public sealed record Now : Asked;

    /// <param name="Ms">Unix time, UTC.</param>
    public sealed record Time(long Ms) : Asked;

    /// <param name="Number">Of a fact.</param>
    /// <param name="Ms">What ages are relative to; null = when that fact counts as having happened.</param>
    public sealed record At(long Number, long? Ms) : Asked;
}

/// <summary>The parameter <c>asOf</c>.</summary>
internal static class AsOfText
{
    private const string Position = "position:";

    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <param name="text">Null or empty = now; ms since 1970 UTC; ISO 8601 (without a zone: UTC); <c>position:N</c> or <c>position:N@MS</c>.</param>
    public static Result<Asked> Parse(string? text)
    {
        var given = text?.Trim() ?? "";
        if (given.Length == 0) { return new Asked.Now(); }

        if (given.StartsWith(Position, StringComparison.Ordinal) && At(given[Position.Length..]) is { } at) { return at; }

        if (Whole(given) is { } ms) { return new Asked.Time(ms); }

        // A plus sign that was not escaped arrives as a space.
        return DateTimeOffset.TryParseExact(given.Replace(' ', '+'), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new Asked.Time(time.ToUnixTimeMilliseconds())
            : Problem.Invalid("asOf", $"The moment '{given}' is not known; write milliseconds since 1970 (1763729643000), ISO 8601 (2026-11-21T14:02:00Z) or position:57, or leave it out for now.");
    }

    /// <summary>Asks for the same answer again.</summary>
    public static string Of(Moment moment) => string.Create(CultureInfo.InvariantCulture, $"{Position}{moment.Position}@{moment.AtMs}");

    private static Asked.At? At(string text) => text.Split('@') switch
    {
        [var number] when Whole(number) is { } position => new Asked.At(position, null),
        [var number, var ms] when Whole(number) is { } position && Whole(ms) is { } time => new Asked.At(position, time),
        _ => null,
    };

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole <= MaxMs ? whole : null;

    // The last millisecond that a date can name.
    private static readonly long MaxMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
