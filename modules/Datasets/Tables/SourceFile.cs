using Slipway.Datasets.Engine;
using Slipway.Datasets.Odcs;
using Slipway.Kernel;

namespace Slipway.Datasets.Tables;

/// <summary>Formats in which files come.</summary>
internal static class SourceFormat
{
    public const string Csv = "csv";
    public const string Json = "json";
    public const string Parquet = "parquet";

    public static Problem? Fault(string format) => format is Csv or Json or Parquet
        ? null
        : Problem.Invalid("format", $"'{(format.Length > 40 ? format[..40] + "…" : format)}' is no format that is read here; it may be {Csv}, {Json} or {Parquet}.");
}

/// <summary>
/// Loads a file of any format into <c>raw.parquet</c>, row by row as it came: CSV as text, the others in their own types. Its columns are <c>c0</c>, <c>c1</c>, …
/// </summary>
internal static class SourceFile
{
    public const string Name = "source";
    public const string Raw = "raw.parquet";

    /// <summary>Names and types of the columns that were loaded, by place.</summary>
    public static async Task<Result<List<(string Name, string Type)>>> Load(Workbench bench, string format, CancellationToken ct)
    {
        if (SourceFormat.Fault(format) is { } fault) { return fault; }

        if (format == SourceFormat.Csv) { return await CsvFile.Load(bench, ct); }

        if (new FileInfo(bench.PathOf(Name)).Length == 0) { return Unreadable("The file is empty."); }

        var source = format == SourceFormat.Parquet
            ? $"read_parquet('{Name}')"
            : $"read_json('{Name}', format = 'auto', records = true, sample_size = -1, maximum_object_size = 16777216, map_inference_threshold = -1)";
        var columns = new List<(string Name, string Type)>();
        await bench.ForEach($"DESCRIBE SELECT * FROM {source}", row => columns.Add(((string)row(0)!, (string)row(1)!)), ct);
        if (ColumnFault([.. columns.Select(column => column.Name)]) is { } wrong) { return wrong; }

        if (columns.Find(column => Types.Loaded("x", column.Type) is null) is { Name: not null } nested)
        {
            return Unreadable($"Column '{nested.Name}' has the type {(nested.Type.Length > 80 ? nested.Type[..80] + "…" : nested.Type)}; a table here holds numbers, texts, truth values, dates and times. Flatten it into columns.");
        }

        var loaded = columns.ConvertAll(column => Types.Loaded(DuckSql.Name(column.Name), column.Type)!.Value);
        await bench.Execute($"COPY (SELECT {string.Join(", ", loaded.Select((column, i) => $"{column.Expression} AS c{i}"))} FROM {source}) TO '{Raw}' (FORMAT parquet)", ct);
        return columns.Select((column, i) => (column.Name, loaded[i].Type)).ToList();
    }

    public static Problem Unreadable(string detail) => new(422, "unreadable_file", detail);

    /// <summary>What is wrong with a file's names, or null.</summary>
    public static Problem? ColumnFault(IReadOnlyList<string> names)
    {
        if (names.Count > Limits.TableColumns) { return Unreadable($"The file has {names.Count} columns; {Limits.TableColumns} are allowed."); }

        for (var i = 0; i < names.Count; i++)
        {
            if (ColumnName.Fault(names[i]) is { } fault) { return Unreadable($"The name of column {i + 1} {fault}."); }
        }

        return names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? Unreadable($"The file has the column '{twice.Key}' {twice.Count()} times; names differ in more than case.")
            : null;
    }
}
