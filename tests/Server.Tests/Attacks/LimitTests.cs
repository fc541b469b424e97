using System.Net;
using System.Text;
using Slipway.Kernel;

namespace Slipway.Server.Tests;

/// <summary>One attack per row of the table of limits; a row without one fails the last test.</summary>
public sealed class LimitTests(HostTests.OneServer one) : IClassFixture<HostTests.OneServer>
{
    /// <summary>Row to the test that goes past it.</summary>
    private static readonly Dictionary<string, string> Attacks = new()
    {
        ["connections"] = "Reliability.Tests: ConnectionTests",
        ["request headers"] = nameof(Headers_past_the_limit_are_a_431),
        ["JSON body"] = nameof(A_body_past_the_limit_is_a_413),
        ["JSON depth"] = nameof(A_body_too_deep_is_a_400),
        ["JSON string"] = nameof(A_text_past_the_limit_is_a_400_in_every_field),
        ["artifact"] = nameof(An_artifact_past_the_limit_is_a_413_before_its_first_byte),
        ["transfer buffer"] = "Reliability.Tests: MemoryTests",
        ["upload parts"] = "Tracking.Tests: DirectUploadTests.Too_many_parts_or_open_uploads_are_refused",
        ["open uploads"] = "Tracking.Tests: DirectUploadTests.Too_many_parts_or_open_uploads_are_refused",
        ["name"] = nameof(A_name_past_the_limit_or_with_hidden_characters_is_a_400),
        ["idempotency key"] = "Tracking.Tests: RepeatedRequestTests",
        ["query time"] = "Kernel.Tests: QueryTimeTests",
        ["query rows"] = nameof(A_page_past_the_limit_is_a_400),
        ["page"] = nameof(A_page_past_the_limit_is_a_400),
        ["filter"] = nameof(A_filter_past_its_limits_is_a_400_in_every_search),
        ["filter clauses"] = nameof(A_filter_past_its_limits_is_a_400_in_every_search),
        ["filter depth"] = nameof(A_filter_past_its_limits_is_a_400_in_every_search),
        ["filter pattern"] = nameof(A_filter_past_its_limits_is_a_400_in_every_search),
        ["counted runs"] = "Tracking.Tests: CountTests.A_count_goes_no_further_than_its_bound",
        ["design matrix"] = "Training.Tests: FeaturePlanTests",
        ["category"] = "Training.Tests: FeaturePlanTests",
        ["model file"] = "Training.Tests: ForeignModelTests",
        ["waiting writes"] = "WaitingTests: Writes_past_the_limit_are_a_503_with_Retry_After",
        ["waiting reads"] = "WaitingTests: Reads_past_the_limit_are_a_503_with_Retry_After",
        ["pipeline definition"] = "Pipelines.Tests: LimitTests.A_definition_past_its_limits_is_refused",
        ["pipeline steps"] = "Pipelines.Tests: LimitTests.A_definition_past_its_limits_is_refused",
        ["pipeline files"] = "Pipelines.Tests: LimitTests.More_files_than_the_limit_are_refused",
        ["pipeline file"] = "Pipelines.Tests: LimitTests.A_file_past_the_limit_is_a_413_before_its_first_byte",
        ["step log"] = "Pipelines.Tests: LimitTests.A_log_past_its_limit_is_cut_and_says_so",
        ["event streams"] = "WaitingTests: An_event_stream_past_the_limit_is_a_429",
        ["dataset file"] = nameof(A_dataset_file_past_the_limit_is_a_413_before_its_first_byte),
        ["table columns"] = nameof(A_table_of_too_many_columns_is_a_422),
        ["table in memory"] = "Datasets.Tests: TableTests",
        ["text in memory"] = "Datasets.Tests: TableTests",
        ["contract"] = nameof(A_contract_past_the_limit_is_a_400),
        ["policy"] = "Governance.Tests: PolicyRouteTests.A_policy_past_its_limits_is_refused",
        ["policy rows"] = "Governance.Tests: PolicyRouteTests.A_policy_past_its_limits_is_refused",
        ["monitor definition"] = "Monitoring.Tests: DefinitionTests.A_definition_comes_into_force_as_the_next_version_and_is_audited",
        ["outbound request"] = "Kernel.Tests: OutboundClientTests.Of_a_long_answer_the_beginning_is_read",
        ["outbound answer"] = "Kernel.Tests: OutboundClientTests.Of_a_long_answer_the_beginning_is_read",
        ["webhooks"] = "Webhooks.Tests: LimitTests.A_webhook_more_than_the_most_is_a_409_and_pages_reach_the_last",
        ["webhook payload"] = "Webhooks.Tests: PayloadTests.What_is_too_long_goes_without_its_long_fields_and_says_so",
        ["webhook deliveries"] = "Webhooks.Tests: LimitTests.What_waits_past_the_limit_is_noted_as_failed_and_the_log_is_trimmed",
        ["import runs"] = "Tracking.Tests: ImportRouteTests.More_than_a_request_may_hold_is_refused",
        ["import points"] = "Tracking.Tests: ImportRouteTests.More_than_a_request_may_hold_is_refused",
        ["object grants"] = "Identity.Tests: ObjectGrantTests.Nobody_has_more_grants_on_objects_than_the_limit",
        ["label batch"] = "Monitoring.Tests: LabelTests.A_batch_past_the_limit_is_refused",
        ["exception"] = "Governance.Tests: ApprovalLifeTests.A_row_that_is_not_met_refuses_until_an_exception_stands_for_it_and_again_when_that_ends",
        ["endpoints"] = "Serving.Tests: LimitTests",
        ["shadows"] = "Serving.Tests: LimitTests",
        ["shadow queue"] = "Serving.Tests: ShadowRunnerTests.Requests_past_the_bytes_that_may_wait_are_dropped_and_counted",
        ["prediction rows"] = "Serving.Tests: LimitTests",
    };

    [Fact]
    public void Every_row_of_the_table_is_attacked() =>
        Assert.Equal(LimitTable.Rows.Select(row => row.Name).Order(), Attacks.Keys.Order());

    [Theory]
    [InlineData("one long header", 1, 40_000)]
    [InlineData("many short ones", 1_000, 40)]
    [InlineData("more than a hundred", 101, 1)]
    public async Task Headers_past_the_limit_are_a_431(string what, int count, int length)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-A{i}: {new string('a', length)}\r\n"));

        var answer = await RawHttp.Send(one.Server, $"GET /health HTTP/1.1\r\nHost: {{host}}\r\n{headers}\r\n");

        Assert.True(RawHttp.Statuses(answer) is [431], $"{what}: {answer}");
    }

    [Fact]
    public async Task A_request_line_past_the_limit_is_a_414()
    {
        var answer = await RawHttp.Send(one.Server, $"GET /{new string('a', 10_000)} HTTP/1.1\r\nHost: {{host}}\r\n\r\n");

        Assert.Equal([414], RawHttp.Statuses(answer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_past_the_limit_is_a_413(bool saysItsLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/workspaces") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes($"{{\"name\":\"{new string('a', Limits.JsonBodyBytes)}\"}}")) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = !saysItsLength;
        request.Headers.ExpectContinue = true;

        using var answer = await one.Server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData(Limits.JsonDepth + 1)]
    [InlineData(100_000)]
    public async Task A_body_too_deep_is_a_400(int depth)
    {
        foreach (var route in Changing())
        {
            var (status, text) = await Post(route, $"{{\"name\":{new string('[', depth)}{new string(']', depth)}}}");

            Assert.True(status == 400, $"{route.Path} answered {status}: {text}");
        }
    }

    [Fact]
    public async Task A_text_past_the_limit_is_a_400_in_every_field()
    {
        var text = new string('a', Limits.JsonStringBytes + 1);
        foreach (var route in Changing())
        {
            var fields = string.Join(',', route.Body!.GetProperties().Select(property => $"\"{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}\":{(property.PropertyType == typeof(string) ? $"\"{text}\"" : "1")}"));

            var (status, answer) = await Post(route, $"{{{fields}}}");

            Assert.True(status is 400 or 401 or 404, $"{route.Path} answered {status}");
            Assert.True(answer.Length < 10_000, $"{route.Path} gave {answer.Length} characters of the attack back.");
        }
    }

    [Fact]
    public async Task An_artifact_past_the_limit_is_a_413_before_its_first_byte()
    {
        using var run = await one.Server.Http.PostAsync("/api/2.0/mlflow/runs/create", new StringContent("{\"experiment_id\":\"0\"}", Encoding.UTF8, "application/json"));
        var runId = System.Text.Json.Nodes.JsonNode.Parse(await run.Content.ReadAsStringAsync())!["run"]!["info"]!["run_id"]!.GetValue<string>();

        var answer = await RawHttp.Send(
            one.Server, $"PUT /api/2.0/mlflow-artifacts/artifacts/0/{runId}/artifacts/huge.bin HTTP/1.1\r\nHost: {{host}}\r\nContent-Length: {Limits.ArtifactBytes + 1}\r\n\r\n");

        Assert.Equal([413], RawHttp.Statuses(answer));
    }

    [Theory]
    [InlineData("versions")]
    [InlineData("check")]
    public async Task A_dataset_file_past_the_limit_is_a_413_before_its_first_byte(string route)
    {
        var answer = await RawHttp.Send(
            one.Server, $"POST /api/v1/w/default/datasets/huge/{route}?format=csv HTTP/1.1\r\nHost: {{host}}\r\nContent-Length: {Limits.DatasetFileBytes + 1}\r\n\r\n");

        Assert.Equal([413], RawHttp.Statuses(answer));
    }

    [Fact]
    public async Task A_table_of_too_many_columns_is_a_422()
    {
        var header = string.Join(',', Enumerable.Range(0, Limits.TableColumns + 1).Select(i => $"c{i}"));

        using var answer = await one.Server.Http.PostAsync("/api/v1/w/default/datasets/wide/versions?format=csv", new ByteArrayContent(Encoding.UTF8.GetBytes(header + "\n")));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity && text.Contains("2001 columns", StringComparison.Ordinal), text);
    }

    [Theory]
    [InlineData("POST", "contracts", 1)]
    [InlineData("PUT", "long/contract", 1)]
    [InlineData("PUT", "long/contract", 5)]
    public async Task A_contract_past_the_limit_is_a_400(string method, string route, int times)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/w/default/datasets/" + route) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("id: " + new string('a', Limits.ContractChars * times))) };
        using var answer = await one.Server.Http.SendAsync(request);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest && text.Contains("1000000", StringComparison.Ordinal), text);
    }

    public static TheoryData<string, string> BadNames => new()
    {
        { "one character too many", new string('a', Limits.NameChars + 1) },
        { "ten million characters", new string('a', 10_000_000) },
        { "a control character", "a\\u0007b" },
        { "NUL", "a\\u0000b" },
        { "text that turns around", "a\\u202eb" },
        { "text without width", "a\\u200bb" },
        { "a line separator", "a\\u2028b" },
        { "a half of a surrogate pair", "a\\ud800b" },
        { "nothing", "" },
    };

    [Theory, MemberData(nameof(BadNames))]
    public async Task A_name_past_the_limit_or_with_hidden_characters_is_a_400(string what, string name)
    {
        foreach (var (path, body) in (IEnumerable<(string, string)>)
            [("/api/v1/workspaces", $"{{\"name\":\"risk\",\"title\":\"{name}\"}}"), ("/api/v1/people", $"{{\"name\":\"ada\",\"displayName\":\"{name}\"}}")])
        {
            using var answer = await one.Server.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{what} on {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task An_experiment_name_past_the_limit_of_the_protocol_is_a_400()
    {
        // MLflow takes names of 500 characters, of any kind: what one client has made, all others can see.
        using var answer = await one.Server.Http.PostAsync("/api/v1/w/default/experiments", new StringContent($"{{\"name\":\"{new string('a', 501)}\"}}", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("1001")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task A_page_past_the_limit_is_a_400(string limit)
    {
        foreach (var path in (string[])["/api/v1/people", "/api/v1/workspaces", "/api/v1/keys", "/api/v1/grants?principal=x", "/api/v1/audit", "/api/v1/w/default/experiments", "/api/v1/w/default/activity", "/api/v1/w/default/datasets"])
        {
            using var answer = await one.Server.Http.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}");

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task A_filter_past_its_limits_is_a_400_in_every_search()
    {
        const string Clause = "tags.a = 'x'";
        (string Filter, int Limit)[] attacks =
        [
            ($"tags.a = '{new string('x', Limits.FilterChars)}'", Limits.FilterChars),
            (string.Join(" OR ", Enumerable.Repeat(Clause, Limits.FilterClauses + 1)), Limits.FilterClauses),
            (new string('(', Limits.FilterDepth + 1) + Clause + new string(')', Limits.FilterDepth + 1), Limits.FilterDepth),
            (new string('(', Limits.FilterChars), Limits.FilterDepth),
            (string.Concat(Enumerable.Repeat("NOT ", Limits.FilterDepth + 1)) + Clause, Limits.FilterDepth),
            ($"tags.a LIKE '{new string('*', Limits.FilterPatternBytes + 1)}'", Limits.FilterPatternBytes),
            ($"tags.a ILIKE '{new string('ü', (Limits.FilterPatternBytes / 2) + 1)}'", Limits.FilterPatternBytes),
        ];
        foreach (var verb in (string[])["experiments/search", "runs/search"])
        {
            foreach (var (filter, limit) in attacks)
            {
                var body = System.Text.Json.JsonSerializer.Serialize(new { experiment_ids = new[] { "0" }, max_results = 1, filter });
                using var answer = await one.Server.Http.PostAsync("/api/2.0/mlflow/" + verb, new StringContent(body, Encoding.UTF8, "application/json"));

                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest && text.Contains(limit.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), $"{verb}: {(int)answer.StatusCode} {text}");
            }
        }

        foreach (var field in (string[])["tags.a", "run_name", "status", "dataset.name"])
        {
            // As long as may be, of what is longest as SQLite compares it.
            var body = System.Text.Json.JsonSerializer.Serialize(new { experiment_ids = new[] { "0" }, filter = $"{field} LIKE '{new string('*', Limits.FilterPatternBytes)}' OR {field} ILIKE '{new string('%', Limits.FilterPatternBytes)}'" });
            using var answer = await one.Server.Http.PostAsync("/api/2.0/mlflow/runs/search", new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        foreach (var (filter, _) in attacks.Skip(1).Where(attack => attack.Filter.Length < 5_000))
        {
            using var answer = await one.Server.Http.GetAsync("/api/v1/w/default/models?filter=" + Uri.EscapeDataString(filter));

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    private IEnumerable<ServerRoute> Changing() => ServerRoute.All(one.Server).Where(route => route.Body is not null && route.Path.StartsWith("/api/v1/", StringComparison.Ordinal));

    private async Task<(int Status, string Text)> Post(ServerRoute route, string json)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await one.Everything.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
