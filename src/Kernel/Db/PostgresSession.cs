using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Slipway.Kernel;

/// <summary>One PostgreSQL connection, opened again when it broke; Npgsql prepares statements by text on its own.</summary>
internal sealed class PostgresSession(NpgsqlDataSource source, bool writer) : DbSession
{
    private NpgsqlConnection? _connection;

    public override ISqlDialect Dialect { get; } = new PostgresDialect();

    public NpgsqlConnection Connection => _connection is { State: System.Data.ConnectionState.Open } open ? open : Reopen();

    public override DbDataReader Query(Sql sql)
    {
        using var command = Command(sql);
        return command.ExecuteReader();
    }

    public override int Execute(Sql sql)
    {
        using var command = Command(sql);
        return command.ExecuteNonQuery();
    }

    public override void Script(string text)
    {
        using var command = new NpgsqlCommand(text, Connection);
        command.ExecuteNonQuery();
    }

    public override void Dispose() => _connection?.Dispose();

    private NpgsqlConnection Reopen()
    {
        _connection?.Dispose();
        _connection = source.OpenConnection();

        // A reader could otherwise write by a query such as INSERT … RETURNING.
        if (!writer) { Script("SET default_transaction_read_only = on"); }

        return _connection;
    }

    private NpgsqlCommand Command(Sql sql)
    {
        var command = new NpgsqlCommand(sql.NumberedText(), Connection);
        foreach (var parameter in sql.Parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = TypeOf(parameter.Type), Value = parameter.Value ?? DBNull.Value });
        }

        sql.Recycle();
        return command;
    }

    private static NpgsqlDbType TypeOf(SqlType type) => type switch
    {
        SqlType.Text => NpgsqlDbType.Text,
        SqlType.Integer => NpgsqlDbType.Bigint,
        SqlType.Double => NpgsqlDbType.Double,
        _ => NpgsqlDbType.Bytea,
    };
}
