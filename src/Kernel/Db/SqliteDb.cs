namespace Slipway.Kernel;

/// <summary>SQLite in WAL mode: one writer with group commit, readers with threads of their own.</summary>
internal sealed class SqliteDb : Db
{
    private readonly SqliteWriter _writer;
    private readonly Lanes<SqliteSession> _readers;

    public SqliteDb(string path, TimeProvider clock, int readers)
    {
        // The writer first: it makes the file and turns WAL on.
        _writer = new SqliteWriter(path, clock);
        _readers = new Lanes<SqliteSession>("sqlite-reader", readers, Limits.WaitingReads, () => new SqliteSession(path, writer: false));
    }

    public override ISqlDialect Dialect { get; } = new SqliteDialect();

    private protected override Task<T> Read<T>(Func<ReadTx, T> work, int seconds, CancellationToken ct) => _readers.Run(session =>
    {
        session.AllowSeconds(seconds);
        session.Execute($"BEGIN");
        try
        {
            return work(new ReadTx(session));
        }
        catch (Microsoft.Data.Sqlite.SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_INTERRUPT)
        {
            throw new QueryTooLongException();
        }
        finally
        {
            session.AllowSeconds(Limits.QuerySeconds);
            session.Execute($"COMMIT");
        }
    }, ct);

    public override async ValueTask DisposeAsync()
    {
        // Readers first, so that the last connection to close, which checkpoints, is the writer.
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
    }

    private protected override void Accept(WriteItem item) => _writer.Accept(item);
}
