namespace Slipway.Kernel.Tests;

/// <summary>A database of its own with the kernel's tables, opened; gone when disposed.</summary>
internal sealed class TestDb : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private TestDb(TestDatabase database, Db db) => (_database, Db) = (database, db);

    public Db Db { get; }

    public string Folder => _database.Folder;

    /// <summary>What <c>--database</c> would say.</summary>
    public string Database => _database.Database;

    public static async Task<TestDb> Open(string kind, TimeProvider? clock = null, bool migrated = true)
    {
        var database = await TestDatabase.Create(kind, migrated);
        return new TestDb(database, new DbOptions(database.Database).Open(clock ?? TimeProvider.System));
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await _database.DisposeAsync();
    }
}
