namespace Slipway.DuckDb;

/// <summary>How a worker process is started and what it may use.</summary>
/// <param name="Program">The program with the verb <c>duckdb-worker</c>: an executable, or a .dll that is started by dotnet; see <see cref="DuckDbProgram.Find"/>.</param>
/// <param name="Folder">The one folder that SQL may read and write, also for temporary files; the process works in it, so relative names are names in it. No symbolic links in it.</param>
/// <param name="MemoryBytes">DuckDB's memory limit, at least 16 MiB; past it, DuckDB spills to the folder. The process as a whole is killed at twice that plus 1 GiB.</param>
/// <param name="Threads">Threads of DuckDB, at least 1.</param>
/// <param name="TimeLimit">Of each statement, from its start to its last chunk read; past it the worker is killed.</param>
public sealed record DuckDbWorkerOptions(string Program, string Folder, long MemoryBytes, int Threads, TimeSpan TimeLimit)
{
    /// <summary>Temporary files at most, in bytes.</summary>
    public long SpillBytes { get; init; } = 8L << 30;

    /// <summary>What is wrong with the values, or null.</summary>
    internal string? Fault() =>
        !Path.IsPathFullyQualified(Folder) || !Directory.Exists(Folder) ? $"Folder must be the absolute path of an existing folder, not '{Folder}'"
        : MemoryBytes < 16 << 20 ? $"MemoryBytes must be at least 16 MiB, not {MemoryBytes}"
        : Threads < 1 ? $"Threads must be at least 1, not {Threads}"
        : TimeLimit <= TimeSpan.Zero || TimeLimit > TimeSpan.FromDays(1) ? $"TimeLimit must be above 0 and at most a day, not {TimeLimit}"
        : SpillBytes < 0 ? $"SpillBytes must be at least 0, not {SpillBytes}"
        : null;
}
