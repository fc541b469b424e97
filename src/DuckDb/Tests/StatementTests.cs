namespace Slipway.DuckDb.Tests;

public sealed class StatementTests
{
    [Fact]
    public async Task Rows_come_in_the_order_of_the_statement_by_column()
    {
        await using var duck = await Scratch.Start();
        var sum = 0L;
        var rows = 0;

        await foreach (var chunk in duck.Session.Query("SELECT i, i * 0.5::DOUBLE AS half, 'row ' || i AS name FROM range(10000) t(i)", [], CancellationToken.None))
        {
            Assert.InRange(chunk.Rows, 1, 2048);
            Assert.Equal(rows, chunk["i"].Long(0));
            Assert.Equal($"row {rows}", chunk["name"].Text(0));
            Assert.Equal(rows / 2.0, chunk["half"].Cells<double>()[0]);
            sum += chunk["i"].Longs().Sum();
            rows += chunk.Rows;
        }

        Assert.Equal(10_000, rows);
        Assert.Equal(49_995_000, sum);
    }

    [Fact]
    public async Task A_statement_that_changes_says_how_many_rows()
    {
        await using var duck = await Scratch.Start();

        Assert.Equal(0, await duck.Do("CREATE TABLE t (a INTEGER)"));
        Assert.Equal(3, await duck.Do("INSERT INTO t VALUES (?), (?), (?)", 1, 2, null));
        Assert.Equal(2, await duck.Do("DELETE FROM t WHERE a IS NOT NULL"));
        Assert.Equal(1L, await duck.One("SELECT count(*) FROM t"));
    }
}
