using System.Text;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Tests.Ingest;

/// <summary>Files that are damaged or made to do harm: each is refused with the reason, and nothing changes.</summary>
public sealed class HostileFileTests
{
    private static readonly (string Format, string File, string Reason)[] Unreadable =
    [
        ("csv", "", "first line is empty"), ("csv", "\n1\n", "first line is empty"), ("csv", "a,a\n1,2\n", "'a' 2 times"), ("csv", "a,A\n1,2\n", "2 times"), ("csv", "a,\n1,2\n", "column 2 is empty"),
        ("csv", "a,b\n1,2,3\n", "cannot be read"), ("csv", "a,b\n1,2\n3\n", "cannot be read"), ("csv", "\"a\n1\n", "quote that is not closed"), ("csv", "a\n\"1\n2\n", "cannot be read"),
        ("csv", "a\n\"1\"x\n", "cannot be read"), ("csv", "a\u202e,b\n1,2\n", "cannot be seen"), ("csv", "a\0\n1\n", "cannot be seen"), ("csv", new string('a', 251) + "\n1\n", "251 characters"),
        ("csv", new string('a', (1 << 20) + 1), "no end of a line"), ("json", "", "is empty"), ("json", "[1,2]", "cannot be read"), ("json", "{\"a\":", "cannot be read"), ("json", "hello", "cannot be read"),
        ("json", "{\"a\":{\"b\":1}}", "Flatten it"), ("json", "[{\"a\":[1,2]}]", "Flatten it"), ("json", "[{\"a\":1},{\"a\":\"x\"},{\"a\":{\"b\":1}}]", "table here holds"),
        ("json", "[{\"a\":" + new string('[', 5_000) + new string(']', 5_000) + "}]", ""), ("parquet", "", "is empty"), ("parquet", "PAR1 nonsense PAR1", "cannot be read"),
        ("parquet", "PAR1\u0001\u0001\u0001\u0001\u007f\u007f\u007f\u007fPAR1", "cannot be read"), ("parquet", "a,b\n1,2\n", "cannot be read"),
    ];

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_with_the_reason()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        var before = await house.State();
        foreach (var (format, file, reason) in Unreadable)
        {
            var (status, body) = await house.Post($"t/versions?format={format}", file);

            var shown = file.Length > 40 ? file[..40] : file;
            Assert.True(status == 422, $"{format} {shown}: {status} {body}");
            Assert.True(House.Json<ProblemView>(body).Detail.Contains(reason, StringComparison.Ordinal), $"{format} {shown}: {body}");
            Assert.DoesNotContain(house.Server.Folder, body, StringComparison.Ordinal);
        }

        Assert.Equal(before, await house.State());
    }

    [Fact]
    public async Task Text_that_is_no_UTF_8_is_refused()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);

        foreach (var file in (byte[][])[[0xff, (byte)'a', (byte)'\n', (byte)'1', (byte)'\n'], [(byte)'a', (byte)'\n', 0xff, 0xfe, (byte)'\n']])
        {
            Assert.Equal(422, (await house.Send(HttpMethod.Post, "t/versions?format=csv", new ByteArrayContent(file))).Status);
        }
    }

    [Fact]
    public async Task A_damaged_Parquet_file_never_takes_the_server_down()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        await house.Add("t", "a,b\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i},text {i % 7}\n")));
        using var content = await house.Server.Http.GetAsync("/api/v1/w/default/datasets/t/versions/1/content");
        var whole = await content.Content.ReadAsByteArrayAsync();
        var random = new Random(5);

        for (var round = 0; round < 24; round++)
        {
            var damaged = round % 4 == 0 ? whole[..random.Next(whole.Length)] : (byte[])whole.Clone();
            for (var flips = 0; round % 4 != 0 && flips < round; flips++) { damaged[random.Next(round % 2 == 0 ? 0 : damaged.Length * 3 / 4, damaged.Length)] ^= (byte)random.Next(1, 256); }

            var (status, body) = await house.Send(HttpMethod.Post, "d/versions?format=parquet", new ByteArrayContent(damaged));

            // A flip may hit text that is still text.
            Assert.True(status is 422 or 201 or 200, $"round {round}: {status} {body}");
        }

        Assert.Equal(200, (await house.Get("t/versions/1")).Status);
    }

    [Fact]
    public async Task What_looks_like_SQL_a_path_or_a_formula_is_text()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        const string Evil = "'; DROP TABLE v; --";
        await house.SetContract("t", House.Contract($"{{ name: \"{Evil}\", logicalType: string, quality: [ {{ metric: invalidValues, arguments: {{ validValues: [\"{Evil}\", \"=1+1\", \"/etc/passwd\"] }}, mustBe: 0 }} ] }}"));

        var version = await house.Add("t", $"\"{Evil}\"\n{Evil}\n=1+1\n/etc/passwd\n");

        var table = (await house.Port.Read(House.Caller, version.Digest, [Evil], default)).Value;
        Assert.Equal<IEnumerable<string?>>([Evil, "=1+1", "/etc/passwd"], table.Columns[0].ToTexts());
        Assert.Equal(3, (await house.Port.Split(House.Caller, version.Digest, new Ports.SplitRule(0.5, 1), default)).Value is var parts ? parts.First.Rows + parts.Second.Rows : 0);
    }

    [Fact]
    public async Task Lines_ends_marks_and_delimiters_of_other_systems_are_read()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);

        var plain = await house.Add("plain", "a,b\n1,x y\n2,\"z\"\n");
        foreach (var (name, file) in (IEnumerable<(string, string)>)[("crlf", "a,b\r\n1,x y\r\n2,\"z\"\r\n"), ("mark", "\ufeffa,b\n1,x y\n2,z"), ("semicolon", "a;b\n1;x y\n2;z\n"), ("tab", "a\tb\n1\tx y\n2\tz\n"), ("quoted", "\"a\",\"b\"\n\"1\",\"x y\"\n2,z\n")])
        {
            Assert.Equal((name, plain.Digest), (name, (await house.Add(name, file)).Digest));
        }

        Assert.Equal(0, (await house.Add("headed", "a,b\n")).Rows);
        Assert.Equal(2_000, (await house.Add("wide", string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"c{i}")) + "\n" + string.Join(',', Enumerable.Range(0, 2_000)) + "\n")).Columns);
    }
}
