namespace Slipway.Kernel;

/// <summary>Where the records live.</summary>
/// <param name="Database">Path of a SQLite file, or <c>postgres://user:password@host/database</c>, or an Npgsql connection string (<c>Host=…</c>).</param>
public sealed record DbOptions(string Database)
{
    /// <summary>Threads with a connection each that read; 1 to 64.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>Threads with a connection each that write to PostgreSQL; 1 to 64. SQLite has one writer.</summary>
    public int Writers { get; init; } = 16;

    public bool IsPostgres =>
        Database.StartsWith("postgres://", StringComparison.Ordinal) || Database.StartsWith("postgresql://", StringComparison.Ordinal)
        || Database.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    public Db Open(TimeProvider clock) => IsPostgres
        ? new PostgresDb(PostgresUrl.ToConnectionString(Database), clock, Writers, Readers)
        : new SqliteDb(Database, clock, Readers);
}
