using System.Text;

namespace Slipway.Server.Tests;

/// <summary>Fields that a caller may not set, sent along: a body is taken as a whole or not at all.</summary>
public sealed class MassAssignmentTests(HostTests.OneServer one) : IClassFixture<HostTests.OneServer>
{
    [Theory]
    [InlineData("role", "\"admin\"")]
    [InlineData("workspaceId", "\"default\"")]
    [InlineData("approvedBy", "\"me\"")]
    [InlineData("createdMs", "0")]
    [InlineData("$type", "\"System.Object\"")]
    [InlineData("__proto__", "{}")]
    public async Task A_field_that_a_body_does_not_have_is_refused_by_name(string field, string value)
    {
        foreach (var route in WithBody())
        {
            var (status, text) = await Send(route, $$"""{"{{field}}":{{value}}}""");

            Assert.True(status == 400 && text.Contains(field, StringComparison.Ordinal), $"{route.Method} {route.Path} answered {status}: {text}");
        }
    }

    [Fact]
    public async Task A_field_that_is_there_twice_is_refused_by_name()
    {
        foreach (var route in WithBody())
        {
            var property = route.Body!.GetProperties()[0];
            var name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            var value = property.PropertyType == typeof(string) ? "\"a\"" : "0";

            var (status, text) = await Send(route, $$"""{"{{name}}":{{value}},"{{name}}":{{value}}}""");

            Assert.True(status == 400 && text.Contains(name, StringComparison.OrdinalIgnoreCase), $"{route.Method} {route.Path} answered {status}: {text}");
        }
    }

    [Fact]
    public async Task A_field_in_another_case_is_another_field()
    {
        foreach (var route in WithBody())
        {
            var name = route.Body!.GetProperties()[0].Name.ToUpperInvariant();

            var (status, text) = await Send(route, $$"""{"{{name}}":"a"}""");

            Assert.True(status == 400 && text.Contains(name, StringComparison.Ordinal), $"{route.Method} {route.Path} answered {status}: {text}");
        }
    }

    private List<ServerRoute> WithBody()
    {
        var routes = ServerRoute.All(one.Server).Where(route => route.Body is not null && route.Path.StartsWith("/api/v1/", StringComparison.Ordinal)).ToList();
        Assert.True(routes.Count >= 5, $"Only {routes.Count} routes take a body.");
        return routes;
    }

    private async Task<(int Status, string Text)> Send(ServerRoute route, string json)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await one.Everything.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
