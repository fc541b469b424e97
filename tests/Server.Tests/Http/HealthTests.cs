using System.Net;

namespace Slipway.Server.Tests;

public sealed class HealthTests
{
    [Theory, EachDatabase]
    public async Task A_started_server_is_alive_and_ready(string database)
    {
        await using var server = await TestServer.Start(database);

        Assert.Equal("OK", await server.Http.GetStringAsync("/health"));
        Assert.Contains("\"ready\":true", await server.Http.GetStringAsync("/health/ready"), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task An_unknown_api_path_is_a_404_problem_with_the_request_id(string database)
    {
        await using var server = await TestServer.Start(database);

        using var answer = await server.Http.GetAsync("/api/v1/nothing");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(answer.Headers.GetValues("X-Request-Id").Single(), await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
