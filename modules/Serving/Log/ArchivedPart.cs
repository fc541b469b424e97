using System.Globalization;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

/// <summary>A closed segment as a Parquet file. What must be known without opening it is its name: first and last position, rows, earliest and latest time (ms).</summary>
internal sealed class ArchivedPart(PredictionArchive archive, string folder, string name, long first, long last, long rows, long minMs, long maxMs) : IPart
{
    public const string Extension = ".parquet";
    private volatile ArchivedSchema? _schema;

    public long First { get; } = first;

    public long Last { get; } = last;

    public long Rows { get; } = rows;

    public long MinMs { get; } = minMs;

    public long MaxMs { get; } = maxMs;

    /// <summary>Below the archive's folder, with <c>/</c>.</summary>
    public string Path => $"{folder}/{name}";

    /// <summary>Of the file of a segment.</summary>
    public static string NameOf(Segment segment) => string.Create(
        CultureInfo.InvariantCulture, $"{segment.First:D20}-{segment.Last:D20}-{segment.Rows}-{segment.MinMs}-{segment.MaxMs}{Extension}");

    /// <summary>Null when the name is not that of such a file.</summary>
    /// <param name="folder">Of the endpoint, in the archive.</param>
    public static ArchivedPart? Found(PredictionArchive archive, string folder, string name)
    {
        if (!name.EndsWith(Extension, StringComparison.Ordinal)) { return null; }

        var parts = name[..^Extension.Length].Split('-');
        var numbers = parts.Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
        return numbers.Count == 5 && !numbers.Contains(-1) ? new ArchivedPart(archive, folder, name, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]) : null;
    }

    public async Task Read(RowQuery query, bool newest, List<Prediction> into, CancellationToken ct)
    {
        _schema ??= await archive.SchemaOf(Path, ct);
        await archive.Read(Path, _schema, query, newest, into, ct);
    }
}
