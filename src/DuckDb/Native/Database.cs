using System.Globalization;

namespace Slipway.DuckDb;

/// <summary>A database in memory with one connection, locked as the worker needs it.</summary>
internal sealed class Database
{
    private Database(nint connection) => Connection = connection;

    /// <summary>The handle; it lives as long as the process.</summary>
    public nint Connection { get; }

    /// <exception cref="DuckDbException">The library is missing or refuses a setting.</exception>
    public static Database Open(string folder, long memoryBytes, long spillBytes, int threads)
    {
        EngineLibrary.EnsureLoaded();
        var connection = Connect(new()
        {
            ["memory_limit"] = Bytes(memoryBytes),
            ["threads"] = threads.ToString(CultureInfo.InvariantCulture),
            ["temp_directory"] = Path.Combine(folder, ".duckdb"),
            ["max_temp_directory_size"] = Bytes(spillBytes),
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
            ["allow_community_extensions"] = "false",
            ["allow_persistent_secrets"] = "false",
            ["extension_directory"] = Path.Combine(folder, ".duckdb", "extensions"),
        });
        var database = new Database(connection);
        // The order matters: the folder can be allowed only before the rest is forbidden, and nothing can be set after the lock.
        database.Do($"SET allowed_directories = ['{folder.Replace("'", "''", StringComparison.Ordinal)}']");
        database.Do("SET enable_external_access = false");
        database.Do("SET TimeZone = 'UTC'");
        database.Do("SET lock_configuration = true");
        return database;
    }

    private static nint Connect(Dictionary<string, string> settings)
    {
        if (Api.duckdb_create_config(out var config) != Api.Success) { throw new DuckDbException(DuckDbErrorKind.OutOfMemory, "Out of Memory Error: no room for DuckDB's configuration"); }

        try
        {
            foreach (var (name, value) in settings)
            {
                if (Api.duckdb_set_config(config, name, value) != Api.Success) { throw new DuckDbException(DuckDbErrorKind.Library, $"DuckDB {Version} does not take {name} = '{value}'"); }
            }

            if (Api.duckdb_open_ext(null, out var database, config, out var error) != Api.Success) { throw Fault.Of(Text.Owned(error)); }

            return Api.duckdb_connect(database, out var connection) == Api.Success ? connection
                : throw new DuckDbException(DuckDbErrorKind.Other, "DuckDB gave no connection to its database in memory");
        }
        finally
        {
            Api.duckdb_destroy_config(ref config);
        }
    }

    private static string Version => Text.Borrowed(Api.duckdb_library_version());

    private static string Bytes(long value) => value.ToString(CultureInfo.InvariantCulture) + "B";

    private void Do(string sql)
    {
        using var statement = new Statement(this, sql);
        statement.Change();
    }
}
