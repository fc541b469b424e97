using System.Text;
using Slipway.Kernel;
using Slipway.Serving.Predict;

namespace Slipway.Serving.Mlflow;

/// <summary>Reads a CSV body (RFC 4180) with a header row.</summary>
internal static class CsvTable
{
    /// <returns>The first fault; null when all was read.</returns>
    public static Problem? Read(ReadOnlySpan<byte> body, PredictionRequest request)
    {
        var text = Encoding.UTF8.GetString(body).TrimStart('\ufeff');
        var at = 0;
        if (Line(text, ref at) is not { } header) { return Problem.Invalid("body", "The CSV is empty; its first line names the columns."); }

        if (TableFiller.Of(request, header).Fails(out var problem, out var filler)) { return problem; }

        while (Line(text, ref at) is { } cells)
        {
            if (cells.Count == 1 && cells[0].Length == 0 && header.Count > 1) { continue; }

            if (filler.Row() is { } many) { return many; }

            if (cells.Count != header.Count) { return Problem.Invalid("body", $"Row {request.Rows} has {cells.Count} cells; the header has {header.Count}."); }

            for (var place = 0; place < cells.Count; place++) { if (filler.Add(place, cells[place]) is { } fault) { return fault; } }
        }

        return null;
    }

    /// <summary>The cells of the next line, the first of them where there are more than a table has columns; null at the end.</summary>
    internal static List<string>? Line(string text, ref int at)
    {
        if (at >= text.Length) { return null; }

        var cells = new List<string>();
        while (true)
        {
            cells.Add(Cell(text, ref at));
            if (cells.Count > Limits.TableColumns || at >= text.Length || text[at] != ',') { break; }

            at++;
        }

        if (at < text.Length && text[at] == '\r') { at++; }

        if (at < text.Length && text[at] == '\n') { at++; }

        return cells;
    }

    private static string Cell(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var start = at;
            while (at < text.Length && text[at] is not (',' or '\r' or '\n')) { at++; }

            return text[start..at];
        }

        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"') { cell.Append(text[at]); }
            else if (at + 1 < text.Length && text[at + 1] == '"') { cell.Append(text[++at]); }
            else
            {
                at++;
                break;
            }
        }

        // What follows a closing quote belongs to the cell as it stands.
        while (at < text.Length && text[at] is not (',' or '\r' or '\n')) { cell.Append(text[at++]); }

        return cell.ToString();
    }
}
