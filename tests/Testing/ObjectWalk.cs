using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Xunit;

namespace Slipway.Testing;

/// <summary>
/// Walks every route whose permission grants on single objects can give or take (<see cref="Permission.On"/>), asking each about one object: a route that forgets the object answers somebody who may not see it.
/// </summary>
/// <param name="server">Where the module runs.</param>
/// <param name="module">First part of the names of its permissions.</param>
/// <param name="marker">Stands in the name or the content of the object, so in every answer that tells of it.</param>
/// <param name="fields">How requests name the object and what is in it; each goes into the path, the query and the body. A list in the body has <c>[]</c> behind its name.</param>
public sealed class ObjectWalk(TestServer server, string module, string marker, params (string Name, string Value)[] fields)
{
    /// <summary>The body of a route whose own is strict, by its path; null = all fields.</summary>
    public Func<string, object?> BodyOf { get; init; } = _ => null;

    /// <summary>Each route refuses the caller (403, or 404 in the native API) or finds nothing; none is left out.</summary>
    public async Task FindsNothing(HttpClient caller)
    {
        foreach (var (method, path, _) in Routes())
        {
            var (status, body) = await Ask(caller, method, path);
            var native = path.StartsWith("/api/v1/", StringComparison.Ordinal);

            Assert.False(body.Contains(marker, StringComparison.Ordinal), $"{method} {path} tells: {status} {body}");
            Assert.True(status is 501 || status == (native ? 404 : 403) || (status == 200 && IsSearch(method, path, body)), $"{method} {path}: {status} {body}");
        }
    }

    /// <summary>Each route that a reader of the object may use takes them; each other one says which permission is missing.</summary>
    public async Task LetsOnlyRead(HttpClient reader)
    {
        foreach (var (method, path, permission) in Routes())
        {
            var (status, body) = await Ask(reader, method, path);
            var may = (permission.OnObject ?? permission.Levels).Contains(Level.Viewer);

            Assert.True(status is 501 || (may ? status is 200 or 400 : status == 403 && body.Contains(permission.Name, StringComparison.Ordinal)), $"{method} {path}: {status} {body}");
        }
    }

    private List<(HttpMethod Method, string Path, Permission Permission)> Routes()
    {
        List<(HttpMethod, string, Permission)> routes =
        [
            .. from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               let access = endpoint.Metadata.GetMetadata<Access>() as Access.With
               where access?.Permission.On is not null && access.Permission.Name.StartsWith(module + ".", StringComparison.Ordinal)
               from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
               select (new HttpMethod(method), Filled(endpoint.RoutePattern.RawText!), access.Permission),
        ];
        Assert.NotEmpty(routes);
        return routes;
    }

    private string Filled(string pattern) => fields.Where(field => field.Name.StartsWith('{')).Aggregate(
        pattern.Replace("{workspace}", "default", StringComparison.Ordinal), (path, field) => path.Replace(field.Name, field.Value, StringComparison.Ordinal));

    /// <summary>Lists answer everybody with what they may see; a history of a run that is not there is empty, as in MLflow.</summary>
    private static bool IsSearch(HttpMethod method, string path, string body) =>
        body is "{}" or "" || path.EndsWith("search", StringComparison.Ordinal) || path.Contains("/search-", StringComparison.Ordinal)
        || (method == HttpMethod.Get && path.TrimEnd('/').Split('/') is ["", "api", "v1", "w", _, _] or ["", "api", "v1", .., "count" or "folders"]);

    private async Task<(int Status, string Body)> Ask(HttpClient by, HttpMethod method, string path)
    {
        var given = fields.Where(field => !field.Name.StartsWith('{')).ToList();
        var target = method == HttpMethod.Get
            ? path + "?" + string.Join('&', given.Select(field => $"{field.Name.Replace("[]", "", StringComparison.Ordinal)}={Uri.EscapeDataString(field.Value)}"))
            : path.EndsWith("upload-artifact", StringComparison.Ordinal) ? path + "?" + string.Join('&', given.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}")) : path;
        var body = given.ToDictionary(field => field.Name.Replace("[]", "", StringComparison.Ordinal), field => field.Name.EndsWith("[]", StringComparison.Ordinal) ? (object)new[] { field.Value } : field.Value);
        using var request = new HttpRequestMessage(method, target)
        {
            Content = method == HttpMethod.Get ? null : new StringContent(JsonSerializer.Serialize(BodyOf(path) ?? body), Encoding.UTF8, "application/json"),
        };
        using var answer = await by.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
