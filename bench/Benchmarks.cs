using Slipway.Bench.Tracking;

namespace Slipway.Bench;

/// <summary>The index of what can be measured: one line and one file each.</summary>
internal static class Benchmarks
{
    private static readonly (string Name, string Help, Func<string[], Task> Run)[] All =
    [
        ("access", "the same requests with sign-in required, by a key and by a password, beside a local server without", AccessBench.Run),
        ("artifacts", "a large artifact up and down through HTTP, folder and bucket, and the server's memory: [MB] [folder|bucket]", ArtifactBench.Run),
        ("audit", "what an audit entry costs a write, proofs, verification of a million entries", AuditBench.Run),
        ("blobs", "blobs in and out beside a plain copy of the same file", BlobBench.Run),
        ("db", "durable writes through Db.Write at 1, 16 and 64 callers; rows in batches beside raw SQLite", DbBench.Run),
        ("duckdb", "10,000,000 rows out of DuckDB's worker process beside the npm binding of DuckDB: [ROWS]", DuckDbBench.Run),
        ("import", "an MLflow database taken over by the command line: [RUNS] [POINTS] [DATABASE]", ImportBench.Run),
        ("monitoring", "predictions folded into the sketches of a window: [EVENTS]", MonitoringBench.Run),
        ("onnx", "scoring a small model at batch 1 and 64 beside the npm binding of ONNX Runtime; bytes allocated a call", OnnxBench.Run),
        ("pipelines", "40 empty steps of a pipeline, run and reused: [DATABASE]", PipelineBench.Run),
        ("points", "12,000 metric keys in one experiment, 225,000,000 points: [RUNS] [KEYS] [STEPS] [DATABASE | URL]", PointsBench.Run),
        ("registry", "searches over 10,000 registered models and their versions: [MODELS] [DATABASE]", RegistryBench.Run),
        ("server", "start to the first 200, idle memory, plain requests", ServerBench.Run),
        ("serving", "predictions of a scorecard with everything on, beside a bare loop and a plain Node.js server, by wrk", ServingBench.Run),
        ("tracking", "logging, versions, search over 100,000 runs, histories, artifacts, of this or any MLflow server: [RUNS] [DATABASE | URL]", TrackingBench.Run),
    ];

    public static async Task<int> Run(string[] args)
    {
        if (args.Length > 0 && Array.Find(All, bench => bench.Name == args[0]) is { Run: { } run })
        {
            Console.WriteLine(Machine.Describe());
            await run(args[1..]);
            return 0;
        }

        Console.WriteLine("usage: ./slipway bench NAME\n\n" + string.Join('\n', All.Select(bench => $"  {bench.Name,-10} {bench.Help}")));
        return args.Length == 0 ? 0 : 2;
    }
}
