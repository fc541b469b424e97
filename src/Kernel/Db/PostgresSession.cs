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
    private bool _sent;

    public override ISqlDialect Dialect { get; } = new PostgresDialect();

    private NpgsqlBatch Batch => _batch ?? throw new InvalidOperationException("No transaction is open.");

    /// <summary>Keeps what the work did when it says so; takes it back when it does not, or throws.</summary>
    public bool Transact(Isolation isolation, Func<bool> work)
    {
        Begin(isolation);
        try
        {
            if (work())
            {
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
        if (_connection is not { State: System.Data.ConnectionState.Open }) { Reopen(); }

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
        (_batch, _connection) = (null, null);
    }

    // A connection that cannot take it back is given up, which does the same.
    private void Rollback()
    {
        try
        {
            _sent = true;
            Execute($"ROLLBACK");
        }
        catch (NpgsqlException) { Dispose(); }
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
            commands.Clear();
            _sent = false;
        }

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
        return Batch.ExecuteReader();
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
