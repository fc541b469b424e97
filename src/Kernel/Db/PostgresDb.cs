using Npgsql;

namespace Slipway.Kernel;

/// <summary>PostgreSQL: each write on its own connection, serialisable, run again when the database says that it collided with another.</summary>
internal sealed class PostgresDb : Db
{
    private const int MaxTries = 30;

    private static readonly int GatheringLanes = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    /// <summary>Of one that inserts a row that is there; what breaks a rule for good breaks it each time.</summary>
    private const int TriesOfTaken = 3;

    // Who has lost so often tries again in turn with the other losers of this process: a crowd that collides again and again would otherwise use up its tries.
    private const int TriesBesideOthers = 4;

    private readonly Lock _losers = new();
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _clock;
    private readonly Lanes<PostgresSession> _writers;
    private readonly PostgresGathered[] _gathered;
    private readonly Lanes<PostgresSession> _readers;

    public PostgresDb(string connectionString, TimeProvider clock, int writers, int readers)
    {
        _clock = clock;
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = GatheringLanes + writers + readers + 2,
            ApplicationName = "slipway",
            Options = $"-c statement_timeout={Limits.QuerySeconds * 1000}",
        };
        _source = NpgsqlDataSource.Create(settings);
        _writers = new Lanes<PostgresSession>("postgres-writer", writers, Limits.WaitingWrites, () => new PostgresSession(_source, writer: true));
        _gathered = [.. Enumerable.Range(0, GatheringLanes).Select(_ => new PostgresGathered(new PostgresSession(_source, writer: true), clock, Settle))];
        _readers = new Lanes<PostgresSession>("postgres-reader", readers, Limits.WaitingReads, () => new PostgresSession(_source, writer: false));
    }

    public override ISqlDialect Dialect { get; } = new PostgresDialect();

    private protected override Task<T> Read<T>(Func<ReadTx, T> work, int seconds, CancellationToken ct) => _readers.Run(session =>
    {
        try
        {
            T result = default!;
            session.Transact(Isolation.Snapshot, () =>
            {
                if (seconds != Limits.QuerySeconds) { session.Send(Search.Comparisons.Literal($"SET LOCAL statement_timeout = {seconds * 1000}")); }

                result = work(new ReadTx(session));
                return true;
            });
            return result;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            throw new QueryTooLongException();
        }
        catch (NpgsqlException error) when (IsLost(error) || error.IsTransient)
        {
            throw Lost(error);
        }
    }, ct);

    public override async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        foreach (var lane in _gathered) { await lane.DisposeAsync(); }

        await _writers.DisposeAsync();
        await _source.DisposeAsync();
    }

    private protected override void Accept(WriteItem item)
    {
        // What changes the same thing meets in the same lane, and takes turns there instead of colliding in the database.
        if (item.About is { } about) { _gathered[(uint)string.GetHashCode(about, StringComparison.Ordinal) % _gathered.Length].Accept(item); }
        else { _writers.Post(session => Settle(session(), item)); }
    }

    private void Settle(PostgresSession session, WriteItem item)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (item.Cancellation.IsCancellationRequested)
            {
                item.Cancel();
                return;
            }

#pragma warning disable CA1031 // the caller's task carries it
            try
            {
                if (attempt <= TriesBesideOthers) { Commit(session, item); }
                else
                {
                    lock (_losers) { Commit(session, item); }
                }

                return;
            }
            catch (PostgresException error) when (attempt < (IsConflict(error) ? MaxTries : IsTaken(error) ? TriesOfTaken : 0))
            {
                // The loser waits a little, longer each time, so that a crowd thins out.
                item.Cancellation.WaitHandle.WaitOne(Random.Shared.Next(1, 1 + Math.Min(50, attempt * 2)));
            }
            catch (PostgresException error) when (error.SqlState.StartsWith("53", StringComparison.Ordinal))
            {
                item.Fail(new StorageException($"PostgreSQL is out of space or memory ({error.MessageText}); nothing was written.", true, error));
                return;
            }
            catch (Exception error)
            {
                item.Fail(error is NpgsqlException lost && IsLost(lost) ? Lost(lost) : error);
                return;
            }
#pragma warning restore CA1031
        }
    }

    private void Commit(PostgresSession session, WriteItem item)
    {
        var tx = new WriteTx(session, _clock);
        if (session.Transact(item.Isolation, () => item.Run(tx))) { tx.Committed(); }

        item.Complete();
    }

    private static bool IsConflict(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    // A row that two looked for and both insert is sometimes a broken rule and not a failure of serialisation (PostgreSQL's documentation, 13.2.3): the loser's next try sees it.
    private static bool IsTaken(PostgresException error) => error.SqlState == PostgresErrorCodes.UniqueViolation;

    // Also said by a server that is being shut down, or by an operator who ended the connection.
    internal static bool IsLost(NpgsqlException error) => error is not PostgresException told || told.SqlState.StartsWith("57P", StringComparison.Ordinal);

    internal static StorageException Lost(NpgsqlException error) =>
        new($"PostgreSQL cannot be reached ({error.Message}); nothing of this was acknowledged.", false, error);
}
