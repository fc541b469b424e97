namespace Slipway.DuckDb.Tests;

public sealed class WorkerDeathTests
{
    [Theory]
    [InlineData(134, "Out of memory.\nAborted", DuckDbErrorKind.OutOfMemory, "DuckDB's worker process ended because it ran out of the memory that it may use; the session is over.")]
    [InlineData(139, "", DuckDbErrorKind.Crashed, "DuckDB's worker process crashed with signal 11 (SIGSEGV); the session is over.")]
    [InlineData(135, "", DuckDbErrorKind.Crashed, "DuckDB's worker process crashed with signal 7 (SIGBUS); the session is over.")]
    [InlineData(159, "", DuckDbErrorKind.Crashed, "DuckDB's worker process crashed with signal 31; the session is over.")]
    [InlineData(1, "You must install .NET\nmore", DuckDbErrorKind.Crashed, "DuckDB's worker process ended with code 1; the session is over. It wrote: You must install .NET")]
    public void How_a_worker_died_is_said_in_words(int exitCode, string errors, DuckDbErrorKind kind, string message)
    {
        var fault = WorkerDeath.Explain(exitCode, errors);

        Assert.Equal((kind, message), (fault.Kind, fault.Message));
    }
}
