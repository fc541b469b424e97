using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Profile;

namespace Slipway.Datasets.Ports;

/// <summary>
/// The most frequent values, by the mergeable form of J. Misra and D. Gries' summary (P. Agarwal et al., "Mergeable summaries", PODS 2012, section 3): a value occurs at least
/// <see cref="TopValue.Count"/> and at most that plus <see cref="Slack"/> times (one that is not listed at most <see cref="Slack"/> times), and Slack is at most rows / 257. With up to 256
/// different values the counts are exact.
/// </summary>
/// <param name="Items">At most 256, most frequent first, then by value.</param>
/// <param name="Slack">How much a count may be too low; 0 when all are exact.</param>
public sealed record TopValues(IReadOnlyList<TopValue> Items, long Slack)
{
    public const int Most = 256;

    /// <summary>Every value is listed with its exact count.</summary>
    [JsonIgnore]
    public bool IsComplete => Slack == 0;

    public TopValues Merge(TopValues other) => Of(
        Items.Concat(other.Items).GroupBy(item => item.Value, StringComparer.Ordinal).Select(same => new TopValue(same.Key, same.Sum(item => item.Count))), Slack + other.Slack);

    /// <param name="counts">Different values with their counts; of more than 257 only the most frequent ones are needed.</param>
    /// <param name="slack">What the counts may be too low already.</param>
    public static TopValues Of(IEnumerable<TopValue> counts, long slack)
    {
        var sorted = counts.OrderByDescending(item => item.Count).ThenBy(item => item.Value, StringComparer.Ordinal).Take(Most + 1).ToList();
        // What the first one too many has is taken from all: each unit of it stands for 257 rows.
        var cut = sorted.Count > Most ? sorted[Most].Count : 0;
        return new TopValues([.. sorted.Where(item => item.Count > cut).Select(item => item with { Count = item.Count - cut })], slack + cut);
    }
}

/// <summary>One value with the number of rows that have it at least.</summary>
/// <param name="Value">As text; numbers with the digits that read back as the same double; long text as its beginning and hash.</param>
public sealed record TopValue(string Value, long Count)
{
    private const int LongestValue = 200;

    /// <summary>What stands for a text: itself, or its beginning and hash when it is long.</summary>
    public static string Key(string text) => text.Length <= LongestValue ? text : $"{Beginning(text)}… ({ValueHash.Of(text):x16})";

    /// <summary>At most the first 200 code units of a text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Beginning(string? text) =>
        text is null || text.Length <= LongestValue ? text : text[..(char.IsHighSurrogate(text[LongestValue - 1]) ? LongestValue - 1 : LongestValue)];

    /// <summary>A number with the digits that read back as the same double; seconds of a date or time as ISO 8601 in UTC.</summary>
    internal static string Text(double number, ColumnKind kind) => kind switch
    {
        ColumnKind.Date when Moment(number) is { } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnKind.Timestamp when Moment(number) is { } time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        ColumnKind.Time when Moment(number) is { } time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };

    // Null beyond the years 1 to 9999.
    private static DateTime? Moment(double seconds)
    {
        var micros = Math.Round(seconds * 1e6);
        var ticks = micros * TimeSpan.TicksPerMicrosecond;
        return ticks >= -DateTime.UnixEpoch.Ticks && ticks < DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks ? DateTime.UnixEpoch.AddTicks((long)micros * TimeSpan.TicksPerMicrosecond) : null;
    }
}
