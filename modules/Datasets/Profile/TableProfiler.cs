using Slipway.Datasets.Contracts;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Ports;
using Slipway.Datasets.Tables;
using Slipway.DuckDb;

namespace Slipway.Datasets.Profile;

/// <summary>Makes the sketch of a table in one pass over the view <c>v</c>. The same rows in the same order give the same bytes; memory does not grow with the rows.</summary>
internal static class TableProfiler
{
    // Each column of a pass has some hundred kilobytes of counters.
    private const int ColumnsPerPass = 20;

    /// <param name="reference">Whose histogram edges are taken, column by column; null for the table's own.</param>
    public static async Task<TableSketch> Run(Workbench bench, TypedTable table, TableSketch? reference, CancellationToken ct)
    {
        var session = await bench.Session(ct);
        var sketches = new List<ColumnSketch>();
        foreach (var group in table.Columns.Chunk(ColumnsPerPass))
        {
            var builders = group.Select(column => new ColumnSketchBuilder(column.Name, column.Index, column.Kind, column.Target, reference?.Find(column.Name))).ToList();
            await foreach (var chunk in session.Query($"SELECT {string.Join(", ", group.Select(Value))} FROM v", [], ct))
            {
                for (var i = 0; i < builders.Count; i++) { Add(builders[i], group[i].Kind, chunk.Columns[i]); }
            }

            sketches.AddRange(builders.Select(builder => builder.Build()));
        }

        return TableSketch.Of(table.Rows, sketches);
    }

    // DOUBLE for numeric kinds, otherwise text.
    private static void Add(ColumnSketchBuilder builder, ColumnKind kind, ResultColumn column)
    {
        if (ColumnSketchBuilder.IsNumeric(kind))
        {
            var cells = column.Cells<double>();
            for (var row = 0; row < cells.Length; row++) { builder.Add(column.IsNull(row) ? null : cells[row]); }
        }
        else
        {
            for (var row = 0; row < column.Rows; row++) { builder.Add(column.Text(row)); }
        }
    }

    // Times are seconds: since 1970 or since midnight.
    private static string Value(TableColumn column) => column.Kind switch
    {
        ColumnKind.Number or ColumnKind.Integer => $"CAST({column.Typed} AS DOUBLE)",
        ColumnKind.Time => $"CAST(epoch({column.Typed}) AS DOUBLE)",
        ColumnKind.Date => Seconds(column.Typed),
        ColumnKind.Timestamp when column.Target is "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE" => Seconds(column.Typed),
        ColumnKind.Timestamp => Seconds($"CAST({column.Typed} AS TIMESTAMP)"),
        _ => $"CAST({column.Typed} AS VARCHAR)",
    };

    private static string Seconds(string time) =>
        $"CASE WHEN {time} IS NULL THEN NULL WHEN isfinite({time}) THEN CAST(epoch({time}) AS DOUBLE) WHEN CAST({time} AS VARCHAR) = 'infinity' THEN CAST('inf' AS DOUBLE) ELSE CAST('-inf' AS DOUBLE) END";
}
