using System.Text;
using Slipway.Datasets.Engine;
using Slipway.Kernel;

namespace Slipway.Datasets.Tables;

/// <summary>
/// CSV as RFC 4180 has it, in UTF-8, with a header line; the delimiter is the one of comma, semicolon, tab and bar that the header has most of. Empty is missing.
/// Nothing is guessed from a sample of the rows, so that the same file is always read alike.
/// </summary>
internal static class CsvFile
{
    private const int MaxHeaderBytes = 1 << 20;
    private const int MaxLineBytes = 16 << 20;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    public static async Task<Result<List<(string Name, string Type)>>> Load(Workbench bench, CancellationToken ct)
    {
        if ((await Header(bench.PathOf(SourceFile.Name), ct)).Fails(out var problem, out var line)) { return problem; }

        if (Names(line).Fails(out problem, out var header)) { return problem; }

        if (SourceFile.ColumnFault(header.Names) is { } fault) { return fault; }

        var columns = string.Join(", ", header.Names.Select((_, i) => $"'c{i}': 'VARCHAR'"));
        await bench.Execute(
            $$"""
            COPY (SELECT * FROM read_csv('{{SourceFile.Name}}', auto_detect = false, header = false, skip = 1, delim = {{DuckSql.Text(header.Delimiter.ToString())}}, quote = '"', escape = '"',
                nullstr = '', strict_mode = true, null_padding = false, max_line_size = {{MaxLineBytes}}, columns = { {{columns}} }))
            TO '{{SourceFile.Raw}}' (FORMAT parquet)
            """, ct);
        return header.Names.ConvertAll(name => (name, Types.Text));
    }

    /// <summary>Splits a header line.</summary>
    internal static Result<(List<string> Names, char Delimiter)> Names(string line)
    {
        var delimiter = Delimiters.MaxBy(candidate => Split(line, candidate)?.Count ?? 0);
        return Split(line, delimiter) is { } names ? (names, delimiter) : SourceFile.Unreadable("The header line has a quote that is not closed; names of columns stand on one line.");
    }

    private static List<string>? Split(string line, char delimiter)
    {
        var (names, name, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') { name.Append(line[++i]); }
            else if (c == '"' && (quoted || name.Length == 0)) { quoted = !quoted; }
            else if (c == delimiter && !quoted)
            {
                names.Add(name.ToString().Trim());
                name.Clear();
            }
            else { name.Append(c); }
        }

        names.Add(name.ToString().Trim());
        return quoted ? null : names;
    }

    private static async Task<Result<string>> Header(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(MaxHeaderBytes, file.Length)];
        var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        var end = bytes.AsSpan(0, read).IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0 && file.Length > MaxHeaderBytes) { return SourceFile.Unreadable($"The first {MaxHeaderBytes} bytes hold no end of a line; a CSV file begins with a line of column names."); }

        var line = bytes.AsSpan(0, end < 0 ? read : end);
        if (line.StartsWith(Encoding.UTF8.Preamble)) { line = line[Encoding.UTF8.Preamble.Length..]; }

        if (line.IsEmpty) { return SourceFile.Unreadable("The first line is empty; a CSV file begins with a line of column names."); }

        try { return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(line); }
        catch (DecoderFallbackException) { return SourceFile.Unreadable("The first line is no UTF-8; save the file in UTF-8."); }
    }
}
