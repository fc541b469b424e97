using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Xunit;

namespace Slipway.Testing;

/// <summary>Walks every route of a module as a caller who may not use it.</summary>
/// <param name="server">Where the module runs.</param>
/// <param name="module">First part of the names of its permissions.</param>
/// <param name="parameters">What to put in place of the parameters of its routes: <c>{name}</c> → <c>x</c>.</param>
public sealed class AccessWalk(TestServer server, string module, params (string Parameter, string Value)[] parameters)
{
    /// <summary>A viewer is refused by every route that changes something, and is told which permission is missing.</summary>
    public async Task RefusesReaders()
    {
        using var reader = await server.Program(Role.Viewer, "default");
        foreach (var (method, path, permission) in Routes().Where(route => !route.Permission.Levels.Contains(Level.Viewer)))
        {
            var (status, body) = await Ask(reader, method, path);

            Assert.True(status == 403, $"{method} {path}: {status} {body}");
            Assert.Contains(permission.Name, body, StringComparison.Ordinal);
        }
    }

    /// <summary>An administrator of another workspace is refused by every route, or finds nothing there.</summary>
    public async Task RefusesStrangers()
    {
        using var stranger = await server.Program(Role.Admin, "risk");
        stranger.DefaultRequestHeaders.Add("X-MLFLOW-WORKSPACE", "default");
        foreach (var (method, path, _) in Routes())
        {
            var (status, body) = await Ask(stranger, method, path);

            Assert.True(status is 403 or 404, $"{method} {path}: {status} {body}");
        }
    }

    private List<(HttpMethod Method, string Path, Permission Permission)> Routes()
    {
        List<(HttpMethod, string, Permission)> routes =
        [
            .. from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               let access = endpoint.Metadata.GetMetadata<Access>() as Access.With
               where access is not null && access.Permission.Name.StartsWith(module + ".", StringComparison.Ordinal)
               from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
               select (new HttpMethod(method), Filled(endpoint.RoutePattern.RawText!), access.Permission),
        ];
        Assert.NotEmpty(routes);
        return routes;
    }

    private string Filled(string pattern) =>
        parameters.Aggregate(pattern.Replace("{workspace}", "default", StringComparison.Ordinal), (path, one) => path.Replace(one.Parameter, one.Value, StringComparison.Ordinal));

    private static async Task<(int Status, string Body)> Ask(HttpClient by, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Get ? null : new StringContent("{}", Encoding.UTF8, "application/json") };
        using var answer = await by.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
