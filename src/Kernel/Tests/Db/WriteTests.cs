namespace Slipway.Kernel.Tests;

public sealed class WriteTests
{
    [Theory, EachDatabase]
    public async Task Of_many_who_check_and_then_write_one_wins(string database)
    {
        await using var test = await Table(database);

        var wins = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => test.Db.Write(
            tx =>
            {
                if (tx.Exists($"SELECT 1 FROM test_rows WHERE name = {"seat"}")) { return false; }

                tx.Execute($"INSERT INTO test_rows (id, name, value) VALUES ({i}, {"seat"}, {i})");
                return true;
            },
            default))));

        Assert.Single(wins, won => won);
        Assert.Equal(1, await Count(test));
    }

    [Theory, EachDatabase]
    public async Task Of_many_who_look_for_a_row_and_make_it_with_its_key_all_but_one_find_it(string database)
    {
        await using var test = await Table(database);
        for (var round = 0; round < 10; round++)
        {
            var (key, name) = (round, $"seat {round}");
            var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => test.Db.Write(
                tx =>
                {
                    var there = tx.Exists($"SELECT 1 FROM test_rows WHERE name = {name}");
                    if (!there) { tx.Execute($"INSERT INTO test_rows (id, name, value) VALUES ({key}, {name}, 0)"); }

                    tx.Execute($"UPDATE test_rows SET value = value + 1 WHERE name = {name}");
                    return !there;
                },
                default))));

            Assert.Single(made, one => one);
            Assert.Equal(8, await test.Db.Read(tx => tx.QueryOne($"SELECT value FROM test_rows WHERE id = {key}", row => row.GetInt64(0)), default));
        }
    }

    [Theory, EachDatabase]
    public async Task Two_writes_that_each_keep_a_rule_cannot_break_it_together(string database)
    {
        // Write skew: each looks at both rows and changes another one.
        for (var round = 0; round < 10; round++)
        {
            await using var test = await Table(database);
            await test.Db.Write(tx => tx.Execute($"INSERT INTO test_rows (id, name, value) VALUES (1, 'on call', 1), (2, 'on call', 1)"), default);

            await Task.WhenAll(Enumerable.Range(1, 2).Select(id => Task.Run(() => test.Db.Write(
                tx =>
                {
                    var onCall = tx.QueryOne($"SELECT SUM(value) FROM test_rows WHERE name = 'on call'", row => Convert.ToInt64(row.GetValue(0), null));
                    if (onCall >= 2) { tx.Execute($"UPDATE test_rows SET value = 0 WHERE id = {id}"); }
                },
                default))));

            Assert.Equal(1, await test.Db.Read(tx => tx.QueryOne($"SELECT SUM(value) FROM test_rows", row => Convert.ToInt64(row.GetValue(0), null)), default));
        }
    }

    [Theory, EachDatabase]
    public async Task Counting_up_loses_no_step(string database)
    {
        await using var test = await Table(database);
        await test.Db.Write(tx => Insert(tx, 1, "n"), default);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await test.Db.Write(
                    tx =>
                    {
                        var value = tx.QueryOne($"SELECT value FROM test_rows WHERE id = 1", row => row.GetInt64(0));
                        tx.Execute($"UPDATE test_rows SET value = {value + 1} WHERE id = 1");
                    },
                    default);
            }
        })));

        Assert.Equal(81, await test.Db.Read(tx => tx.QueryOne($"SELECT value FROM test_rows WHERE id = 1", row => row.GetInt64(0)), default));
    }

    [Theory, EachDatabase]
    public async Task A_crowd_whose_writes_all_collide_gets_through(string database)
    {
        await using var test = await Table(database);

        // Each looks at all rows, without an index, and adds some: every two that overlap collide.
        await Task.WhenAll(Enumerable.Range(0, 32).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                var first = (caller * 1_000) + (i * 10);
                await test.Db.Write(
                    tx =>
                    {
                        for (var id = first; id < first + 10; id++)
                        {
                            if (!tx.Exists($"SELECT 1 FROM test_rows WHERE value = {-id}")) { Insert(tx, id, "row"); }
                        }
                    },
                    default);
            }
        })));

        Assert.Equal(3_200, await Count(test));
    }

    [Theory, EachDatabase]
    public async Task A_problem_rolls_its_own_changes_back_and_nobody_elses(string database)
    {
        await using var test = await Table(database);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => test.Db.Write<Result<int>>(
            tx =>
            {
                Insert(tx, i, $"row {i}");
                return i % 2 == 0 ? i : Problem.Conflict("odd", "Odd.");
            },
            default)));

        Assert.Equal(10, outcomes.Count(outcome => outcome.Problem is null));
        Assert.Equal(10, await Count(test));
    }

    [Theory, EachDatabase]
    public async Task An_exception_reaches_its_caller_alone(string database)
    {
        await using var test = await Table(database);
        var writes = Enumerable.Range(0, 20).Select(i => test.Db.Write(
            tx =>
            {
                Insert(tx, i, $"row {i}");
                if (i == 7) { throw new InvalidDataException("mine"); }
            },
            default)).ToArray();

        await Assert.ThrowsAsync<InvalidDataException>(() => Task.WhenAll(writes));

        Assert.Equal(19, writes.Count(write => write.IsCompletedSuccessfully));
        Assert.Equal(19, await Count(test));
    }

    [Theory, EachDatabase]
    public async Task A_broken_statement_fails_its_own_write_alone(string database)
    {
        await using var test = await Table(database);
        await test.Db.Write(tx => Insert(tx, 1, "first"), default);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => test.Db.Write(tx => Insert(tx, 1, "again"), default));
        await test.Db.Write(tx => Insert(tx, 2, "second"), default);

        Assert.Equal(2, await Count(test));
    }

    [Theory, EachDatabase]
    public async Task What_is_to_run_after_the_commit_runs_once_and_only_then(string database)
    {
        await using var test = await Table(database);
        var ran = new List<string>();

        await test.Db.Write(tx => tx.AfterCommit(() => ran.Add("kept")), default);
        await test.Db.Write<Result<Done>>(tx => { tx.AfterCommit(() => ran.Add("refused")); return Problem.Conflict("no", "No."); }, default);
        await Assert.ThrowsAsync<InvalidDataException>(() => test.Db.Write(tx => { tx.AfterCommit(() => ran.Add("thrown")); throw new InvalidDataException(); }, default));

        Assert.Equal(["kept"], ran);
    }

    [Theory, EachDatabase]
    public async Task A_read_sees_every_acknowledged_write(string database)
    {
        await using var test = await Table(database);
        for (var i = 0; i < 50; i++)
        {
            await test.Db.Write(tx => Insert(tx, i, "row"), default);
            Assert.Equal(i + 1, await Count(test));
        }
    }

    [Theory, EachDatabase]
    public async Task A_read_stays_on_its_snapshot_while_others_write(string database)
    {
        await using var test = await Table(database);
        await test.Db.Write(tx => Insert(tx, 1, "row"), default);

        var (before, after) = await test.Db.Read(
            tx =>
            {
                var first = tx.QueryOne($"SELECT COUNT(*) FROM test_rows", row => row.GetInt64(0));
                using var written = new ManualResetEventSlim();
                _ = test.Db.Write(writing => Insert(writing, 2, "row"), default).ContinueWith(_ => written.Set(), TaskScheduler.Default);
                written.Wait(TimeSpan.FromSeconds(5));
                return (first, tx.QueryOne($"SELECT COUNT(*) FROM test_rows", row => row.GetInt64(0)));
            },
            default);

        Assert.Equal((1, 1), (before, after));
        Assert.Equal(2, await Count(test));
    }

    [Theory, EachDatabase]
    public async Task A_cancelled_write_does_not_happen(string database)
    {
        await using var test = await Table(database);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Db.Write(tx => Insert(tx, 1, "row"), cancelled.Token));

        Assert.Equal(0, await Count(test));
    }

    [Theory, EachDatabase]
    public async Task A_reader_cannot_write(string database)
    {
        await using var test = await Table(database);

        // Only a WriteTx has Execute; a statement that writes can still be passed as a query.
        var attempt = () => test.Db.Read(tx => tx.Query($"INSERT INTO test_rows (id, name, value) VALUES (1, 'x', 1) RETURNING id", row => row.GetInt64(0)), default);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(attempt);
        Assert.Equal(0, await Count(test));
    }

    [Theory, EachDatabase]
    public async Task A_lease_is_held_by_one_until_it_ends(string database)
    {
        var clock = new ManualClock();
        await using var test = await TestDb.Open(database, clock);

        Assert.True(await test.Db.Write(tx => Leases.TryTake(tx, "job", "a", 5_000), default));
        Assert.True(await test.Db.Write(tx => Leases.TryTake(tx, "job", "a", 5_000), default));
        Assert.False(await test.Db.Write(tx => Leases.TryTake(tx, "job", "b", 5_000), default));
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.True(await test.Db.Write(tx => Leases.TryTake(tx, "job", "b", 5_000), default));
        Assert.False(await test.Db.Write(tx => Leases.TryTake(tx, "job", "a", 5_000), default));
    }

    internal static async Task<TestDb> Table(string database)
    {
        var test = await TestDb.Open(database);
        await test.Db.Write(tx => tx.Execute($"CREATE TABLE test_rows (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, value BIGINT NOT NULL)"), default);
        return test;
    }

    internal static int Insert(WriteTx tx, long id, string name) => tx.Execute($"INSERT INTO test_rows (id, name, value) VALUES ({id}, {name}, 1)");

    internal static Task<long> Count(TestDb test) => test.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*) FROM test_rows", row => row.GetInt64(0)), default);
}
