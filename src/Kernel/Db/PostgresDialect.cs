namespace Slipway.Kernel;

internal sealed class PostgresDialect : ISqlDialect
{
    public string Name => "PostgreSQL";

    // Byte order, as SQLite compares: paging by a text key must not depend on the server's locale.
    public string Schema(string script)
    {
        var types = SchemaWords.Text().Replace(SchemaWords.Bytes().Replace(script, "BYTEA"), "TEXT COLLATE \"C\"");
        return SchemaWords.IndexOf().Replace(SchemaWords.JsonField().Replace(types, "((CAST($1 AS json) ->> '$2') COLLATE \"C\")"), "strpos(");
    }

    // One value is told apart, since of an array the planner expects ten, and with ten it reads a table that was small when it first saw the statement from end to end.
    public Sql TextList(IReadOnlyCollection<string> values) => values.Count == 1
        ? (Sql)$"(SELECT {values.First()} COLLATE \"C\" AS value) AS list"
        : $"(SELECT value COLLATE \"C\" AS value FROM unnest({values.ToArray()}) AS value) AS list";

    public Sql IntegerList(IReadOnlyCollection<long> values) => values.Count == 1
        ? (Sql)$"(SELECT {values.First()} AS value) AS list"
        : $"unnest({values.ToArray()}) AS list(value)";

    public Sql Like(Sql column, string pattern) => $"{column} LIKE {Literal(pattern)}";

    public Sql LikeIgnoreCase(Sql column, string pattern) => $"{column} ILIKE {Literal(pattern)}";

    public Sql TextColumns() =>
        $"SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema() AND data_type = 'text' ORDER BY table_name, column_name";

    public Sql HoldRows(bool alone) => alone ? (Sql)$"FOR UPDATE" : $"FOR SHARE";

    public Sql Utf8Bytes(Sql column) => $"OCTET_LENGTH({column})";

    // A backslash escapes in PostgreSQL's LIKE and stands for itself in SQLite's.
    private static string Literal(string pattern) => pattern.Replace("\\", "\\\\", StringComparison.Ordinal);
}
