using System.Diagnostics;

namespace Slipway.DuckDb.Tests;

public sealed class InterruptTests
{
    private const string Endless = "SELECT count(*) FROM range(1000000) a(i), range(1000000) b(j) WHERE hash(i, j) = 17";

    [Fact]
    public async Task A_cancelled_statement_stops_soon_and_the_session_goes_on()
    {
        await using var duck = await Scratch.Start();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => duck.Session.Execute(Endless, [], cancel.Token));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.1, 2);
        Assert.Equal(1, await duck.One("SELECT 1"));
    }

    [Fact]
    public async Task A_token_that_was_cancelled_before_starts_nothing()
    {
        await using var duck = await Scratch.Start();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => duck.Session.Execute("CREATE TABLE t (a INTEGER)", [], new CancellationToken(canceled: true)));

        Assert.Equal(0L, await duck.One("SELECT count(*) FROM duckdb_tables()"));
    }

    [Fact]
    public async Task A_loop_that_is_left_early_stops_the_statement()
    {
        await using var duck = await Scratch.Start();

        await foreach (var chunk in duck.Session.Query("SELECT i FROM range(100000000000) t(i)", [], CancellationToken.None))
        {
            Assert.Equal(0, chunk["i"].Long(0));
            break;
        }

        Assert.Equal(1, await duck.One("SELECT 1"));
    }

    [Fact]
    public async Task A_stream_that_is_cancelled_between_chunks_throws_and_the_session_goes_on()
    {
        await using var duck = await Scratch.Start();
        using var cancel = new CancellationTokenSource();
        var rows = 0L;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var chunk in duck.Session.Query("SELECT i FROM range(100000000000) t(i)", [], cancel.Token))
            {
                rows += chunk.Rows;
                if (rows > 100_000) { await cancel.CancelAsync(); }
            }
        });

        Assert.Equal(1, await duck.One("SELECT 1"));
    }

    [Fact]
    public async Task An_append_that_is_cancelled_throws_and_the_session_goes_on()
    {
        await using var duck = await Scratch.Start();
        await duck.Do("CREATE TABLE t (a BIGINT)");
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => duck.Session.Append("t", [new long[50_000_000]], cancel.Token));

        Assert.InRange((long)(await duck.One("SELECT count(*) FROM t"))!, 0, 49_999_999);
    }

    [Fact]
    public async Task Calls_from_many_threads_wait_for_each_other()
    {
        await using var duck = await Scratch.Start();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => duck.One("SELECT ?", i))));

        Assert.Equal(Enumerable.Range(0, 50).Cast<object>(), answers.Cast<object>());
    }

    [Fact]
    public async Task Many_cancellations_at_any_moment_leave_the_session_whole()
    {
        await using var duck = await Scratch.Start();
        var random = new Random(5);
        for (var i = 0; i < 60; i++)
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(12)));
            try
            {
                await foreach (var chunk in duck.Session.Query("SELECT sum(hash(i)) FROM range(2000000) t(i)", [], cancel.Token)) { Assert.Equal(1, chunk.Rows); }
            }
            catch (OperationCanceledException)
            {
                // The moment was before its end.
            }
        }

        Assert.Equal(1, await duck.One("SELECT 1"));
    }
}
