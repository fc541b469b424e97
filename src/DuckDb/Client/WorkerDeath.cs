namespace Slipway.DuckDb;

/// <summary>How a worker that nobody ended came to its end, in words.</summary>
internal static class WorkerDeath
{
    // .NET reports the end by a signal as 128 and its number.
    private const int SignalBase = 128;
    private const int Kill = 9;

    private static readonly Dictionary<int, string> Signals = new()
    {
        [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [Kill] = "SIGKILL", [11] = "SIGSEGV", [15] = "SIGTERM", [25] = "SIGXFSZ",
    };

    /// <param name="exitCode">Of the process.</param>
    /// <param name="errors">What it wrote to its standard error.</param>
    public static DuckDbException Explain(int exitCode, string errors)
    {
        if (errors.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) || errors.Contains("OutOfMemoryException", StringComparison.Ordinal) || errors.Contains("bad_alloc", StringComparison.Ordinal))
        {
            return new DuckDbException(DuckDbErrorKind.OutOfMemory, "DuckDB's worker process ended because it ran out of the memory that it may use; the session is over.");
        }

        var signal = exitCode - SignalBase;
        var how = exitCode <= SignalBase ? $"ended with code {exitCode}"
            : signal == Kill ? "was killed by signal 9 (SIGKILL), as the kernel does when memory runs out"
            : $"crashed with signal {signal}{(Signals.TryGetValue(signal, out var name) ? $" ({name})" : "")}";
        var first = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return new DuckDbException(DuckDbErrorKind.Crashed, $"DuckDB's worker process {how}; the session is over.{(first is null ? "" : $" It wrote: {first}")}");
    }
}
