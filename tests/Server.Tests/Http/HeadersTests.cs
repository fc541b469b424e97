using System.Net;

namespace Slipway.Server.Tests;

public sealed class HeadersTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/metrics")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);

        using var answer = await server.Http.GetAsync(path);

        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal(32, answer.Headers.GetValues("X-Request-Id").Single().Length);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("10.1.2.3", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:8080", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("other.example", HttpStatusCode.OK)]
    public async Task Only_our_own_names_are_answered(string host, HttpStatusCode expected)
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite, options => options with { AllowedHosts = "other.example" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = host } };

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_wrong_method_is_a_405_problem_that_names_the_right_one()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);

        using var answer = await server.Http.PostAsync("/health", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains("it takes GET", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/sign-out", null, 405)]
    [InlineData("POST", "/api/v1/sign-in", "text/xml", 415)]
    [InlineData("GET", "/api/v1/none", null, 404)]
    [InlineData("GET", "/API/v1/none", null, 404)]
    [InlineData("POST", "/runs", "application/json", 404)]
    public async Task What_no_route_takes_is_told_apart(string method, string path, string? contentType, int expected)
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (contentType is not null) { request.Content = new StringContent("{}", System.Text.Encoding.UTF8, contentType); }

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
