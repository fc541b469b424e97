using System.Globalization;

namespace Slipway.Bench.Tracking;

/// <summary>What follows the name of a measurement: how much, and of which server.</summary>
/// <param name="Numbers">In order, where the defaults do not do.</param>
/// <param name="Database">For a server of ours; null = SQLite.</param>
/// <param name="Url">A running server, of ours or MLflow's, instead of one started here.</param>
internal sealed record TrackingArguments(IReadOnlyList<int> Numbers, string? Database, Uri? Url)
{
    /// <exception cref="ArgumentException">A word is neither a number, an address nor a database.</exception>
    public static TrackingArguments Parse(string[] words)
    {
        var numbers = words.Where(word => word.All(char.IsAsciiDigit)).Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToList();
        var url = Array.Find(words, word => word.StartsWith("http", StringComparison.Ordinal));
        return new(numbers, Array.Find(words, word => word.StartsWith("postgres", StringComparison.Ordinal) || word.Contains('=', StringComparison.Ordinal)), url is null ? null : new Uri(url));
    }

    public int Number(int place, int otherwise) => place < Numbers.Count ? Numbers[place] : otherwise;
}
