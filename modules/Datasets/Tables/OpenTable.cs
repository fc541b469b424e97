using System.Text;
using System.Text.Json;
using Slipway.Datasets.Engine;
using Slipway.Kernel;

namespace Slipway.Datasets.Tables;

/// <summary>Brings a stored table to a bench, if the workspace may read it.</summary>
internal sealed class OpenTable(Db db, Workbenches benches)
{
    public const string File = SourceFile.Name;

    /// <summary>Runs work on a bench with the table as <see cref="File"/>.</summary>
    public async Task<Result<T>> With<T>(Caller caller, Permission permission, string digest, Func<Workbench, StoredTable, Task<Result<T>>> work, CancellationToken ct)
    {
        if (caller.Lacks(permission) is { } denied) { return denied; }

        if (await db.Read(tx => TableStore.Find(tx, caller.Workspace, digest), ct) is not { } table) { return Problem.NotFound("table", digest.Length <= BlobDigest.HexDigits ? digest : digest[..BlobDigest.HexDigits] + "…"); }

        await using var bench = benches.Open();
        return await EngineProblems.Try(async () =>
        {
            await bench.Bring(digest, File, ct);
            return await work(bench, table);
        });
    }

    /// <summary>Names and types of its columns, by place.</summary>
    public static async Task<List<(string Name, string Type)>> Columns(Workbench bench, CancellationToken ct)
    {
        var columns = new List<(string Name, string Type)>();
        await bench.ForEach($"DESCRIBE SELECT * FROM read_parquet('{File}')", row => columns.Add(((string)row(0)!, (string)row(1)!)), ct);
        return columns;
    }

    /// <summary>The units that travel with it, by column.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Units(Workbench bench, CancellationToken ct)
    {
        var units = new Dictionary<string, string>(StringComparer.Ordinal);
        await bench.ForEach(
            $"SELECT value FROM parquet_kv_metadata('{File}') WHERE key = CAST({DuckSql.Text(TypedTable.UnitsKey)} AS BLOB) LIMIT 1",
            row => units = JsonSerializer.Deserialize<Dictionary<string, string>>(Encoding.UTF8.GetString((byte[])row(0)!))!, ct);
        return units;
    }

    /// <summary>The problem of a column that is not there; null when it is.</summary>
    public static Problem? Missing(IReadOnlyList<(string Name, string Type)> columns, string? name, string field) => name is null || columns.Any(column => column.Name == name)
        ? null
        : Problem.Invalid(field, $"There is no column '{(name.Length > 60 ? name[..60] + "…" : name)}'; the table has {string.Join(", ", columns.Take(50).Select(column => column.Name))}{(columns.Count > 50 ? ", …" : "")}.");
}
