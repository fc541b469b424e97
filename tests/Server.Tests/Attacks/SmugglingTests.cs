namespace Slipway.Server.Tests;

/// <summary>
/// Request smuggling (RFC 9112, sections 6.3 and 11.2): a proxy and this server must never see different requests in the same bytes. What is ambiguous is
/// refused, and the request hidden behind it is never run. (Kestrel reads a length of +5 as 5, which no row here can forbid.)
/// </summary>
public sealed class SmugglingTests(HostTests.OneServer one) : IClassFixture<HostTests.OneServer>
{
    private const string Hidden = "GET /version HTTP/1.1\r\nHost: {host}\r\n\r\n";

    public static TheoryData<string, string> Ambiguous => new()
    {
        { "length and chunks", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
        { "two lengths", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n" },
        { "a list of lengths", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0, 44\r\n\r\n" },
        { "a negative length", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n" },
        { "a hexadecimal length", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0x0\r\n\r\n" },
        { "an unknown coding after chunked", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" },
        { "a coding that only looks like chunked", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" },
        { "a space before the colon", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n" },
        { "a folded header", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nX-A: b\r\n Transfer-Encoding: chunked\r\n\r\n" },
        { "a header without a colon", "GET /health HTTP/1.1\r\nHost: {host}\r\nnonsense\r\n\r\n" },
        { "NUL in a header", "GET /health HTTP/1.1\r\nHost: {host}\r\nX-A: a\0b\r\n\r\n" },
        { "a carriage return alone in a header", "GET /health HTTP/1.1\r\nHost: {host}\r\nX-A: a\rTransfer-Encoding: chunked\r\n\r\n" },
        { "a chunk size that is no number", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n" },
        { "a chunk size past 64 bits", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n\r\n" },
        { "a line feed alone in a chunk extension", "POST /api/v1/none HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n0;a\n\r\n\r\n" },
        { "a version that there is not", "GET /health HTTP/9.9\r\nHost: {host}\r\n\r\n" },
        { "spaces in the target", "GET /health /x HTTP/1.1\r\nHost: {host}\r\n\r\n" },
    };

    [Theory, MemberData(nameof(Ambiguous))]
    public async Task An_ambiguous_request_hides_no_second_one(string what, string request)
    {
        var answer = await RawHttp.Send(one.Server, request + Hidden);

        Assert.DoesNotContain(Health.Version + "\r\n", answer, StringComparison.Ordinal);
        Assert.False(RawHttp.Statuses(answer).Contains(200), $"{what} was served: {answer}");
    }

    [Fact]
    public async Task Two_plain_requests_on_one_connection_are_both_answered()
    {
        var answer = await RawHttp.Send(one.Server, "GET /health HTTP/1.1\r\nHost: {host}\r\n\r\n" + Hidden);

        Assert.Equal([200, 200], RawHttp.Statuses(answer));
    }
}
