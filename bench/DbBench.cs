using System.Diagnostics;
using Npgsql;
using Slipway.Kernel;

namespace Slipway.Bench;

/// <summary>What one durable write costs, alone and in company, on each database.</summary>
internal static class DbBench
{
    private const int Rounds = 5;
    private const int BatchRows = 1_000;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1.5);

    public static async Task Run(string[] args)
    {
        var folder = Machine.Folder();
        try
        {
            await Sqlite(folder.FullName);
            if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } server) { await Postgres(server); }
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task Sqlite(string folder)
    {
        Console.WriteLine($"\nSQLite (WAL, synchronous=FULL) in {folder}");
        await using (var db = await Open(Path.Combine(folder, "writes.db"))) { await SingleRows(db, "40,000/s", "3 ms"); }

        await using (var db = await Open(Path.Combine(folder, "batches.db"))) { await Batches(db, Path.Combine(folder, "raw.db")); }
    }

    private static async Task Postgres(string server)
    {
        var name = $"bench_{Environment.ProcessId}";
        await Admin(server, $"CREATE DATABASE {name}");
        try
        {
            Console.WriteLine("\nPostgreSQL");
            await using var db = await Open(new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString());
            await SingleRows(db, "", "");
            await Batches(db, rawFile: null);
        }
        finally { await Admin(server, $"DROP DATABASE {name} WITH (FORCE)"); }
    }

    private static async Task<Db> Open(string database)
    {
        var db = new DbOptions(database).Open(TimeProvider.System);
        foreach (var table in (string[])["single", "batch"])
        {
            var create = new Sql(0, 0);
            create.AppendLiteral($"CREATE TABLE bench_{table} (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, value DOUBLE PRECISION NOT NULL, at_ms BIGINT NOT NULL)");
            await db.Write(tx => tx.Execute(create), CancellationToken.None);
        }

        return db;
    }

    private static async Task SingleRows(Db db, string targetRate, string targetP99)
    {
        var next = 0L;
        foreach (var callers in (int[])[1, 16, 64])
        {
            var rate = new Figures($"single-row writes, {callers} callers", "writes/s", callers == 16 ? targetRate : "");
            var p99 = new Figures($"single-row writes, {callers} callers, p99", "ms", callers == 16 ? targetP99 : "");
            for (var round = -1; round < Rounds; round++)
            {
                var latencies = await WithCallers(callers, () => db.Write(Insert(Interlocked.Increment(ref next)), CancellationToken.None));
                if (round < 0) { continue; }

                rate.Add(latencies.Count / Window.TotalSeconds);
                p99.Add(Figures.Quantile(latencies, 0.99));
            }

            rate.Print();
            p99.Print();
        }
    }

    private static Func<WriteTx, int> Insert(long id) => tx => tx.Execute($"INSERT INTO bench_single (id, name, value, at_ms) VALUES ({id}, {"loss"}, {0.25}, {1_700_000_000_000L})");

    /// <summary>Milliseconds of every call that ended within the window.</summary>
    private static async Task<List<double>> WithCallers(int callers, Func<Task> call)
    {
        var end = Stopwatch.GetTimestamp() + (long)(Window.TotalSeconds * Stopwatch.Frequency);
        var each = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var latencies = new List<double>(100_000);
            while (true)
            {
                var start = Stopwatch.GetTimestamp();
                await call();
                var now = Stopwatch.GetTimestamp();
                if (now > end) { return latencies; }

                latencies.Add((now - start) * 1_000.0 / Stopwatch.Frequency);
            }
        })));
        return [.. each.SelectMany(list => list)];
    }

    private static async Task Batches(Db db, string? rawFile)
    {
        var ours = new Figures($"rows in batches of {BatchRows:#,0}", "rows/s");
        var raws = new Figures("the same with raw calls of SQLite", "rows/s");
        var share = new Figures("share of the raw rate", "%", "60 %");
        using var raw = rawFile is null ? null : new RawSqlite(rawFile);
        var (next, nextRaw) = (0L, 0L);
        for (var round = -1; round < Rounds; round++)
        {
            var rate = await Rate(() => db.Write(tx => InsertBatch(tx, ref next), CancellationToken.None));
            var rawRate = raw is null ? 0 : await Rate(() => { raw.InsertBatch(ref nextRaw, BatchRows); return Task.CompletedTask; });
            if (round < 0) { continue; }

            ours.Add(rate);
            raws.Add(rawRate);
            share.Add(100 * rate / rawRate);
        }

        ours.Print();
        if (raw is null) { return; }

        raws.Print();
        share.Print();
    }

    private static void InsertBatch(WriteTx tx, ref long next)
    {
        for (var i = 0; i < BatchRows; i++) { tx.Execute($"INSERT INTO bench_batch (id, name, value, at_ms) VALUES ({++next}, {"loss"}, {0.25}, {1_700_000_000_000L})"); }
    }

    private static async Task<double> Rate(Func<Task> batch)
    {
        var clock = Stopwatch.StartNew();
        var rows = 0L;
        for (; clock.Elapsed < Window; rows += BatchRows) { await batch(); }

        return rows / clock.Elapsed.TotalSeconds;
    }

    private static async Task Admin(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ToString());
        await connection.OpenAsync();
#pragma warning disable CA2100 // the text is ours
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
