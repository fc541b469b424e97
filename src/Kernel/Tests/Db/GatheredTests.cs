namespace Slipway.Kernel.Tests;

/// <summary>Writes about one thing, which wait for each other and may share a transaction, are still each its own: kept or not, told or not.</summary>
public sealed class GatheredTests
{
    [Theory, EachDatabase]
    public async Task Of_many_that_wait_together_each_is_kept_or_not_for_itself(string database)
    {
        await using var test = await WriteTests.Table(database);
        var committed = 0;

        var outcomes = await Together(test, 40, i => Outcome(test.Db.Append<Result<int>>(
            "thing",
            tx =>
            {
                if (i % 10 == 3) { return Problem.Conflict("before", "Refused before it wrote."); }

                // A query that writes counts as well.
                if (i % 10 == 7) { tx.QueryOne($"INSERT INTO test_rows (id, name, value) VALUES ({100 + i}, 'row', 1) RETURNING id", row => row.GetInt64(0)); return Problem.Conflict("after", "Refused after it wrote."); }

                tx.Send($"INSERT INTO test_rows (id, name, value) VALUES ({(i % 10 == 5 ? 0 : i)}, 'row', 1)");
                tx.AfterCommit(() => Interlocked.Increment(ref committed));
                return i % 10 == 9 ? throw new InvalidDataException("mine") : i;
            },
            default)));

        // Row 0 was there first, so that whoever sent it again is told, at the latest by the commit.
        Assert.Equal([24, 4, 4, 4, 4], [outcomes.Count(o => o == "kept"), outcomes.Count(o => o == "before"), outcomes.Count(o => o == "after"), outcomes.Count(o => o == "mine"), outcomes.Count(o => o == "broken")]);
        Assert.Equal(24, committed);
        Assert.Equal(24, await WriteTests.Count(test));
    }

    [Theory, EachDatabase]
    public async Task Writes_of_one_thing_take_turns(string database)
    {
        await using var test = await WriteTests.Table(database);
        await test.Db.Write(tx => WriteTests.Insert(tx, 1, "n"), default);
        var runs = 0;

        await Together(test, 40, i => Outcome(test.Db.Write<Result<int>>(
            "thing",
            tx =>
            {
                Interlocked.Increment(ref runs);
                var value = tx.QueryOne($"SELECT value FROM test_rows WHERE id = 1", row => row.GetInt64(0));
                tx.Send($"UPDATE test_rows SET value = {value + 1} WHERE id = 1");
                return i;
            },
            default)));

        Assert.Equal(41, await test.Db.Read(tx => tx.QueryOne($"SELECT value FROM test_rows WHERE id = 1", row => row.GetInt64(0)), default));
        Assert.Equal(40, runs);
    }

    [Theory, EachDatabase]
    public async Task What_was_sent_is_there_for_the_next_statement(string database)
    {
        await using var test = await WriteTests.Table(database);

        var seen = await test.Db.Write(
            tx =>
            {
                for (var i = 0; i < 200; i++) { tx.Send($"INSERT INTO test_rows (id, name, value) VALUES ({i}, 'row', 1)"); }

                var found = tx.QueryOne($"SELECT COUNT(*) FROM test_rows", row => row.GetInt64(0));
                tx.Send($"DELETE FROM test_rows WHERE id = 0");
                return (found, tx.Execute($"UPDATE test_rows SET value = 2 WHERE id < 10"));
            },
            default);

        Assert.Equal((200, 9), seen);
        Assert.Equal(199, await WriteTests.Count(test));
    }

    [Theory, EachDatabase]
    public async Task Several_queries_give_each_its_own_rows(string database)
    {
        await using var test = await WriteTests.Table(database);
        await test.Db.Write(tx => { for (var i = 0; i < 5; i++) { WriteTests.Insert(tx, i, $"row {i}"); } }, default);
        var (names, none, ids) = (new List<string>(), new List<long>(), new List<long>());

        await test.Db.Read(
            tx =>
            {
                tx.ForEach(
                    ($"SELECT name FROM test_rows WHERE id < {2} ORDER BY id", row => names.Add(row.GetString(0))),
                    ($"SELECT id FROM test_rows WHERE id > {100}", row => none.Add(row.GetInt64(0))),
                    ($"SELECT id FROM test_rows WHERE name IN (SELECT value FROM {tx.Dialect.TextList(["row 3"])})", row => ids.Add(row.GetInt64(0))));
                tx.ForEach();
                return Done.Value;
            },
            default);

        Assert.Equal(["row 0", "row 1"], names);
        Assert.Empty(none);
        Assert.Equal([3], ids);
    }

    /// <summary>The outcomes of writes that were all made while one before them was held up.</summary>
    private static async Task<string[]> Together(TestDb test, int count, Func<int, Task<string>> write)
    {
        using var go = new ManualResetEventSlim();
        var first = test.Db.Append("thing", tx => { Assert.True(go.Wait(TimeSpan.FromSeconds(60), CancellationToken.None)); return Done.Value; }, default);
        var writes = Enumerable.Range(0, count).Select(write).ToArray();
        go.Set();
        await first;
        return await Task.WhenAll(writes);
    }

    private static async Task<string> Outcome(Task<Result<int>> write)
    {
        try { return (await write).Problem?.Code ?? "kept"; }
        catch (InvalidDataException error) { return error.Message; }
        catch (System.Data.Common.DbException) { return "broken"; }
    }
}
