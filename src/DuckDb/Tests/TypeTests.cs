namespace Slipway.DuckDb.Tests;

/// <summary>Every type out of DuckDB, into it as a parameter, and through a table by the appender.</summary>
public sealed class TypeTests
{
    public static TheoryData<string, object?, string> Literals() => new()
    {
        { "true", true, "BOOLEAN" },
        { "(-128)::TINYINT", sbyte.MinValue, "TINYINT" },
        { "(-32768)::SMALLINT", short.MinValue, "SMALLINT" },
        { "(-2147483648)::INTEGER", int.MinValue, "INTEGER" },
        { "(-9223372036854775808)::BIGINT", long.MinValue, "BIGINT" },
        { "255::UTINYINT", byte.MaxValue, "UTINYINT" },
        { "65535::USMALLINT", ushort.MaxValue, "USMALLINT" },
        { "4294967295::UINTEGER", uint.MaxValue, "UINTEGER" },
        { "18446744073709551615::UBIGINT", ulong.MaxValue, "UBIGINT" },
        { "(-170141183460469231731687303715884105728)::HUGEINT", Int128.MinValue, "HUGEINT" },
        { "340282366920938463463374607431768211455::UHUGEINT", UInt128.MaxValue, "UHUGEINT" },
        { "1.5::FLOAT", 1.5f, "FLOAT" },
        { "'NaN'::DOUBLE", double.NaN, "DOUBLE" },
        { "'-inf'::DOUBLE", double.NegativeInfinity, "DOUBLE" },
        { "(-1.25)::DECIMAL(4,2)", -1.25m, "DECIMAL(4,2)" },
        { "1234.567::DECIMAL(9,3)", 1234.567m, "DECIMAL(9,3)" },
        { "(-123456789012.5)::DECIMAL(18,1)", -123456789012.5m, "DECIMAL(18,1)" },
        { "7922816251426433759354395033.5::DECIMAL(38,1)", 7922816251426433759354395033.5m, "DECIMAL(38,1)" },
        { "2::DECIMAL(38,30)", 2m, "DECIMAL(38,30)" },
        { "'grüße, twelve+'", "grüße, twelve+", "VARCHAR" },
        { "''", "", "VARCHAR" },
        { "'a' || chr(0) || 'b'", "a\0b", "VARCHAR" },
        { "'no'::ENUM('yes', 'no')", "no", "VARCHAR" },
        { "'\\x00\\xFF'::BLOB", new byte[] { 0, 255 }, "BLOB" },
        { "DATE '1969-12-31'", new DateOnly(1969, 12, 31), "DATE" },
        { "DATE '0001-01-01'", DateOnly.MinValue, "DATE" },
        { "TIME '23:59:59.999999'", new TimeOnly(23, 59, 59, 999, 999), "TIME" },
        { "TIMESTAMP '1969-12-31 23:59:59.999999'", new DateTime(1969, 12, 31, 23, 59, 59, 999, 999), "TIMESTAMP" },
        { "TIMESTAMPTZ '2026-03-01 02:00:00+02'", new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), "TIMESTAMP WITH TIME ZONE" },
        { "TIMESTAMP_S '2026-03-01 01:02:03'", new DateTime(2026, 3, 1, 1, 2, 3), "TIMESTAMP_S" },
        { "TIMESTAMP_MS '2026-03-01 01:02:03.004'", new DateTime(2026, 3, 1, 1, 2, 3, 4), "TIMESTAMP_MS" },
        { "TIMESTAMP_NS '1969-12-31 23:59:59.999999999'", new DateTime(1969, 12, 31, 23, 59, 59, 999, 999).AddTicks(9), "TIMESTAMP_NS" },
        { "UUID '0f8fad5b-d9cb-469f-a165-70867728950e'", Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), "UUID" },
        { "[1, 2, 3]", new[] { 1, 2, 3 }, "INTEGER[]" },
        { "['a', NULL]", new string?[] { "a", null }, "VARCHAR[]" },
        { "[1, NULL]", new int?[] { 1, null }, "INTEGER[]" },
        { "[]::DOUBLE[]", Array.Empty<double>(), "DOUBLE[]" },
        { "[0.5, 1.5]::DOUBLE[2]", new[] { 0.5, 1.5 }, "DOUBLE[]" },
        { "[[1], [], [2, 3]]", new Array[] { new[] { 1 }, Array.Empty<int>(), new[] { 2, 3 } }, "INTEGER[][]" },
        { "NULL", null, "INTEGER" },
        { "NULL::VARCHAR", null, "VARCHAR" },
        { "NULL::INTEGER[]", null, "INTEGER[]" },
    };

    public static TheoryData<object, string> Values() => new()
    {
        { true, "BOOLEAN" }, { sbyte.MinValue, "TINYINT" }, { short.MinValue, "SMALLINT" }, { int.MinValue, "INTEGER" }, { long.MinValue, "BIGINT" },
        { byte.MaxValue, "UTINYINT" }, { ushort.MaxValue, "USMALLINT" }, { uint.MaxValue, "UINTEGER" }, { ulong.MaxValue, "UBIGINT" },
        { Int128.MinValue, "HUGEINT" }, { UInt128.MaxValue, "UHUGEINT" }, { 1.5f, "FLOAT" }, { double.NegativeInfinity, "DOUBLE" }, { double.NaN, "DOUBLE" },
        { -123.4500m, "DECIMAL(38,4)" }, { decimal.MaxValue, "DECIMAL(38,0)" }, { "grüße, more than twelve", "VARCHAR" }, { "", "VARCHAR" }, { "a\0b", "VARCHAR" },
        { new byte[] { 0, 1, 255 }, "BLOB" }, { Array.Empty<byte>(), "BLOB" }, { new DateOnly(1969, 12, 31), "DATE" }, { new TimeOnly(1, 2, 3, 4, 5), "TIME" },
        { new DateTime(1969, 12, 31, 23, 59, 59, 999, 999), "TIMESTAMP" }, { Guid.Parse("ff8fad5b-d9cb-469f-a165-70867728950e"), "UUID" },
        { new[] { 1.5, 2.5 }, "DOUBLE[]" }, { new string?[] { "a", null, "" }, "VARCHAR[]" }, { new decimal[] { 1m, 0.25m }, "DECIMAL(38,2)[]" },
        { new[] { new[] { 1L }, new[] { 2L, 3L } }, "BIGINT[][]" },
    };

    [Theory, MemberData(nameof(Literals))]
    public async Task A_value_of_SQL_arrives_as_its_type_of_NET(string sql, object? expected, string type)
    {
        await using var duck = await Scratch.Start();

        await foreach (var chunk in duck.Session.Query($"SELECT {sql} AS value", [], CancellationToken.None))
        {
            Assert.Equal(type, chunk.Columns[0].Type.ToString());
            Assert.Equal(expected, chunk.Columns[0].Value(0));
            Assert.Equal(expected is null, chunk.Columns[0].IsNull(0));
            if (expected is DateTime time) { Assert.Equal(time.Kind, ((DateTime)chunk.Columns[0].Value(0)!).Kind); }
        }
    }

    [Theory, MemberData(nameof(Values))]
    public async Task A_parameter_comes_back_unchanged(object value, string type)
    {
        await using var duck = await Scratch.Start();

        var row = (await duck.Rows("SELECT ?, typeof(?)", value, value))[0];

        Assert.Equal(value, row[0]);
        Assert.Equal(type, row[1]);
    }

    [Theory, MemberData(nameof(Values))]
    public async Task An_appended_column_comes_back_unchanged_with_its_nulls(object value, string type)
    {
        await using var duck = await Scratch.Start();
        await duck.Do($"CREATE TABLE t (i BIGINT, v {type})");
        var column = Enumerable.Range(0, 5_000).Select(row => row % 3 == 1 ? null : value).ToArray();

        Assert.Equal(5_000, await duck.Session.Append("t", [Enumerable.Range(0, 5_000).Select(row => (long)row).ToArray(), column], CancellationToken.None));

        Assert.Equal(column, (await duck.Rows("SELECT v FROM t ORDER BY i")).Select(row => row[0]));
    }

    [Fact]
    public async Task A_moment_with_an_offset_is_kept_as_that_moment()
    {
        await using var duck = await Scratch.Start();

        var value = await duck.One("SELECT ?", new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.FromHours(2)));

        Assert.Equal(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), value);
    }

    [Fact]
    public async Task Every_number_can_be_read_as_a_double_and_null_is_NaN()
    {
        await using var duck = await Scratch.Start();
        const string sql = "SELECT true, 1::TINYINT, 2::USMALLINT, 3::HUGEINT, 4::UBIGINT, 5.25::DECIMAL(10,2), 6.5::FLOAT, NULL::DOUBLE";

        await foreach (var chunk in duck.Session.Query(sql, [], CancellationToken.None))
        {
            Assert.Equal([1, 1, 2, 3, 4, 5.25, 6.5, double.NaN], chunk.Columns.Select(column => column.Doubles()[0]));
        }
    }

    [Theory]
    [InlineData("INTERVAL '1 day'", "INTERVAL")]
    [InlineData("{'a': 1}", "STRUCT")]
    [InlineData("MAP {'a': 1}", "MAP")]
    public async Task A_type_that_is_not_carried_says_so_and_what_to_do(string sql, string type)
    {
        await using var duck = await Scratch.Start();

        var fault = await duck.Fails($"SELECT {sql} AS odd");

        Assert.Equal((DuckDbErrorKind.Value, $"column odd has the type {type}, which a result cannot carry; cast it to VARCHAR"), (fault.Kind, fault.Message));
        Assert.NotNull(await duck.One($"SELECT ({sql})::VARCHAR"));
    }

    [Theory]
    [InlineData("DATE 'infinity'")]
    [InlineData("DATE '10000-01-01'")]
    [InlineData("TIMESTAMP '0044-03-15 (BC) 12:00:00'")]
    [InlineData("79228162514264337593543950336::DECIMAL(38,0)")]
    public async Task A_value_that_NET_cannot_hold_is_refused_by_column(string sql)
    {
        await using var duck = await Scratch.Start();

        var fault = await duck.Fails($"SELECT {sql} AS odd");

        Assert.Equal(DuckDbErrorKind.Value, fault.Kind);
        Assert.Contains("column odd", fault.Message, StringComparison.Ordinal);
    }
}
