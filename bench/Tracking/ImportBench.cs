using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Slipway.Testing;

namespace Slipway.Bench.Tracking;

/// <summary>An MLflow database taken over by <c>slipway import mlflow</c>, and taken over once more when all of it is there.</summary>
internal static class ImportBench
{
    private const int Rounds = 3;
    private const int Keys = 10;

    /// <summary><c>import [RUNS] [POINTS] [DATABASE]</c>: 1,000 runs with 1,000 points each, from SQLite into SQLite unless said otherwise.</summary>
    public static async Task Run(string[] args)
    {
        var arguments = TrackingArguments.Parse(args);
        var (runs, points) = (arguments.Number(0, 1_000), arguments.Number(1, 1_000));
        var folder = Machine.Folder();
        try
        {
            var source = Path.Combine(folder.FullName, "mlflow.db");
            Fill(source, runs, points);
            var first = new Figures(string.Create(CultureInfo.InvariantCulture, $"import of {runs:#,0} runs with {(long)runs * points:#,0} points"), "s", "60 s");
            var again = new Figures("the same import when all is there", "s");
            for (var round = 0; round < Rounds; round++)
            {
                var data = Path.Combine(folder.FullName, $"data-{round}");
                await using (var server = await ServerProcess.Start(data, arguments.Database is { } database ? ["--database", database] : []))
                {
                    // Into PostgreSQL only the first round is new.
                    if (round == 0 || arguments.Database is null) { first.Add(await Import(server, source)); }

                    again.Add(await Import(server, source));
                }

                Directory.Delete(data, recursive: true);
            }

            first.Print();
            again.Print();
        }
        finally { folder.Delete(recursive: true); }
    }

    private static async Task<double> Import(ServerProcess server, string source)
    {
        var clock = Stopwatch.StartNew();
        using var import = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Slipway.Cli"), ["import", "mlflow", "--from", source, "--no-artifacts", "--server", server.BaseAddress.AbsoluteUri]) { RedirectStandardOutput = true })!;
        var told = await import.StandardOutput.ReadToEndAsync();
        await import.WaitForExitAsync();
        return import.ExitCode == 0 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException(told);
    }

    private static void Fill(string path, int runs, int points)
    {
        var tables = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mlflow.sql"));
        using var source = new SqliteConnection($"Data Source={path};Pooling=False");
        source.Open();
        void Execute(string text, params object[] values)
        {
            using var command = source.CreateCommand();
            command.CommandText = text;
            for (var i = 0; i < values.Length; i++) { command.Parameters.AddWithValue($"@{i}", values[i]); }

            command.ExecuteNonQuery();
        }

        Execute(tables[..tables.IndexOf("INSERT INTO", StringComparison.Ordinal)]);
        // As MLflow's own migrations make them.
        foreach (var table in (string[])["metrics", "params", "tags"]) { Execute($"CREATE INDEX index_{table}_run_uuid ON {table} (run_uuid)"); }

        Execute("BEGIN");
        Execute("INSERT INTO experiments VALUES (1, 'imported', 'mlflow-artifacts:/1', 'active', 1700000000000, 1700000000000)");
        var random = new Random(1);
        for (var run = 0; run < runs; run++)
        {
            var id = run.ToString("x32", CultureInfo.InvariantCulture);
            Execute("INSERT INTO runs VALUES (@0, @1, 'LOCAL', '', '', 'ann', 'FINISHED', @2, @3, NULL, '', 'active', @4, 1)", id, $"run-{run}", 1_700_000_000_000 + run, 1_700_000_100_000 + run, $"mlflow-artifacts:/1/{id}/artifacts");
            for (var i = 0; i < 5; i++) { Execute("INSERT INTO params VALUES (@0, @1, @2)", $"param_{i}", random.Next(100).ToString(CultureInfo.InvariantCulture), id); }

            for (var i = 0; i < 3; i++) { Execute("INSERT INTO tags VALUES (@0, @1, @2)", $"tag_{i}", $"value {i}", id); }

            for (var i = 0; i < points; i++) { Execute("INSERT INTO metrics VALUES (@0, @1, @2, @3, @4, FALSE)", $"metric_{i % Keys}", random.NextDouble(), 1_700_000_000_000 + i, id, i / Keys); }
        }

        Execute("COMMIT");
    }
}
