using Slipway.Datasets.Contracts;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Ports;
using Slipway.DuckDb;
using Slipway.Kernel;

namespace Slipway.Datasets.Tables;

/// <summary>Reads columns of a stored table into memory.</summary>
internal sealed class ReadTable(OpenTable tables)
{
    /// <summary>Most bytes of text, in UTF-8, over all columns that are read; tests set a smaller one.</summary>
    public long TextBytes { get; init; } = Limits.TableTextBytes;

    public Task<Result<DataTable>> Handle(Caller caller, string digest, IReadOnlyList<string>? names, CancellationToken ct) =>
        tables.With<DataTable>(caller, Permissions.Read, digest, async (bench, table) =>
        {
            var columns = await OpenTable.Columns(bench, ct);
            var chosen = new List<(string Name, string Type)>();
            foreach (var name in names ?? [.. columns.Select(column => column.Name)])
            {
                if (OpenTable.Missing(columns, name, "columns") is { } missing) { return missing; }

                chosen.Add(columns.Find(column => column.Name == name));
            }

            if (chosen.Count == 0) { return Problem.Invalid("columns", "No column is named; name at least one, or none for all."); }

            if (table.Rows * chosen.Count > Limits.TableCells)
            {
                return new Problem(413, "too_large", $"{table.Rows} rows of {chosen.Count} columns are more than {Limits.TableCells} cells, the limit of what is read into memory; name fewer columns.");
            }

            if (await TooMuchText(bench, chosen, ct) is { } tooMuch) { return tooMuch; }

            var units = await OpenTable.Units(bench, ct);
            return new DataTable((int)table.Rows, await Read(bench, chosen, units, (int)table.Rows, ct));
        }, ct);

    private static async Task<List<DataColumn>> Read(Workbench bench, List<(string Name, string Type)> columns, IReadOnlyDictionary<string, string> units, int rows, CancellationToken ct)
    {
        var builders = columns.ConvertAll(column => new ColumnBuilder(column.Name, units.GetValueOrDefault(column.Name), Types.KindOf(column.Type), rows));
        var list = string.Join(", ", columns.Select(column => Expression(column.Name, Types.KindOf(column.Type))));
        var session = await bench.Session(ct);
        var at = 0;
        await foreach (var chunk in session.Query($"SELECT {list} FROM read_parquet('{OpenTable.File}')", [], ct))
        {
            for (var i = 0; i < builders.Count; i++) { builders[i].Add(chunk.Columns[i], at); }

            at += chunk.Rows;
        }

        return builders.ConvertAll(builder => builder.Build());
    }

    // Counted by the worker, whose memory is bounded, before a text reaches the server: one value alone may have 16 MiB.
    private async Task<Problem?> TooMuchText(Workbench bench, List<(string Name, string Type)> columns, CancellationToken ct)
    {
        var texts = columns.FindAll(column => IsText(Types.KindOf(column.Type)));
        if (texts.Count == 0) { return null; }

        var list = string.Join(", ", texts.Select(column => $"CAST(coalesce(sum(strlen({Expression(column.Name, Types.KindOf(column.Type))})), 0) AS BIGINT)"));
        var sizes = new long[texts.Count];
        await bench.ForEach(
            $"SELECT {list} FROM read_parquet('{OpenTable.File}')",
            row =>
            {
                for (var i = 0; i < sizes.Length; i++) { sizes[i] = (long)row(i)!; }
            }, ct);
        var (all, largest) = (sizes.Sum(), Array.IndexOf(sizes, sizes.Max()));
        return all <= TextBytes ? null : new Problem(
            413, "too_large",
            $"The columns named hold {all} bytes of text, of which '{texts[largest].Name}' has {sizes[largest]}; {TextBytes} bytes is the limit of the text that is read into memory. Leave '{texts[largest].Name}' out, or shorten its texts.");
    }

    private static bool IsText(ColumnKind kind) => kind is not (ColumnKind.Number or ColumnKind.Integer or ColumnKind.Boolean);

    private static string Expression(string name, ColumnKind kind) => kind switch
    {
        ColumnKind.Number => $"CAST({DuckSql.Name(name)} AS DOUBLE)",
        ColumnKind.Integer => $"CAST({DuckSql.Name(name)} AS BIGINT)",
        ColumnKind.Boolean or ColumnKind.Text => DuckSql.Name(name),
        ColumnKind.Timestamp => $"strftime(CAST({DuckSql.Name(name)} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%fZ')",
        _ => $"CAST({DuckSql.Name(name)} AS VARCHAR)",
    };

    private sealed class ColumnBuilder(string name, string? unit, ColumnKind kind, int rows)
    {
        private readonly double[] _numbers = kind == ColumnKind.Number ? new double[rows] : [];
        private readonly long[] _integers = kind == ColumnKind.Integer ? new long[rows] : [];
        private readonly bool[] _booleans = kind == ColumnKind.Boolean ? new bool[rows] : [];
        private readonly string?[] _texts = IsText(kind) ? new string?[rows] : [];
        private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
        private bool[]? _missing;

        public void Add(ResultColumn column, int at)
        {
            for (var row = 0; row < column.Rows; row++)
            {
                if (column.IsNull(row)) { (_missing ??= new bool[rows])[at + row] = true; }
                else if (kind == ColumnKind.Integer) { _integers[at + row] = column.Long(row); }
                else if (kind == ColumnKind.Boolean) { _booleans[at + row] = column.Long(row) != 0; }
                else if (kind != ColumnKind.Number) { _texts[at + row] = Known(column.Text(row)!); }
            }

            if (kind == ColumnKind.Number) { column.Doubles().CopyTo(_numbers, at); }
        }

        public DataColumn Build() => kind switch
        {
            ColumnKind.Number => new NumberColumn(name, unit, _missing, _numbers),
            ColumnKind.Integer => new IntegerColumn(name, unit, _missing, _integers),
            ColumnKind.Boolean => new BooleanColumn(name, unit, _missing, _booleans),
            _ => new TextColumn(name, unit, _missing, _texts),
        };

        // Categories repeat: one object per text keeps a column of a million rows small.
        private string Known(string text)
        {
            if (_known.TryGetValue(text, out var known)) { return known; }

            if (_known.Count < 10_000) { _known[text] = text; }

            return text;
        }
    }
}
