using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Serving.Live;
using Slipway.Serving.Predict;

namespace Slipway.Serving.V2;

/// <summary><c>POST /v2/models/{name}[/versions/{version}]/infer</c>: the model of the protocol is the endpoint here.</summary>
internal sealed class InferRoute(Predictor predictor)
{
    private static readonly string[] Paths = ["/v2/models/{name}/infer", "/v2/models/{name}/versions/{version}/infer"];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in Paths) { routes.MapPost(path, (RequestDelegate)Infer).Needs(Permissions.Predict).WithMetadata(V2Problems.Writer).ExcludeFromDescription(); }
    }

    private async Task Infer(HttpContext context)
    {
        var caller = context.Features.Get<Caller>()!;
        if (predictor.Find(caller, (string)context.Request.RouteValues["name"]!).Fails(out var problem, out var endpoint))
        {
            await V2Problems.Write(context, problem);
            return;
        }

        problem = await Infer(context, endpoint);
        if (problem is null) { return; }

        predictor.Refuse(endpoint, problem);
        await V2Problems.Write(context, problem);
    }

    private async Task<Problem?> Infer(HttpContext context, LiveEndpoint endpoint)
    {
        if (VersionOf(context, endpoint).Fails(out var problem, out var version)) { return problem; }

        if (context.Request.Headers.ContainsKey("Inference-Header-Content-Length")) { return new Problem(415, "wrong_content_type", "Binary tensors are not taken here; send the request as JSON."); }

        var body = await MlflowBody.Read(context.Request, context.RequestAborted);
        var began = Stopwatch.GetTimestamp();
        var request = endpoint.Inputs.Rent();
        problem = V2Reader.Read(body, request) ?? UnitHeader.Read(context.Request, request) ?? V2Writer.Fault(request, endpoint);
        MlflowBody.Release(context.Request, body);
        Predictor.Mark(request, Phase.Parse, ref began);
        if (problem is null)
        {
            if (!(await predictor.Answer(endpoint, request, version, context.TraceIdentifier, context.RequestAborted)).Fails(out problem, out var answer))
            {
                await Send(context, endpoint, request, answer);
                predictor.Finish(endpoint, request, answer);
                return null;
            }
        }

        request.Set.Return(request);
        return problem;
    }

    private static async Task Send(HttpContext context, LiveEndpoint endpoint, PredictionRequest request, PredictionAnswer answer)
    {
        var began = Stopwatch.GetTimestamp();
        var bytes = request.Answer;
        V2Writer.Answer(bytes, endpoint, request, answer);
        Predictor.Mark(request, Phase.Serialise, ref began);
        ServerTiming.Write(context.Response, request);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(bytes.WrittenMemory, context.RequestAborted);
    }

    /// <summary>Null when the path names none.</summary>
    public static Result<long?> VersionOf(HttpContext context, LiveEndpoint endpoint)
    {
        if (context.Request.RouteValues["version"] is not string text) { return (long?)null; }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && (endpoint.Champion?.Row.Version == version || endpoint.Canary?.Row.Version == version)
            ? version
            : new Problem(404, "not_found", $"Version '{(text.Length > 20 ? text[..20] + "…" : text)}' does not answer under endpoint '{endpoint.Name}'; {string.Join(" and ", endpoint.Deployments.Where(one => one.Row.Role != Ports.DeploymentRole.Shadow).Select(one => one.Row.Version))} does.");
    }
}
