using System.Reflection;

namespace Slipway.Kernel.Tests;

public sealed class SchemaUpgradeTests
{
    private static readonly Assembly[] Kernel = [typeof(Db).Assembly];

    [Theory, EachDatabase]
    public async Task An_empty_database_gets_every_table_and_a_second_run_changes_nothing(string database)
    {
        await using var test = await TestDb.Open(database, migrated: false);

        await SchemaUpgrade.Run(test.Db, Kernel, default);
        var first = await Applied(test);
        await SchemaUpgrade.Run(test.Db, Kernel, default);

        Assert.Contains("0001_facts.sql", first);
        Assert.Contains("0002_audit.sql", first);
        Assert.Equal(first, await Applied(test));
        Assert.False(await test.Db.Read(tx => tx.Exists($"SELECT 1 FROM kernel_facts"), default));
    }

    [Theory, EachDatabase]
    public async Task A_database_of_a_newer_version_is_refused_and_left_alone(string database)
    {
        await using var test = await TestDb.Open(database, migrated: false);
        await SchemaUpgrade.Run(test.Db, Kernel, default);
        await test.Db.Write(tx => tx.Execute($"INSERT INTO kernel_schema (module, number, name, checksum, applied_ms) VALUES ('Kernel', 99, '0099_future.sql', 'x', 0)"), default);

        var refused = await Assert.ThrowsAsync<SchemaException>(() => SchemaUpgrade.Run(test.Db, Kernel, default));

        Assert.Contains("newer than this program", refused.Message, StringComparison.Ordinal);
        Assert.Contains("0099_future.sql", refused.Message, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_schema_file_that_changed_after_it_ran_is_refused(string database)
    {
        await using var test = await TestDb.Open(database, migrated: false);
        await SchemaUpgrade.Run(test.Db, Kernel, default);
        await test.Db.Write(tx => tx.Execute($"UPDATE kernel_schema SET checksum = 'other' WHERE name = '0001_facts.sql'"), default);

        var refused = await Assert.ThrowsAsync<SchemaException>(() => SchemaUpgrade.Run(test.Db, Kernel, default));

        Assert.Contains("0001_facts.sql", refused.Message, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Servers_that_start_together_upgrade_once(string database)
    {
        for (var round = 0; round < 5; round++)
        {
            await using var test = await TestDb.Open(database, migrated: false);
            var others = new List<Db>();

            // SQLite belongs to one process (a lock file sees to it), so there the same one is started many times.
            for (var i = 0; i < 4; i++) { others.Add(database == TestDatabase.Sqlite ? test.Db : new DbOptions(test.Database).Open(TimeProvider.System)); }

            await Task.WhenAll(others.Select(db => Task.Run(() => SchemaUpgrade.Run(db, Kernel, default))));

            Assert.Equal((await Applied(test)).Distinct(), await Applied(test));
            foreach (var db in others.Where(db => db != test.Db)) { await db.DisposeAsync(); }
        }
    }

    private static Task<List<string>> Applied(TestDb test) => test.Db.Read(
        tx => tx.Query($"SELECT name FROM kernel_schema WHERE module <> 'lock' ORDER BY module, number LIMIT 1000", row => row.GetString(0)), default);
}
