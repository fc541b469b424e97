namespace Slipway.Kernel.Tests;

/// <summary>What only a database elsewhere does: it ends connections, at a restart, a failover, or because an operator says so, and sends rows while they are read.</summary>
public sealed class PostgresDbTests
{
    private const string NoServer = "TEST_POSTGRES names no server";

    public static bool HasPostgres => TestDatabase.PostgresServer is not null;

    [Fact(Skip = NoServer, SkipUnless = nameof(HasPostgres))]
    public async Task Who_meets_a_lost_connection_is_told_that_nothing_was_acknowledged_and_the_next_gets_a_new_one()
    {
        await using var test = await WriteTests.Table(TestDatabase.Postgres);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => WriteTests.Count(test)));
        await test.Db.Append("thing", tx => WriteTests.Insert(tx, 0, "row"), default);

        // Its own goes last: the answer is lost with it.
        await Assert.ThrowsAsync<StorageException>(() => test.Db.Write(
            tx =>
            {
                tx.Exists($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
                tx.Exists($"SELECT pg_terminate_backend(pg_backend_pid())");
                return tx.Exists($"SELECT 1");
            },
            default));

        var kept = 1L;
        for (var i = 1; i <= 20; i++)
        {
            kept += await Told(test.Db.Write(tx => WriteTests.Insert(tx, i, "row"), default));
            kept += await Told(test.Db.Append("thing", tx => WriteTests.Insert(tx, 100 + i, "row"), default));
            await Told(WriteTests.Count(test));
        }

        var ids = await test.Db.Read(tx => tx.Query($"SELECT id FROM test_rows", row => row.GetInt64(0)), default);
        Assert.Equal(kept, ids.Count);
        Assert.Equal([20, 120], ids.Where(id => id is 20 or 120).Order());
    }

    [Fact(Skip = NoServer, SkipUnless = nameof(HasPostgres))]
    public async Task The_rows_of_a_query_are_read_before_the_next_statement_or_nothing_is_kept()
    {
        await using var test = await WriteTests.Table(TestDatabase.Postgres);
        await test.Db.Write(tx => { WriteTests.Insert(tx, 1, "a"); WriteTests.Insert(tx, 2, "b"); }, default);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => test.Db.Write(
            tx => tx.ForEach($"SELECT id FROM test_rows", row => tx.Send($"DELETE FROM test_rows WHERE id = {row.GetInt64(0)}")), default));

        Assert.Contains("still being read", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, await WriteTests.Count(test));
    }

    // One when it was done; nothing else than a StorageException says that it was not.
    private static async Task<long> Told<T>(Task<T> work)
    {
        try
        {
            await work;
            return 1;
        }
        catch (StorageException) { return 0; }
    }
}
