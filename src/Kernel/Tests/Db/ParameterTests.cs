namespace Slipway.Kernel.Tests;

public sealed class ParameterTests
{
    [Theory, EachDatabase]
    public async Task Every_type_comes_back_as_it_was_written(string database)
    {
        await using var test = await TestDb.Open(database);
        string?[] texts = ["", "a", "'; DROP TABLE x; --", "žluťoučký 🐎 \u200b", new string('x', 1025), new string('ž', 100_000), null];
        byte[]?[] blobs = [[], [0], [0, 255, 0], new byte[100_000], null];
        (long? Integer, double? Number)[] numbers = [(0, 0), (long.MinValue, double.MinValue), (long.MaxValue, double.Epsilon), (-1, double.PositiveInfinity), (null, null)];
        await test.Db.Write(
            tx =>
            {
                tx.Execute(tx.Dialect.Name == "SQLite"
                    ? (Sql)$"CREATE TABLE kinds (id BIGINT PRIMARY KEY, t TEXT, b BLOB, i BIGINT, d DOUBLE PRECISION)"
                    : $"CREATE TABLE kinds (id BIGINT PRIMARY KEY, t TEXT, b BYTEA, i BIGINT, d DOUBLE PRECISION)");
                for (var id = 0; id < texts.Length; id++)
                {
                    var (blob, number) = (blobs[id % blobs.Length], numbers[id % numbers.Length]);
                    Assert.Equal(1, tx.Execute($"INSERT INTO kinds (id, t, b, i, d) VALUES ({id}, {texts[id]}, {blob}, {number.Integer}, {number.Number})"));
                }
            },
            CancellationToken.None);

        var rows = await test.Db.Read(tx => tx.Query($"SELECT t, b, i, d FROM kinds ORDER BY id", row => (
            row.IsDBNull(0) ? null : row.GetString(0), row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1), row.IsDBNull(2) ? (long?)null : row.GetInt64(2), row.IsDBNull(3) ? (double?)null : row.GetDouble(3))), CancellationToken.None);

        Assert.Equal(texts, rows.Select(row => row.Item1));
        for (var id = 0; id < rows.Count; id++)
        {
            Assert.Equal(blobs[id % blobs.Length], rows[id].Item2);
            Assert.Equal(numbers[id % numbers.Length], (rows[id].Item3, rows[id].Item4));
        }
    }

    [Theory, EachDatabase]
    public async Task A_failed_statement_fails_its_write_alone(string database)
    {
        await using var test = await TestDb.Open(database);
        await test.Db.Write(tx => tx.Execute($"CREATE TABLE one (id BIGINT PRIMARY KEY)"), CancellationToken.None);
        await test.Db.Write(tx => tx.Execute($"INSERT INTO one (id) VALUES (1)"), CancellationToken.None);

        var doubled = test.Db.Write(tx => tx.Execute($"INSERT INTO one (id) VALUES (2), (1)"), CancellationToken.None);
        var fine = test.Db.Write(tx => tx.Execute($"INSERT INTO one (id) VALUES (3)"), CancellationToken.None);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => doubled);
        Assert.Equal(1, await fine);
        Assert.Equal([1, 3], await test.Db.Read(tx => tx.Query($"SELECT id FROM one ORDER BY id", row => row.GetInt64(0)), CancellationToken.None));
    }
}
