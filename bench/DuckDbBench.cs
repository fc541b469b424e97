using System.Diagnostics;
using System.Globalization;
using Slipway.DuckDb;

namespace Slipway.Bench;

/// <summary>
/// Scans of a Parquet file through our binding, whose results cross a pipe out of a worker process, beside DuckDB's own npm package, which runs DuckDB in the process of its caller:
/// the same library, file, statements, threads and memory, round by round.
/// </summary>
internal static class DuckDbBench
{
    private const string Package = "@duckdb/node-api@1.5.6-r.1";
    private const int Rounds = 5, Threads = 2;
    private const long MemoryBytes = 2L << 30;

    /// <summary>In the order in which they run; the peer's script uses the same keys.</summary>
    private static readonly (string Key, string Name)[] Parts =
    [
        ("start", "start of a session"), ("aggregate", "aggregate over all rows, 8 groups"), ("numbers", "all rows, 2 doubles each, every value read"), ("words", "all rows, 1 text each, every value read"),
    ];

    /// <summary><c>duckdb [ROWS]</c>: 10,000,000 unless said otherwise.</summary>
    public static async Task Run(string[] args)
    {
        var rows = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        var folder = Machine.Folder();
        try
        {
            var file = Path.Combine(folder.FullName, "rows.parquet");
            await Generate(folder.FullName, rows);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:#,0} rows of 2 doubles and a text, {new FileInfo(file).Length / 1e6:0} MB of Parquet, {Threads} threads"));
            await Compare(folder.FullName, file, rows, await NodePeer.Install(Package));
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Compare(string folder, string file, long rows, string? peers)
    {
        var ours = Parts.ToDictionary(part => part.Key, part => new Figures($"{part.Name}, worker", "ms"));
        var theirs = Parts.ToDictionary(part => part.Key, part => new Figures($"{part.Name}, npm", "ms"));
        var ratios = Parts.ToDictionary(part => part.Key, part => new Figures($"{part.Name}, worker / npm", "×"));
        for (var round = -1; round < Rounds; round++)
        {
            var mine = await Ours(folder, rows);
            var peer = peers is null ? null : await NodePeer.Run("duckdb-node.mjs", peers, $"{Threads}", $"{MemoryBytes}", file, $"{rows}");
            if (round < 0) { continue; }

            foreach (var (key, _) in Parts)
            {
                ours[key].Add(mine[key]);
                if (peer?.GetProperty(key).GetDouble() is not { } other) { continue; }

                theirs[key].Add(other);
                ratios[key].Add(mine[key] / other);
            }
        }

        foreach (var (key, _) in Parts)
        {
            ours[key].Print();
            if (double.IsNaN(theirs[key].Median)) { continue; }

            theirs[key].Print();
            ratios[key].Print();
        }

        if (double.IsNaN(theirs["start"].Median)) { Console.WriteLine($"npm {Package}: not measured, node, npm or the package is missing"); }
    }

    private static async Task Generate(string folder, long rows)
    {
        await using var session = await Start(folder);
        await session.Execute(
            $"""
            COPY (
                SELECT hash(range) / 1e19 AS x, sin(range) + 2 AS y, 'word ' || (hash(range) % 8) AS word FROM range({rows})
            ) TO 'rows.parquet' (FORMAT parquet)
            """, [], CancellationToken.None);
    }

    private static Task<DuckDbSession> Start(string folder) =>
        DuckDbSession.Start(new DuckDbWorkerOptions(DuckDbProgram.Find(), folder, MemoryBytes, Threads, TimeSpan.FromMinutes(10)), CancellationToken.None);

    private static async Task<Dictionary<string, double>> Ours(string folder, long rows)
    {
        var figures = new Dictionary<string, double>();
        var clock = Stopwatch.StartNew();
        await using var session = await Start(folder);
        await session.Execute("SELECT 1", [], CancellationToken.None);
        figures["start"] = clock.Elapsed.TotalMilliseconds;

        await session.Execute("CREATE VIEW rows AS SELECT * FROM read_parquet('rows.parquet')", [], CancellationToken.None);
        figures["aggregate"] = await Time(async () =>
        {
            await foreach (var chunk in session.Query("SELECT word, count(*), avg(x), min(y), max(y) FROM rows GROUP BY word", [], CancellationToken.None)) { _ = chunk.Columns[2].Double(0); }
        });
        figures["numbers"] = await Time(() => Read(session, "SELECT x, y FROM rows", rows, column =>
        {
            var sum = 0d;
            foreach (var value in column.Cells<double>()) { sum += value; }

            return sum;
        }));
        figures["words"] = await Time(() => Read(session, "SELECT word FROM rows", rows, column =>
        {
            var sum = 0d;
            for (var row = 0; row < column.Rows; row++) { sum += column.Text(row)!.Length; }

            return sum;
        }));
        return figures;
    }

    private static async Task Read(DuckDbSession session, string sql, long rows, Func<ResultColumn, double> read)
    {
        var (count, sum) = (0L, 0d);
        await foreach (var chunk in session.Query(sql, [], CancellationToken.None))
        {
            count += chunk.Rows;
            foreach (var column in chunk.Columns) { sum += read(column); }
        }

        if (count != rows || !(sum > 0)) { throw new InvalidOperationException($"{sql} gave {count} rows, sum {sum}"); }
    }

    private static async Task<double> Time(Func<Task> run)
    {
        var clock = Stopwatch.StartNew();
        await run();
        return clock.Elapsed.TotalMilliseconds;
    }
}
