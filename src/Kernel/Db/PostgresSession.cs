using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Slipway.Kernel;

/// <summary>
/// One PostgreSQL connection, opened again for the next transaction when it broke; Npgsql prepares statements by text on its own. Statements without an answer, the begin of a transaction among them, go to
/// the database with the next one that has one: each trip costs more than most statements.
/// </summary>
internal sealed class PostgresSession(NpgsqlDataSource source, bool writer) : DbSession
{
    // Bounds what waits in memory.
    private const int MaxUnsent = 64;

    private NpgsqlConnection? _connection;
    private NpgsqlBatch? _batch;
    private NpgsqlDataReader? _rows;
    private bool _sent;
    private bool _failed;

    public override ISqlDialect Dialect { get; } = new PostgresDialect();

    private bool IsOpen => _connection is { State: System.Data.ConnectionState.Open };

    private NpgsqlBatch Batch => _batch ?? throw new InvalidOperationException("No transaction is open.");

    /// <summary>Something may have been changed since this was last set to false, in whatever way: only what begins as a SELECT certainly changes nothing.</summary>
    public bool Wrote { get; set; }

    /// <summary>Keeps what the work did when it says so; takes it back when it does not, or throws.</summary>
    public bool Transact(Isolation isolation, Func<bool> work)
    {
        Begin(isolation);
        try
        {
            if (work())
            {
                // PostgreSQL answers the commit of a transaction in which a statement failed without an error, and keeps nothing.
                if (_failed) { throw new InvalidOperationException("A statement of this transaction failed and its error was not passed on; nothing is kept."); }

                Execute($"COMMIT");
                return true;
            }
        }
        catch
        {
            Rollback();
            throw;
        }

        Rollback();
        return false;
    }

    private void Begin(Isolation isolation)
    {
        if (!IsOpen) { Reopen(); }

        _failed = false;
        Add(isolation switch
        {
            Isolation.Serializable => $"BEGIN ISOLATION LEVEL SERIALIZABLE",
            Isolation.Snapshot => $"BEGIN ISOLATION LEVEL REPEATABLE READ",
            _ => $"BEGIN ISOLATION LEVEL READ COMMITTED",
        });
    }

    public override DbDataReader Query(Sql sql)
    {
        Add(sql);
        return Go();
    }

    public override void Query(IReadOnlyList<(Sql Sql, Action<DbDataReader> Each)> queries)
    {
        if (queries.Count == 0) { return; }

        foreach (var (sql, _) in queries) { Add(sql); }

        using var rows = Go();
        foreach (var (_, each) in queries)
        {
            while (rows.Read()) { each(rows); }

            rows.NextResult();
        }
    }

    public override int Execute(Sql sql)
    {
        var command = Add(sql);
        Go().Dispose();
        return command.RecordsAffected;
    }

    public override void Send(Sql sql)
    {
        Add(sql);
        if (Batch.BatchCommands.Count >= MaxUnsent) { Flush(); }
    }

    public override void Script(string text)
    {
        Flush();
        using var command = new NpgsqlCommand(text, _connection);
        command.ExecuteNonQuery();
    }

    public override void Dispose()
    {
        _batch?.Dispose();
        _connection?.Dispose();
        (_batch, _connection, _rows) = (null, null, null);
    }

    // A connection that cannot take it back, or is broken already, is given up, which does the same.
    private void Rollback()
    {
        try
        {
            _sent = true;
            if (IsOpen) { Execute($"ROLLBACK"); }
            else { Dispose(); }
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException) { Dispose(); }
    }

    private void Reopen()
    {
        Dispose();
        _connection = source.OpenConnection();
        _batch = new NpgsqlBatch(_connection);

        // A reader could otherwise write by a query such as INSERT … RETURNING.
        if (!writer) { Execute($"SET default_transaction_read_only = on"); }
    }

    private NpgsqlBatchCommand Add(Sql sql)
    {
        var commands = Batch.BatchCommands;
        if (_sent)
        {
            // Only now: the rows of what was sent are read while it stands there.
            if (_rows is { IsClosed: false }) { throw new InvalidOperationException("The rows of a query are still being read; collect them before the next statement."); }

            commands.Clear();
            _sent = false;
        }

        Wrote |= !sql.Text.StartsWith("SELECT", StringComparison.Ordinal);
        var command = new NpgsqlBatchCommand(sql.NumberedText());
        foreach (var parameter in sql.Parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = TypeOf(parameter.Type), Value = parameter.Value ?? DBNull.Value });
        }

        sql.Recycle();
        commands.Add(command);
        return command;
    }

    private void Flush()
    {
        if (!_sent) { Go().Dispose(); }
    }

    private NpgsqlDataReader Go()
    {
        _sent = true;
        try { return _rows = Batch.ExecuteReader(); }
        catch
        {
            _failed = true;
            throw;
        }
    }

    private static NpgsqlDbType TypeOf(SqlType type) => type switch
    {
        SqlType.Text => NpgsqlDbType.Text,
        SqlType.Integer => NpgsqlDbType.Bigint,
        SqlType.Double => NpgsqlDbType.Double,
        SqlType.Integers => NpgsqlDbType.Bigint | NpgsqlDbType.Array,
        SqlType.Texts => NpgsqlDbType.Text | NpgsqlDbType.Array,
        _ => NpgsqlDbType.Bytea,
    };
}
