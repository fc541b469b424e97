using System.Text.Json;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Odcs;

namespace Slipway.Datasets.Tables;

/// <summary>
/// The view <c>v</c> over <c>raw.parquet</c>: row number <c>rn</c> from 1, every column as it came (<c>r0</c>, …) and as the contract wants it (<c>t0</c>, …); and the file that is
/// made from it, with the same bytes for the same content.
/// </summary>
internal sealed class TypedTable
{
    public const string Data = "data.parquet";

    /// <summary>Key of the units in the Parquet file's metadata: a JSON object from column to UCUM unit.</summary>
    public const string UnitsKey = "slipway.units";

    private TypedTable(IReadOnlyList<TableColumn> columns, long rows) => (Columns, Rows) = (columns, rows);

    public IReadOnlyList<TableColumn> Columns { get; }

    public long Rows { get; }

    public TableColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    public static async Task<TypedTable> Open(Workbench bench, IReadOnlyList<(string Name, string Type)> loaded, DataContract? contract, CancellationToken ct)
    {
        var wanted = loaded.Select(column => contract?.Find(column.Name)?.Type).ToList();
        var detected = await Detection.Run(bench, [.. Enumerable.Range(0, loaded.Count).Where(i => wanted[i] is null && loaded[i].Type == Types.Text)], ct);
        List<TableColumn> columns = [.. loaded.Select((column, i) =>
        {
            var target = wanted[i] is { } type ? Types.TargetOf(type) : detected.GetValueOrDefault(i, column.Type);
            var cast = detected.ContainsKey(i) ? Types.CastKnown($"c{i}", target) : Types.Cast($"c{i}", column.Type, target);
            return new TableColumn(i, column.Name, column.Type, target, cast);
        })];
        var list = string.Concat(columns.Select(column => $", c{column.Index} AS {column.Raw}, {column.Cast} AS {column.Typed}"));
        await bench.Execute($"CREATE OR REPLACE VIEW v AS SELECT file_row_number + 1 AS rn{list} FROM read_parquet('{SourceFile.Raw}', file_row_number = true)", ct);
        var rows = (long)(await bench.Row($"SELECT count(*) FROM read_parquet('{SourceFile.Raw}')", ct))[0]!;
        return new TypedTable(columns, rows);
    }

    /// <summary>Writes <see cref="Data"/>: the typed columns under their names, in the order of the rows as they came. After that, <c>v</c> stands for it: typed columns only.</summary>
    /// <param name="units">Unit by column; they travel with the file, also into parts of it.</param>
    public async Task Write(Workbench bench, IReadOnlyDictionary<string, string> units, CancellationToken ct)
    {
        await bench.Execute($"COPY (SELECT {string.Join(", ", Columns.Select(column => $"{column.Typed} AS {DuckSql.Name(column.Name)}"))} FROM v) TO '{Data}' {ParquetOptions(units)}", ct);
        await bench.Execute($"CREATE OR REPLACE VIEW v AS SELECT {string.Join(", ", Columns.Select(column => $"{DuckSql.Name(column.Name)} AS {column.Typed}"))} FROM read_parquet('{Data}')", ct);
    }

    /// <summary>Fixed, so that the same rows make the same bytes.</summary>
    public static string ParquetOptions(IReadOnlyDictionary<string, string> units)
    {
        var text = JsonSerializer.Serialize(new SortedDictionary<string, string>(units.ToDictionary(), StringComparer.Ordinal));
        return $"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, PARQUET_VERSION v1, KV_METADATA {{ \"{UnitsKey}\": {DuckSql.Text(text)} }})";
    }
}
