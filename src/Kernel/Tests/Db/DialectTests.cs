namespace Slipway.Kernel.Tests;

/// <summary>What truly differs between the databases gives the same answer on both.</summary>
public sealed class DialectTests
{
    private static readonly string[] Names = ["alpha", "Alpha", "beta_1", "betaX1", "100%", "100 ", "a*b", "a[b", "back\\slash", "ünï", "Z", "_"];

    [Theory, EachDatabase]
    public async Task A_list_of_texts_selects_those_rows(string database)
    {
        await using var test = await Rows(database);

        Assert.Equal(["Alpha", "a[b", "back\\slash"], await Select(test, tx => $"name IN (SELECT value FROM {tx.Dialect.TextList(["Alpha", "back\\slash", "a[b", "absent", "' OR 1=1"])})"));
        Assert.Empty(await Select(test, tx => $"name IN (SELECT value FROM {tx.Dialect.TextList([])})"));
    }

    [Theory, EachDatabase]
    public async Task A_list_of_integers_selects_those_rows(string database)
    {
        await using var test = await Rows(database);

        Assert.Equal(["100%", "alpha"], await Select(test, tx => $"id IN (SELECT value FROM {tx.Dialect.IntegerList([0, 4, 99, long.MaxValue])})"));
        Assert.Empty(await Select(test, tx => $"id IN (SELECT value FROM {tx.Dialect.IntegerList([])})"));
    }

    [Theory, EachDatabase]
    public async Task Like_minds_case_and_knows_two_wildcards_only(string database)
    {
        await using var test = await Rows(database);
        foreach (var (pattern, expected) in new (string, string[])[]
        {
            ("alpha", ["alpha"]), ("Al%", ["Alpha"]), ("beta_1", ["betaX1", "beta_1"]), ("100%", ["100 ", "100%"]), ("a*b", ["a*b"]), ("a[%", ["a[b"]),
            ("back\\%", ["back\\slash"]), ("%n_", ["ünï"]), ("_", ["Z", "_"]), ("", []),
        })
        {
            Assert.Equal(expected, await Select(test, tx => tx.Dialect.Like($"name", pattern)));
        }
    }

    [Theory, EachDatabase]
    public async Task Like_can_ignore_the_case_of_ASCII_letters(string database)
    {
        await using var test = await Rows(database);

        Assert.Equal(["Alpha", "alpha"], await Select(test, tx => tx.Dialect.LikeIgnoreCase($"name", "ALPHA")));
        Assert.Equal(["back\\slash"], await Select(test, tx => tx.Dialect.LikeIgnoreCase($"name", "BACK\\s%")));
    }

    [Theory, EachDatabase]
    public async Task Bytes_of_a_text_are_those_of_its_UTF8(string database)
    {
        await using var test = await Rows(database);

        foreach (var bytes in Names.Select(System.Text.Encoding.UTF8.GetByteCount).Distinct())
        {
            var expected = Names.Where(name => System.Text.Encoding.UTF8.GetByteCount(name) == bytes).Order(StringComparer.Ordinal);
            Assert.Equal(expected, await Select(test, tx => $"{tx.Dialect.Utf8Bytes($"name")} = {(long)bytes}"));
        }
    }

    [Theory, EachDatabase]
    public async Task Texts_are_ordered_by_code_point(string database)
    {
        await using var test = await Rows(database);

        Assert.Equal(Names.Order(StringComparer.Ordinal), await Select(test, _ => $"1 = 1"));
    }

    [Theory, EachDatabase]
    public async Task A_schema_file_reads_fields_out_of_json_and_finds_parts_of_texts(string database)
    {
        await using var test = await Rows(database);

        var found = await test.Db.Write(
            tx =>
            {
                tx.Session.Script(tx.Dialect.Schema("""
                    CREATE TABLE test_fields (id BIGINT NOT NULL PRIMARY KEY, json TEXT NOT NULL, field TEXT, place BIGINT);
                    INSERT INTO test_fields (id, json) VALUES (1, '{"a":"x \u00fc/y"}'), (2, '{"b":"x"}');
                    UPDATE test_fields SET field = JSON_FIELD(json, 'a'), place = INDEX_OF(JSON_FIELD(json, 'a'), '/y');
                    """));
                return tx.Query($"SELECT field, place FROM test_fields ORDER BY id LIMIT 10", row => (row.IsDBNull(0) ? null : row.GetString(0), row.IsDBNull(1) ? 0 : row.GetInt64(1)));
            },
            default);

        Assert.Equal([("x ü/y", 4), (null, 0)], found);
    }

    private static async Task<TestDb> Rows(string database)
    {
        var test = await TestDb.Open(database);
        await test.Db.Write(
            tx =>
            {
                tx.Session.Script(tx.Dialect.Schema("CREATE TABLE test_names (id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)"));
                for (var i = 0; i < Names.Length; i++) { tx.Execute($"INSERT INTO test_names (id, name) VALUES ({i}, {Names[i]})"); }
            },
            default);
        return test;
    }

    private static Task<List<string>> Select(TestDb test, Func<ReadTx, Sql> filter) => test.Db.Read(
        tx => tx.Query($"SELECT name FROM test_names WHERE {filter(tx)} ORDER BY name LIMIT 100", row => row.GetString(0)), default);
}
