using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Live;

namespace Slipway.Serving.V2;

/// <summary>Health and metadata of the protocol.</summary>
internal sealed class MetadataRoutes(LiveEndpoints live)
{
    private static readonly string[] Models = ["/v2/models/{name}", "/v2/models/{name}/versions/{version}"];
    private static readonly string Server = typeof(MetadataRoutes).Assembly.GetName().Version!.ToString(3);

    public void Map(IEndpointRouteBuilder routes)
    {
        const string why = "Probes come without credentials; it says only whether the server answers.";
        Protocol(routes.MapGet("/v2/health/live", context => Write(context, 200, json => json.WriteBoolean("live"u8, true))).OpenToAll(why));
        Protocol(routes.MapGet("/v2/health/ready", context => Write(context, live.IsReady ? 200 : 503, json => json.WriteBoolean("ready"u8, live.IsReady))).OpenToAll(why));
        Protocol(routes.MapGet("/v2", context => Write(context, 200, Describe)).NeedsSignIn());
        foreach (var path in Models)
        {
            Protocol(routes.MapGet(path, (RequestDelegate)Model).Needs(Permissions.EndpointsRead));
            Protocol(routes.MapGet(path + "/ready", (RequestDelegate)Ready).Needs(Permissions.EndpointsRead));
        }
    }

    private static void Protocol(IEndpointConventionBuilder route) => route.WithMetadata(V2Problems.Writer).ExcludeFromDescription();

    private static void Describe(Utf8JsonWriter json)
    {
        json.WriteString("name"u8, "slipway");
        json.WriteString("version"u8, Server);
        json.WriteStartArray("extensions"u8);
        json.WriteEndArray();
    }

    private Task Model(HttpContext context)
    {
        if (Find(context).Fails(out var problem, out var found)) { return V2Problems.Write(context, problem); }

        return found.Deployment is { Model: { } model }
            ? Write(context, 200, json => V2Writer.Metadata(json, found.Endpoint, model))
            : V2Problems.Write(context, found.Deployment?.Fault ?? new Problem(503, "nothing_deployed", $"No version is deployed under endpoint '{found.Endpoint.Name}'."));
    }

    private Task Ready(HttpContext context)
    {
        if (Find(context).Fails(out var problem, out var found)) { return V2Problems.Write(context, problem); }

        var ready = !found.Endpoint.Stopped && found.Deployment?.Model is not null;
        return Write(context, ready ? 200 : 503, json =>
        {
            json.WriteString("name"u8, found.Endpoint.Name);
            json.WriteBoolean("ready"u8, ready);
        });
    }

    /// <summary>The endpoint with the version that the path names, or its champion.</summary>
    private Result<(LiveEndpoint Endpoint, LiveDeployment? Deployment)> Find(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        if (live.Find(context.Features.Get<Caller>()!, name) is not { } endpoint) { return EndpointFaults.NotFound(name); }

        return InferRoute.VersionOf(context, endpoint).Then(version => (endpoint, version is { } wanted ? endpoint.Deployments.FirstOrDefault(one => one.Row.Version == wanted) : endpoint.Champion));
    }

    private static async Task Write(HttpContext context, int status, Action<Utf8JsonWriter> fill)
    {
        context.Response.StatusCode = status;
        await MlflowJson.Answer(context, fill);
    }
}
