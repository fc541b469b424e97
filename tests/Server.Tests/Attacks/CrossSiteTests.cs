using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Slipway.Server.Tests;

/// <summary>
/// A page of another site makes its visitor's browser send requests: in local mode the visitor is the owner without any credential, so this is where it would hurt most.
/// </summary>
public sealed class CrossSiteTests(HostTests.OneServer one) : IClassFixture<HostTests.OneServer>
{
    public static TheoryData<string, string?, string?, string> Foreign => new()
    {
        { "a form of another site", "https://attacker.example", null, "application/x-www-form-urlencoded" },
        { "a script of another site, as plain text", "https://attacker.example", "cross-site", "text/plain" },
        { "a script of another site, as JSON", "https://attacker.example", "cross-site", "application/json" },
        { "a sandboxed frame or a file", "null", "cross-site", "application/json" },
        { "another port of this machine", "http://127.0.0.1:1", "same-site", "application/json" },
        { "our origin as a part of another", "{own}.attacker.example", "cross-site", "application/json" },
        { "our host with another scheme", "https://{authority}", "same-site", "application/json" },
        { "two origins", "{own}, https://attacker.example", null, "application/json" },
        { "an old browser without Origin, a form", null, null, "application/x-www-form-urlencoded" },
        { "an old browser without Origin, plain text", null, null, "text/plain;charset=UTF-8" },
        { "an old browser without Origin, a form with files", null, null, "multipart/form-data; boundary=x" },
        { "a browser that only says cross-site", null, "cross-site", "application/json" },
        { "a browser that only says same-site", null, "same-site", "application/json" },
    };

    [Theory, MemberData(nameof(Foreign))]
    public async Task No_change_is_made_for_another_site(string what, string? origin, string? fetchSite, string contentType)
    {
        // A preflight answers for methods that a form cannot send: the browser asks first, and gets no permission.
        var formOnly = origin is null && fetchSite is null;
        var routes = ServerRoute.All(one.Server).Where(route => !route.IsOpen && route.Changes && (!formOnly || route.Method == "POST")).ToList();
        Assert.NotEmpty(routes);

        foreach (var route in routes)
        {
            using var answer = await Send(new HttpMethod(route.Method), route.Path, origin, fetchSite, contentType);

            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.UnsupportedMediaType, $"{what}: {route.Method} {route.Path} was answered with {(int)answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/api/v1/events")]
    [InlineData("/api/v1/session")]
    [InlineData("/api/v1/w/default/runs")]
    public async Task Nothing_is_read_for_another_site(string path)
    {
        using var answer = await Send(HttpMethod.Get, path, "https://attacker.example", "cross-site", contentType: null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/api/v1/people")]
    [InlineData("/api/2.0/mlflow/runs/create")]
    public async Task A_preflight_gets_no_permission(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "https://attacker.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type");

        using var answer = await one.Server.Http.SendAsync(request);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? origin, string? fetchSite, string? contentType)
    {
        using var request = new HttpRequestMessage(method, path);
        var own = one.Server.BaseAddress.GetLeftPart(UriPartial.Authority);
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin.Replace("{own}", own, StringComparison.Ordinal).Replace("{authority}", one.Server.BaseAddress.Authority, StringComparison.Ordinal));
        }

        if (fetchSite is not null) { request.Headers.Add("Sec-Fetch-Site", fetchSite); }

        if (contentType is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        return await one.Server.Http.SendAsync(request);
    }
}
