using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Server.Tests;

/// <summary>Nothing that a client of MLflow may ask for is an unknown path: a room answers it, or a sentence says that none does yet.</summary>
public sealed class InventoryTests
{
    private static readonly IReadOnlyList<(string Method, string Path)> Later = [.. LaterGroups.All.SelectMany(LaterRoutes.Routes)];

    [Fact]
    public async Task Every_route_of_Mlflow_is_answered_by_a_room_or_listed_as_coming_later()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var real = Shapes(Endpoints(server).Where(route => !IsLater(route.Access)).Select(route => (route.Method, route.Pattern)));
        var later = Shapes(Later);

        var inNeither = Shapes(MlflowRoutes.All).Except(real).Except(later);
        var inBoth = real.Intersect(later);
        var notOfMlflow = later.Except(Shapes(MlflowRoutes.All));

        Assert.Equal("", string.Join('\n', [.. inNeither.Select(route => $"in neither: {route}"), .. inBoth.Select(route => $"in both: {route}"), .. notOfMlflow.Select(route => $"not of MLflow: {route}")]));
    }

    [Fact]
    public async Task What_comes_later_is_a_501_that_says_so_and_is_never_tried_again()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var faults = new List<string>();

        foreach (var (method, path) in Later)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), MlflowRoutes.Filled(path)) { Content = method == "GET" ? null : new StringContent("{}", null, "application/json") };
            using var answer = await server.Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode != 501 || (string?)JsonNode.Parse(text)!["error_code"] != "NOT_IMPLEMENTED" || !text.Contains("not offered by this server yet", StringComparison.Ordinal))
            {
                faults.Add($"{method} {path}: {(int)answer.StatusCode} {text}");
            }
        }

        Assert.Empty(faults);
    }

    private static bool IsLater(Access? access) => access is Access.With { Permission.Name: var name } && name.StartsWith("mlflow.later.", StringComparison.Ordinal);

    private static HashSet<string> Shapes(IEnumerable<(string Method, string Path)> routes) => [.. routes.Select(route => $"{route.Method} {MlflowRoutes.Shape(route.Path)}")];

    private static IEnumerable<(string Method, string Pattern, Access? Access)> Endpoints(TestServer server) =>
        from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, endpoint.RoutePattern.RawText ?? "", endpoint.Metadata.GetMetadata<Access>());
}
