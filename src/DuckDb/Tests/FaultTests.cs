namespace Slipway.DuckDb.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData("SELEKT 1", "Parser Error")]
    [InlineData("SELECT * FROM nowhere", "Catalog Error")]
    [InlineData("SELECT nothing", "Binder Error")]
    [InlineData("SELECT 1; SELECT 2", "multiple statements")]
    [InlineData("", "")]
    [InlineData("SELECT 1 \0 FROM", "NUL")]
    [InlineData("SELECT $1 + [1]", "")]
    public async Task A_wrong_statement_says_what_DuckDB_says_and_the_session_goes_on(string sql, string message)
    {
        await using var duck = await Scratch.Start();

        var fault = await duck.Fails(sql);

        Assert.Equal(DuckDbErrorKind.Statement, fault.Kind);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, await duck.One("SELECT 1"));
    }

    [Theory]
    [InlineData("SELECT 'x'::INTEGER", "Could not convert string 'x'")]
    [InlineData("SELECT 300::TINYINT", "out of range")]
    [InlineData("SELECT error('from the query')", "from the query")]
    public async Task A_wrong_value_says_what_DuckDB_says(string sql, string message)
    {
        await using var duck = await Scratch.Start();

        var fault = await duck.Fails(sql);

        Assert.Equal(DuckDbErrorKind.Value, fault.Kind);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, await duck.One("SELECT 1"));
    }

    [Fact]
    public async Task A_fault_in_the_middle_of_the_rows_comes_after_the_rows_before_it()
    {
        await using var duck = await Scratch.Start();
        var rows = 0;

        var fault = await Assert.ThrowsAsync<DuckDbException>(async () =>
        {
            await foreach (var chunk in duck.Session.Query("SELECT CASE WHEN i = 4000000 THEN error('at four million') ELSE i END FROM range(5000000) t(i)", [], CancellationToken.None)) { rows += chunk.Rows; }
        });

        Assert.Contains("at four million", fault.Message, StringComparison.Ordinal);
        Assert.InRange(rows, 1, 4_000_000);
        Assert.Equal(1, await duck.One("SELECT 1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_wrong_number_of_parameters_is_refused(int count)
    {
        await using var duck = await Scratch.Start();

        var fault = await duck.Fails("SELECT ? + ?", [.. Enumerable.Repeat<object?>(1, count)]);

        Assert.Equal(DuckDbErrorKind.Statement, fault.Kind);
        Assert.Contains($"has 2 parameters and {count} values were given", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_of_a_wrong_type_is_refused_by_what_DuckDB_says()
    {
        await using var duck = await Scratch.Start();
        await duck.Do("CREATE TABLE t (a INTEGER, day DATE)");

        Assert.Equal(DuckDbErrorKind.Value, (await duck.Fails("INSERT INTO t VALUES (?, NULL)", "one")).Kind);
        Assert.Contains("Conversion Error", (await duck.Fails("INSERT INTO t VALUES (1, ?)", "yesterday")).Message, StringComparison.Ordinal);
        Assert.Contains("Uri cannot be given", (await duck.Fails("SELECT ?", new Uri("http://localhost"))).Message, StringComparison.Ordinal);
        Assert.Equal(0L, await duck.One("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task What_is_appended_must_fit_the_table()
    {
        await using var duck = await Scratch.Start();
        await duck.Do("CREATE TABLE t (a INTEGER NOT NULL, b VARCHAR)");
        Task<DuckDbException> Fails(params Array[] columns) => Assert.ThrowsAsync<DuckDbException>(() => duck.Session.Append("t", columns, CancellationToken.None));

        Assert.Contains("has 2 columns and 1 were given", (await Fails(new[] { 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("expected INTEGER", (await Fails(new[] { "one" }, new[] { "x" })).Message, StringComparison.Ordinal);
        Assert.Contains("NOT NULL constraint", (await Fails(new int?[] { null }, new[] { "x" })).Message, StringComparison.Ordinal);
        Assert.Contains("stands among values of", (await Fails(Enumerable.Repeat<object>(1, 3000).Append("x").ToArray(), new string?[3001])).Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", (await Assert.ThrowsAsync<DuckDbException>(() => duck.Session.Append("nowhere", [new[] { 1 }], CancellationToken.None))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => duck.Session.Append("t", [new[] { 1 }, new[] { "a", "b" }], CancellationToken.None));
        Assert.Equal(1, await duck.Session.Append("t", [new[] { 7L }, new[] { "fits" }], CancellationToken.None));
        Assert.Equal("fits", await duck.One("SELECT b FROM t WHERE a = 7"));
    }

    [Theory]
    [InlineData("read_parquet", "PAR1 is how it begins, and nothing else of it is Parquet PAR1")]
    [InlineData("read_parquet", "")]
    [InlineData("read_csv", "a,b\n1,2\nx,3\n")]
    [InlineData("read_json", "[{\"a\": 1}, {\"a\": ")]
    public async Task A_damaged_file_is_a_fault_of_that_file(string reader, string content)
    {
        await using var duck = await Scratch.Start();
        await File.WriteAllTextAsync(Path.Combine(duck.Folder, "data"), content);

        var columns = reader == "read_csv" ? ", columns = {'a': 'INTEGER', 'b': 'INTEGER'}" : "";
        var fault = await duck.Fails($"SELECT * FROM {reader}('data'{columns})");

        Assert.Contains("data", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, await duck.One("SELECT 1"));
    }

    [Fact]
    public async Task A_Parquet_file_with_any_byte_changed_never_ends_the_session()
    {
        await using var duck = await Scratch.Start();
        var path = Path.Combine(duck.Folder, "t.parquet");
        await duck.Do("COPY (SELECT i, 'name ' || i AS name, i * 1.5 AS x FROM range(300) t(i)) TO 't.parquet'");
        var bytes = await File.ReadAllBytesAsync(path);
        var random = new Random(17);

        for (var attempt = 0; attempt < 60; attempt++)
        {
            var damaged = bytes.ToArray();
            // Every second time in the footer, which says where everything is.
            var at = attempt % 2 == 0 ? random.Next(damaged.Length) : damaged.Length - 1 - random.Next(Math.Min(400, damaged.Length));
            damaged[at] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, damaged);
            await Ignore(() => duck.Rows("SELECT count(*), min(name), sum(x) FROM read_parquet('t.parquet')"));
        }

        Assert.Equal(1, await duck.One("SELECT 1"));
    }

    private static async Task Ignore(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (DuckDbException fault)
        {
            Assert.NotEqual(DuckDbErrorKind.Crashed, fault.Kind);
        }
    }
}
