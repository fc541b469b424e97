using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
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
public sealed partial class ObjectWalk(TestServer server, string module, string marker, params (string Name, string Value)[] fields)
{
    private readonly (string Name, string Value)[] _fields = fields;

    /// <summary>The body of a route whose own is strict, by its path; null = all fields.</summary>
    public Func<string, object?> BodyOf { get; init; } = _ => null;

    /// <summary>
    /// Routes that answer everybody with what they may see, by method and the end of their pattern; each other one refuses. Whatever is not there is empty in a list, as in MLflow.
    /// </summary>
    public IReadOnlyList<(string Method, string End)> Lists { get; init; } = [];

    /// <summary>
    /// No route tells the caller of the object, nor that there is one: the native API answers as of an object that does not exist, MLflow's routes with nothing but "Permission denied", and lists
    /// leave it out. None is left out of the walk.
    /// </summary>
    /// <param name="caller">Somebody who may not see the object.</param>
    /// <param name="absent">The same walk about an object that does not exist.</param>
    public async Task FindsNothing(HttpClient caller, ObjectWalk absent)
    {
        foreach (var (route, none) in Routes().Zip(absent.Routes()))
        {
            var (status, body) = await Ask(caller, route.Method, route.Path);
            var asked = $"{route.Method} {route.Path}: {status} {body}";

            Assert.False(body.Contains(marker, StringComparison.Ordinal), $"{asked} tells");
            if (!IsNative(route.Path) && !IsList(route) && status != 501)
            {
                Assert.True((status, body) == (403, "Permission denied"), asked);
                continue;
            }

            var nothing = await absent.Ask(caller, none.Method, none.Path);
            Assert.True(status == 501 || (IsList(route) ? status == 200 : status == 404), asked);
            Assert.True((status, body) == nothing || (status, Told(body)) == (nothing.Status, absent.Told(nothing.Body)), $"{asked}; of one that does not exist: {nothing.Status} {nothing.Body}");
        }
    }

    /// <summary>Each route that a reader of the object may use takes them; each other one says which permission is missing.</summary>
    public async Task LetsOnlyRead(HttpClient reader)
    {
        foreach (var (method, path, _, permission) in Routes())
        {
            var (status, body) = await Ask(reader, method, path);
            var may = (permission.OnObject ?? permission.Levels).Contains(Level.Viewer);

            Assert.True(status is 501 || (may ? status is 200 or 400 : status == 403 && body.Contains(permission.Name, StringComparison.Ordinal)), $"{method} {path}: {status} {body}");
        }
    }

    private List<Route> Routes()
    {
        List<Route> routes =
        [
            .. from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               let access = endpoint.Metadata.GetMetadata<Access>() as Access.With
               where access?.Permission.On is not null && access.Permission.Name.StartsWith(module + ".", StringComparison.Ordinal)
               from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
               select new Route(new HttpMethod(method), Filled(endpoint.RoutePattern.RawText!), endpoint.RoutePattern.RawText!.TrimEnd('/'), access.Permission),
        ];
        Assert.NotEmpty(routes);
        return routes;
    }

    private string Filled(string pattern) => _fields.Where(field => field.Name.StartsWith('{')).Aggregate(
        pattern.Replace("{workspace}", "default", StringComparison.Ordinal), (path, field) => path.Replace(field.Name, field.Value, StringComparison.Ordinal));

    private bool IsList(Route route) => Lists.Any(list => list.Method == route.Method.Method && route.Pattern.EndsWith(list.End, StringComparison.Ordinal));

    private static bool IsNative(string path) => path.StartsWith("/api/v1/", StringComparison.Ordinal);

    /// <summary>An answer without what was asked for, and without the id of the request.</summary>
    private string Told(string body) => _fields.Select(field => field.Value).Where(value => value.Length > 0).OrderByDescending(value => value.Length)
        .Aggregate(RequestId().Replace(body, "").Replace("\\u0027", "'", StringComparison.Ordinal), (told, value) => Regex.Replace(told, $@"(?<![\w-]){Regex.Escape(value)}(?![\w-])", "…"));

    private async Task<(int Status, string Body)> Ask(HttpClient by, HttpMethod method, string path)
    {
        var given = _fields.Where(field => !field.Name.StartsWith('{')).ToList();
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

    [GeneratedRegex("\"requestId\":\"[^\"]*\"")]
    private static partial Regex RequestId();

    private sealed record Route(HttpMethod Method, string Path, string Pattern, Permission Permission);
}
