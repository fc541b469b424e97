using System.Net;
using System.Text;

namespace Slipway.Client.Tests;

public sealed class TransportTests
{
    private static readonly Uri Nowhere = new("http://slipway.test");

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_passing_refusal_is_tried_again(int status)
    {
        var asked = 0;
        using var client = Client(_ => Task.FromResult(++asked < 4 ? new HttpResponseMessage((HttpStatusCode)status) : Json("[1,2]")));

        Assert.Equal(2, (await client.Get<int[]>("/x", default)).Length);
        Assert.Equal(4, asked);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(501)]
    [InlineData(507)]
    public async Task A_refusal_for_good_is_told_at_once(int status)
    {
        var asked = 0;
        using var client = Client(_ =>
        {
            asked++;
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("""{"error_code":"ODD","message":"no such thing"}""") });
        });

        var refused = await Assert.ThrowsAsync<SlipwayException>(() => client.Get<int[]>("/x", default));

        Assert.Equal((1, status, "ODD"), (asked, refused.Status, refused.Code));
        Assert.Contains("no such thing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_in_a_charset_that_nobody_knows_is_told_as_any_other()
    {
        using var client = Client(_ =>
        {
            var content = new StringContent("""{"error_code":"ODD","message":"no such thing"}""");
            content.Headers.ContentType!.CharSet = "x-nobody";
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = content });
        });

        Assert.Equal("ODD", (await Assert.ThrowsAsync<SlipwayException>(() => client.Get<int[]>("/x", default))).Code);
    }

    [Fact]
    public async Task Attempts_end_and_the_last_failure_is_told()
    {
        var asked = 0;
        using var client = Client(_ => { asked++; throw new HttpRequestException("cut"); }, options => options with { Retries = 3 });

        await Assert.ThrowsAsync<SlipwayException>(() => client.Get<int[]>("/x", default));

        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task What_would_be_done_twice_is_sent_again_only_when_it_was_not_taken_up()
    {
        var asked = 0;
        using var lost = Client(_ => { asked++; throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut"); });
        await Assert.ThrowsAsync<SlipwayException>(() => lost.Post("/api/v1/things", 1, default));
        Assert.Equal(1, asked);

        asked = 0;
        using var refused = Client(_ => ++asked < 3 ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused") : Task.FromResult(Json("{}")));
        await refused.Post("/api/v1/things", 1, default);
        Assert.Equal(3, asked);
    }

    [Fact]
    public void The_server_may_ask_for_a_pause_but_not_for_more_than_there_is_patience()
    {
        using var http = new HttpClient();
        var transport = new Transport(http, new SlipwayClientOptions { RetryDelay = TimeSpan.FromMilliseconds(100), RetryDelayMax = TimeSpan.FromSeconds(10) });

        Assert.Equal(TimeSpan.FromSeconds(3), transport.Pause(0, TimeSpan.FromSeconds(3)));
        Assert.Null(transport.Pause(0, TimeSpan.FromSeconds(11)));
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var longest = Math.Min(10_000, 100 * Math.Pow(2, attempt));
            Assert.InRange(transport.Pause(attempt, null)!.Value.TotalMilliseconds, longest / 2, longest);
        }
    }

    [Fact]
    public async Task An_attempt_that_is_not_answered_in_time_is_tried_again_and_a_callers_stop_is_no_failure()
    {
        var asked = 0;
        using var slow = Client(_ => ++asked == 1 ? new TaskCompletionSource<HttpResponseMessage>().Task : Task.FromResult(Json("[3]")), options => options with { Timeout = TimeSpan.FromMilliseconds(50) });
        Assert.Equal(3, Assert.Single(await slow.Get<int[]>("/x", default)));

        using var stop = new CancellationTokenSource();
        using var stopped = Client(async _ => { await stop.CancelAsync(); throw new OperationCanceledException(stop.Token); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.Get<int[]>("/x", stop.Token));
    }

    [Fact]
    public void The_environment_says_which_server_as_whom()
    {
        static SlipwayClientOptions From(params (string Name, string Value)[] set) => SlipwayClientOptions.From(name => set.FirstOrDefault(one => one.Name == name).Value).Checked();

        Assert.Equal((new Uri("http://127.0.0.1:8080"), null, "default"), (From().Server, From().Key, From().Workspace));
        var ours = From(("SLIPWAY_URL", "https://a/w/risk"), ("SLIPWAY_KEY", "k"), ("MLFLOW_TRACKING_URI", "http://b"), ("MLFLOW_TRACKING_PASSWORD", "p"));
        Assert.Equal((new Uri("https://a/"), "k", "risk"), (ours.Server, ours.Key, ours.Workspace));
        var theirs = From(("MLFLOW_TRACKING_URI", "http://b:5000"), ("MLFLOW_TRACKING_USERNAME", "ada"), ("MLFLOW_TRACKING_PASSWORD", "p"), ("SLIPWAY_WORKSPACE", "lab"));
        Assert.Equal((new Uri("http://b:5000"), "ada", "p", "lab"), (theirs.Server, theirs.User, theirs.Key, theirs.Workspace));
        Assert.Equal("t", From(("MLFLOW_TRACKING_TOKEN", "t")).Key);
        Assert.Throws<SlipwayException>(() => From(("SLIPWAY_URL", "./mlruns")));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlipwayClientOptions { BatchPoints = 1_001 }.Checked());
    }

    private static SlipwayClient Client(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer, Func<SlipwayClientOptions, SlipwayClientOptions>? change = null)
    {
        var options = Clients.Quick(Nowhere, new Scripted(async request => { var answered = answer(request); return await answered; }));
        return new SlipwayClient(change?.Invoke(options) ?? options);
    }

    private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
}
