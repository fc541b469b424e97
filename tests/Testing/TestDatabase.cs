using Npgsql;
using Slipway.Kernel;
using Slipway.Server;

namespace Slipway.Testing;

/// <summary>A fresh database with every schema file applied, copied from a template that is made once per test process; gone when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    /// <summary>Connection string of a superuser, or null where there is no PostgreSQL to test with.</summary>
    public static readonly string? PostgresServer = Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } server ? server : null;

    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplate);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplate);

    private TestDatabase(string folder, string database) => (Folder, Database) = (folder, database);

    /// <summary>A folder of its own, for data and blobs.</summary>
    public string Folder { get; }

    /// <summary>What <c>--database</c> would say.</summary>
    public string Database { get; }

    public static async Task<TestDatabase> Create(string kind, bool migrated = true)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-test-").FullName;
        if (kind == Sqlite)
        {
            var file = Path.Combine(folder, "slipway.db");
            if (migrated) { File.Copy(await SqliteTemplate.Value, file); }

            return new TestDatabase(folder, file);
        }

        var name = $"t_{Path.GetFileName(folder).Replace("-", "_", StringComparison.Ordinal).ToLowerInvariant()}";
        await Run(migrated ? $"CREATE DATABASE {name} TEMPLATE {await PostgresTemplate.Value} STRATEGY file_copy" : $"CREATE DATABASE {name}");
        return new TestDatabase(folder, Named(name));
    }

    public async ValueTask DisposeAsync()
    {
        if (new DbOptions(Database).IsPostgres) { await Run($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(Database).Database} WITH (FORCE)"); }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Applies the schema files that the database has not, as a server does when it starts.</summary>
    public static Task Upgrade(Db db) => SchemaUpgrade.Run(db, Serve.Assemblies, CancellationToken.None);

    private static async Task<string> MakeSqliteTemplate()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("slipway-template-").FullName, "slipway.db");
        await using (var db = new DbOptions(file).Open(TimeProvider.System)) { await Upgrade(db); }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return file;
    }

    private static async Task<string> MakePostgresTemplate()
    {
        var name = $"tpl_{Environment.ProcessId}_{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}";
        await Run($"CREATE DATABASE {name}");
        await using (var db = new DbOptions(Named(name)).Open(TimeProvider.System)) { await Upgrade(db); }

        // Nobody may be connected to a template while it is copied.
        NpgsqlConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RunNow($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        return name;
    }

    private static string Named(string name) => new NpgsqlConnectionStringBuilder(PostgresServer) { Database = name }.ToString();

    private static async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(PostgresServer) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static void RunNow(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(PostgresServer) { Pooling = false }.ToString());
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
