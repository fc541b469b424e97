using System.Text;
using System.Text.Json.Nodes;
using Slipway.Kernel;
using Slipway.Serving.Mlflow;

namespace Slipway.Serving.Tests.Mlflow;

public sealed class InvocationTests
{
    [Fact]
    public async Task Every_format_gives_the_same_answer_as_the_inference_protocol()
    {
        await using var quay = await Quay.Serving(TestDatabase.Sqlite, 0.5);
        var (_, v2) = await quay.Infer();
        var (score, decision) = ((double)v2["outputs"]![0]!["data"]![0]!, (string)v2["outputs"]![1]!["data"]![0]!);
        (string Type, string Body)[] cases =
        [
            ("application/json", """{"dataframe_split":{"columns":["known","amount","days"],"index":[0],"data":[["no",40.5,45]]}}"""),
            ("application/json; charset=utf-8", """{"dataframe_split":{"data":[[40.5,45,"no"]]}}"""),
            ("application/json", """{"dataframe_records":[{"amount":40.5,"days":45,"known":"no","note":"an extra column"}],"other":1}"""),
            ("application/json", """{"instances":[{"amount":[40.5],"days":45,"known":"no"}]}"""),
            ("application/json", """{"instances":[[40.5,45,"no"]]}"""),
            ("application/json", """{"inputs":{"amount":[40.5],"days":[45],"known":["no"]},"params":{"unit_id":"u","units":{"amount":"kg"}}}"""),
            ("text/csv", "amount,days,\"known\"\r\n40.5,45,\"no\"\r\n"),
        ];

        foreach (var (type, text) in cases)
        {
            var (status, body) = await Invoke(quay, type, text);

            Assert.True(status == 200, $"{text}: {status} {body}");
            var record = JsonNode.Parse(body)!["predictions"]![0]!;
            Assert.Equal((score, decision), ((double)record["probability"]!, (string)record["decision"]!));
        }

        Assert.Equal("\n", await quay.Server.Http.GetStringAsync("/endpoints/late/ping"));
        Assert.Equal("\n", await quay.Server.Http.GetStringAsync("/w/default/endpoints/late/health"));
        Assert.NotEmpty(await quay.Server.Http.GetStringAsync("/endpoints/late/version"));
        Assert.Equal(404, (int)(await quay.Server.Http.GetAsync(new Uri("/endpoints/early/ping", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_the_form_of_mlflow()
    {
        await using var quay = await Quay.Serving(TestDatabase.Sqlite, 0.5);
        (string Type, string Body, int Status, string Said)[] cases =
        [
            ("application/json", "{}", 400, "The body has none of the formats. Send exactly one of dataframe_split, dataframe_records, instances, inputs"),
            ("application/json", """{"instances":[],"inputs":{}}""", 400, "The body has instances and inputs of the formats."),
            ("application/json", "[1]", 400, "The body is no JSON object."), ("application/json", "7", 400, "The body is no JSON object."), ("application/json", "{", 400, "no JSON that can be read"),
            ("application/json", """{"dataframe_split":{"columns":["amount"]}}""", 400, "'dataframe_split' must be an object with 'data'"),
            ("application/json", """{"dataframe_split":{"data":[],"rows":1}}""", 400, "'dataframe_split' has 'rows'"),
            ("application/json", """{"dataframe_records":{"amount":1}}""", 400, "'dataframe_records' is no list"),
            ("application/json", """{"instances":[{"amount":1,"days":2,"known":"no"},{"amount":1}]}""", 400, "Row 2 has no 'days'"),
            ("application/json", """{"instances":[{"amount":1,"days":2,"known":"no"},{"amount":1,"days":2,"amount":1}]}""", 400, "Row 2 has 'amount' twice."),
            ("application/json", """{"instances":[{"amount":1,"days":2,"known":"no"},{"amount":1,"days":2,"known":"no","more":1}]}""", 400, "Row 2 has columns that the first row does not have"),
            ("application/json", """{"inputs":{"amount":[1],"days":[45],"known":["no"]},"params":{"units":{"amount":"kg","amount":"kg","days":"d","known":"1"}}}""", 400, "maps inputs of the model to units, each once"),
            ("application/json", """{"inputs":{"amount":[1,2],"days":[1],"known":["no"]}}""", 400, "Column 'days' has another number of rows than 'amount', which has 2."),
            ("application/json", """{"dataframe_records":[{"amount":-1,"days":45,"known":"no"}]}""", 400, "Input 'amount' is -1 in row 1; it must be a number at least 0 and at most 1000 in 'kg'."),
            ("application/json", """{"dataframe_records":[{"amount":1,"days":45}]}""", 400, "Input 'known' is missing; it must be one of yes, no."),
            ("application/json", """{"dataframe_records":[{"amount":1,"days":45,"known":"no"}],"params":{"units":{"amount":"t"}}}""", 400, "'t' is not 'kg', the unit of the contract: 1 t is 1000 kg"),
            ("text/csv", "amount,days,known\n1,2\n", 400, "Row 1 has 2 cells; the header has 3."), ("text/csv", "amount,days,known\nmuch,2,no\n", 400, "Input 'amount' is the text 'much' in row 1; it must be a number."),
            ("application/json; charset=latin-1", "{}", 415, "only supports"), ("application/octet-stream", "x", 415, "only supports"),
        ];

        foreach (var (type, text, expected, said) in cases)
        {
            var (status, body) = await Invoke(quay, type, text);

            Assert.True(status == expected && Unescaped(body, status).Contains(said, StringComparison.Ordinal), $"{text}: {status} {body}");
            if (status == 400) { Assert.Equal("BAD_REQUEST", (string)JsonNode.Parse(body)!["error_code"]!); }
        }
    }

    // A row of 1.5 million keys once cost their square.
    [Fact]
    public async Task A_table_of_too_many_columns_is_refused_in_every_format()
    {
        await using var quay = await Quay.Serving(TestDatabase.Sqlite, 0.5);
        string Keys(int count, string value) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i:x}\":{value}"));
        var (names, most) = (string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"{i:x}\"")), Limits.TableColumns);
        (string Type, string Body)[] cases =
        [
            ("application/json", $$"""{"dataframe_records":[{{{Keys(1_000_000, "1")}}}]}"""),
            ("application/json", $$"""{"instances":[{{{Keys(most + 1, "1")}}}]}"""),
            ("application/json", $$$"""{"dataframe_split":{"columns":[{{{names}}}],"data":[]}}"""),
            ("application/json", $$$"""{"inputs":{{{{Keys(1_000_000, "1")}}}}}"""),
            ("text/csv", names),
            ("text/csv", new string(',', most)),
        ];

        foreach (var (type, text) in cases)
        {
            var (status, body) = await Invoke(quay, type, text);

            Assert.True(status == 400 && body.Contains("The table has more than 2000 columns", StringComparison.Ordinal), $"{text[..40]}: {status} {body}");
        }

        // Columns that no model takes are ignored up to the limit, whatever their order from row to row.
        var others = Keys(most - 3, "[[]]");
        var (ok, answer) = await Invoke(quay, "application/json", $$"""{"dataframe_records":[{"amount":40.5,{{others}},"days":45,"known":"no"},{"known":"no",{{others}},"amount":40.5,"days":45}]}""");
        Assert.True(ok == 200, answer);
        var predictions = JsonNode.Parse(answer)!["predictions"]!;
        Assert.Equal(predictions[0]!.ToJsonString(), predictions[1]!.ToJsonString());
    }

    [Fact]
    public async Task A_text_that_is_no_unicode_is_the_clients_fault()
    {
        await using var quay = await Quay.Serving(TestDatabase.Sqlite, 0.5);
        string[] cases =
        [
            """{"dataframe_records":[{"amount":1,"days":45,"known":"\uD800"}]}""",
            """{"dataframe_records":[{"amount":1,"days":45,"known":"no","\uD800":1}]}""",
            """{"dataframe_records":[{"amount":1,"days":45,"known":"no","other":1},{"amount":1,"days":45,"known":"no","\uD800":1}]}""",
            """{"dataframe_split":{"columns":["amount","\uDC00"],"data":[[1,2]]}}""",
            """{"dataframe_split":{"\uD800":[],"data":[[1,2,"no"]]}}""",
            """{"inputs":{"amount":[1],"days":[45],"known":["\uD800"]}}""",
            """{"inputs":{"amount":[1],"days":[45],"known":["no"]},"params":{"unit_id":"\uD800"}}""",
            """{"inputs":{"amount":[1],"days":[45],"known":["no"]},"params":{"units":{"amount":"\uD800"}}}""",
            """{"inputs":{"amount":[1],"days":[45],"known":["RAW"]}}""",
            """{"dataframe_records":[{"amount":1,"days":45,"known":"no","RAW":1}]}""",
        ];

        foreach (var text in cases)
        {
            var (status, body) = await Invoke(quay, "application/json", Encoding.Latin1.GetBytes(text.Replace("RAW", "\u00ff\u00fe", StringComparison.Ordinal)));

            Assert.True(status == 400, $"{text}: {status} {body}");
            Assert.Equal(("BAD_REQUEST", "The body holds a text that is no Unicode."), ((string)JsonNode.Parse(body)!["error_code"]!, Unescaped(body, status)));
        }
    }

    [Fact]
    public async Task The_unit_may_come_as_parameter_column_or_header()
    {
        await using var quay = await Quay.Serving(TestDatabase.Sqlite, 0.5);

        await Invoke(quay, "application/json", """{"dataframe_records":[{"amount":1,"days":45,"known":"no"}],"params":{"unit_id":"by-parameter"}}""");
        await Invoke(quay, "text/csv", "amount,days,known,unit_id\n1,45,no,by-column\n");
        await Invoke(quay, "text/csv", "amount,days,known\n1,45,no\n", "by-header");

        Assert.Equal(["by-header", "by-column", "by-parameter"], (await quay.Kept(3)).Select(kept => kept.Unit));
    }

    [Theory]
    [InlineData("a,b\n1,2", "a|b/1|2")]
    [InlineData("\"a\"\"x\",\"b,c\"\r\n\"line\nbreak\",\r\n", "a\"x|b,c/line\nbreak|")]
    public void Csv_is_read_as_rfc_4180_has_it(string text, string expected)
    {
        var (at, lines) = (0, new List<string>());
        while (CsvTable.Line(text, ref at) is { } cells) { lines.Add(string.Join('|', cells)); }

        Assert.Equal(expected, string.Join('/', lines));
    }

    private static string Unescaped(string body, int status) => status == 415 ? body : (string)JsonNode.Parse(body)!["message"]!;

    private static Task<(int Status, string Body)> Invoke(Quay quay, string type, string body, string? unit = null) => Invoke(quay, type, Encoding.UTF8.GetBytes(body), unit);

    private static async Task<(int Status, string Body)> Invoke(Quay quay, string type, byte[] body, string? unit = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/endpoints/late/invocations") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (unit is not null) { request.Headers.Add("X-Slipway-Unit", unit); }

        using var answer = await quay.Server.Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
