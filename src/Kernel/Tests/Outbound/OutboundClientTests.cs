using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using Slipway.Kernel.Outbound;

namespace Slipway.Kernel.Tests.Outbound;

/// <summary>What goes over the wire, and what never does.</summary>
public sealed class OutboundClientTests
{
    [Fact]
    public async Task A_name_that_turns_to_loopback_after_the_check_gets_no_packet()
    {
        await using var receiver = Receiver.Answering("200 OK", "secret of this machine");
        // The first answer is public, every later one is loopback: DNS rebinding.
        var asked = 0;
        using var client = Client(new() { AllowHttp = true }, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked++ == 0 ? "93.184.216.34" : "127.0.0.1")]));
        var url = $"http://rebind.example:{receiver.Port}/";

        Assert.Null(await client.Check(url, default));
        var answer = await client.Send(new OutboundCall(HttpMethod.Get, url), default);

        Assert.Equal(RefusalReason.Address, answer.Refusal!.Reason);
        Assert.Equal((2, 0), (asked, receiver.Connections));
    }

    [Fact]
    public async Task A_name_is_resolved_once_for_a_call_and_called_where_it_was_found()
    {
        await using var receiver = Receiver.Answering("200 OK", "hello");
        var asked = 0;
        using var client = Client(Local, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked++ == 0 ? "127.0.0.1" : "169.254.169.254")]));

        var answer = await client.Send(
            new OutboundCall(HttpMethod.Post, $"http://once.example:{receiver.Port}/a?b=c#d", Encoding.UTF8.GetBytes("{}")) { Headers = [new("X-One", "1")] }, default);

        Assert.Equal((200, "hello", null), (answer.Status, Encoding.UTF8.GetString(answer.Body), answer.Error));
        Assert.Equal(1, asked);
        var request = Assert.Single(receiver.Requests);
        Assert.StartsWith("POST /a?b=c HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains($"Host: once.example:{receiver.Port}\r\n", request, StringComparison.Ordinal);
        Assert.Contains("X-One: 1\r\n", request, StringComparison.Ordinal);
        foreach (var never in (string[])["Cookie", "Authorization", "traceparent", "Referer"]) { Assert.DoesNotContain(never + ":", request, StringComparison.OrdinalIgnoreCase); }
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        await using var target = Receiver.Answering("200 OK", "secret");
        await using var receiver = Receiver.Answering($"302 Found\r\nLocation: http://127.0.0.1:{target.Port}/\r\nSet-Cookie: a=b", "");
        using var client = Client(Local);

        Assert.Equal(302, (await client.Send(new OutboundCall(HttpMethod.Get, receiver.Url), default)).Status);
        Assert.Equal(302, (await client.Send(new OutboundCall(HttpMethod.Get, receiver.Url), default)).Status);

        Assert.Equal((0, 2), (target.Connections, receiver.Connections));
        Assert.DoesNotContain("Cookie", receiver.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proxy_of_the_process_is_not_asked()
    {
        await using var proxy = Receiver.Answering("200 OK", "from the proxy");
        await using var receiver = Receiver.Answering("200 OK", "from the receiver");
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(proxy.Url);
        try
        {
            using var client = Client(Local);
            Assert.Equal("from the receiver", Encoding.UTF8.GetString((await client.Send(new OutboundCall(HttpMethod.Get, receiver.Url), default)).Body));
        }
        finally { HttpClient.DefaultProxy = before; }

        Assert.Equal(0, proxy.Connections);
    }

    [Fact]
    public async Task Of_a_long_answer_the_beginning_is_read()
    {
        await using var receiver = Receiver.Answering("200 OK", new string('x', 1_000_000));
        using var client = Client(Local);

        var answer = await client.Send(new OutboundCall(HttpMethod.Get, receiver.Url, MostAnswerBytes: 1_000), default);

        Assert.Equal((200, 1_000), (answer.Status, answer.Body.Length));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.Send(new OutboundCall(HttpMethod.Post, receiver.Url, new byte[Limits.OutboundRequestBytes + 1]), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.Send(new OutboundCall(HttpMethod.Get, receiver.Url, MostAnswerBytes: Limits.OutboundAnswerBytes + 1), default));
    }

    [Fact]
    public async Task A_receiver_that_says_nothing_costs_the_time_limit_and_no_more()
    {
        await using var receiver = Receiver.Silent();
        using var client = Client(new() { Allow = "127.0.0.1", AllowHttp = true, TimeoutSeconds = 1 });

        var answer = await client.Send(new OutboundCall(HttpMethod.Get, receiver.Url), default);

        Assert.Null(answer.Status);
        Assert.Contains("within 1 s", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_and_a_wish_to_wait_are_told()
    {
        await using var receiver = Receiver.Answering("429 Too Many Requests\r\nRetry-After: 7", "later");
        var gone = receiver.Url;
        using var client = Client(Local);

        Assert.Equal((429, 7), ((await client.Send(new OutboundCall(HttpMethod.Get, gone), default)) is var answer ? (answer.Status, answer.RetryAfterSeconds) : default));
        await receiver.DisposeAsync();
        var none = await client.Send(new OutboundCall(HttpMethod.Get, gone), default);
        Assert.Null(none.Status);
        Assert.Contains("No connection", none.Error, StringComparison.Ordinal);
    }

    private static OutboundOptions Local => new() { Allow = "127.0.0.1", AllowHttp = true };

    private static OutboundClient Client(OutboundOptions options, ResolveHost? resolve = null)
    {
        var set = Options.Create(options);
        return new OutboundClient(new OutboundRules(set, resolve ?? ((host, ct) => Dns.GetHostAddressesAsync(host, ct))), new OutboundMetrics(), set);
    }
}
