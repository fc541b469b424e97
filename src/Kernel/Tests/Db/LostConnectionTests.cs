namespace Slipway.Kernel.Tests;

/// <summary>PostgreSQL ends connections: at a restart, a failover, or because an operator says so.</summary>
public sealed class LostConnectionTests
{
    public static bool HasPostgres => TestDatabase.PostgresServer is not null;

    [Fact(Skip = "TEST_POSTGRES names no server", SkipUnless = nameof(HasPostgres))]
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
