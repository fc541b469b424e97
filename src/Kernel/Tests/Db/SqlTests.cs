namespace Slipway.Kernel.Tests;

public sealed class SqlTests
{
    [Fact]
    public void A_hole_is_a_parameter_and_never_text()
    {
        var name = "x'; DROP TABLE runs; --";

        Sql sql = $"SELECT 1 FROM runs WHERE name = {name} AND value > {3}";

        Assert.Equal("SELECT 1 FROM runs WHERE name = $1 AND value > $2", sql.NumberedText());
        Assert.Equal([name, 3L], sql.Parameters.ToArray().Select(parameter => parameter.Value));
    }

    [Fact]
    public void A_fragment_brings_its_holes_in_order()
    {
        Sql inner = $"b = {2} OR c = {3}";
        Sql filter = $" AND ({inner})";

        Sql sql = $"SELECT 1 WHERE a = {1}{filter}{Sql.Empty} LIMIT {4}";

        Assert.Equal("SELECT 1 WHERE a = $1 AND (b = $2 OR c = $3) LIMIT $4", sql.NumberedText());
        Assert.Equal([1L, 2L, 3L, 4L], sql.Parameters.ToArray().Select(parameter => parameter.Value));
    }

    [Fact]
    public void A_long_statement_with_many_holes_keeps_them_all()
    {
        var sql = new Sql(0, 0);
        sql.AppendLiteral("SELECT ");
        for (var i = 0; i < 500; i++)
        {
            sql.AppendFormatted(i);
            sql.AppendLiteral(" , ");
        }

        Assert.Equal(500, sql.Parameters.Length);
        Assert.EndsWith("$500 , ", sql.NumberedText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_with_NUL_is_refused_at_the_door() => Assert.Throws<TextWithNulException>(() => { Sql sql = $"SELECT {"a\0b"}"; });

    [Theory, EachDatabase]
    public async Task Every_type_comes_back_as_it_went_in(string database)
    {
        await using var test = await TestDb.Open(database);
        await test.Db.Write(
            tx => tx.Session.Script(tx.Dialect.Schema("CREATE TABLE test_types (id BIGINT NOT NULL PRIMARY KEY, t TEXT, i BIGINT, d DOUBLE PRECISION, b BYTES)")), default);
        var text = "Grüße 日本 \U0001F6A2 'quoted' \"x\" \\ %_\u0001".Replace("\u0001", "", StringComparison.Ordinal);

        await test.Db.Write(
            tx =>
            {
                tx.Execute($"INSERT INTO test_types (id, t, i, d, b) VALUES ({1}, {text}, {long.MinValue}, {0.1}, {new byte[] { 0, 1, 255 }})");
                tx.Execute($"INSERT INTO test_types (id, t, i, d, b) VALUES ({2}, {(string?)null}, {(long?)null}, {(double?)null}, {(byte[]?)null})");
                tx.Execute($"INSERT INTO test_types (id, t, i, d, b) VALUES ({3}, {""}, {true}, {double.MaxValue}, {Array.Empty<byte>()})");
            },
            default);

        var rows = await test.Db.Read(
            tx => tx.Query(
                $"SELECT t, i, d, b FROM test_types ORDER BY id LIMIT 10",
                row => (T: row.IsDBNull(0) ? null : row.GetString(0), I: row.IsDBNull(1) ? (long?)null : row.GetInt64(1), D: row.IsDBNull(2) ? (double?)null : row.GetDouble(2), B: row.IsDBNull(3) ? null : (byte[])row[3])),
            default);
        Assert.Equal((text, long.MinValue, 0.1), (rows[0].T, rows[0].I, rows[0].D));
        Assert.Equal([0, 1, 255], rows[0].B!);
        Assert.Equal(((string?)null, (long?)null, (double?)null, (byte[]?)null), rows[1]);
        Assert.Equal(("", 1L, double.MaxValue), (rows[2].T, rows[2].I, rows[2].D));
        Assert.Empty(rows[2].B!);
    }
}
