using System.Text;
using System.Text.Json;

namespace Slipway.Kernel;

internal sealed class SqliteDialect : ISqlDialect
{
    public string Name => "SQLite";

    public string Schema(string script) => SchemaWords.IndexOf().Replace(
        SchemaWords.JsonField().Replace(SchemaWords.Bytes().Replace(script, "BLOB"), "json_extract($1, '$$.$2')"), "instr(");

    public Sql TextList(IReadOnlyCollection<string> values) => $"json_each({JsonSerializer.Serialize(values)}) AS list";

    public Sql IntegerList(IReadOnlyCollection<long> values) => $"json_each({JsonSerializer.Serialize(values)}) AS list";

    // LIKE of SQLite ignores case; GLOB does not, with other wildcards.
    public Sql Like(Sql column, string pattern) => $"{column} GLOB {ToGlob(pattern)}";

    public Sql LikeIgnoreCase(Sql column, string pattern) => $"{column} LIKE {pattern}";

    public Sql TextColumns() =>
        $"SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND UPPER(c.type) = 'TEXT' ORDER BY t.name, c.name";

    public Sql HoldRows(bool alone) => Sql.Empty;

    public Sql Utf8Bytes(Sql column) => $"LENGTH(CAST({column} AS BLOB))";

    private static string ToGlob(string pattern)
    {
        var glob = new StringBuilder(pattern.Length + 8);
        foreach (var c in pattern)
        {
            _ = c switch
            {
                '%' => glob.Append('*'),
                '_' => glob.Append('?'),
                '*' or '?' or '[' => glob.Append('[').Append(c).Append(']'),
                _ => glob.Append(c),
            };
        }

        return glob.ToString();
    }
}
