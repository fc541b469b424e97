using System.Diagnostics;

namespace Slipway.Kernel.Tests;

public sealed class QueryTimeTests
{
    [Theory, EachDatabase]
    public async Task A_query_past_the_limit_is_stopped_and_the_next_one_runs(string database)
    {
        await using var test = await TestDb.Open(database);
        var clock = Stopwatch.StartNew();

        await Assert.ThrowsAsync<QueryTooLongException>(() => test.Db.Read(
            tx => tx.QueryOne($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000) SELECT COUNT(*) FROM n", row => row.GetInt64(0)), CancellationToken.None));

        Assert.InRange(clock.Elapsed.TotalSeconds, Limits.QuerySeconds - 1, Limits.QuerySeconds + 5);
        Assert.Equal(1, await test.Db.Read(tx => tx.QueryOne($"SELECT 1", row => row.GetInt64(0)), CancellationToken.None));
    }
}
