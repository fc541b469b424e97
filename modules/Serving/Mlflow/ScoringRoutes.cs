using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Serving.Live;
using Slipway.Serving.Predict;
using Slipway.Serving.V2;

namespace Slipway.Serving.Mlflow;

/// <summary>The protocol of MLflow's scoring server below <c>/endpoints/{name}</c>.</summary>
internal sealed class ScoringRoutes(Predictor predictor)
{
    private static readonly string Version = typeof(ScoringRoutes).Assembly.GetName().Version!.ToString(3);

    public void Map(IEndpointRouteBuilder routes)
    {
        Protocol(routes.MapPost("/endpoints/{name}/invocations", (RequestDelegate)Invoke).Needs(Permissions.Predict));
        Protocol(routes.MapGet("/endpoints/{name}/ping", (RequestDelegate)Ping).Needs(Permissions.EndpointsRead));
        Protocol(routes.MapGet("/endpoints/{name}/health", (RequestDelegate)Ping).Needs(Permissions.EndpointsRead));
        Protocol(routes.MapGet("/endpoints/{name}/version", (RequestDelegate)Tell).Needs(Permissions.EndpointsRead));
    }

    private static void Protocol(IEndpointConventionBuilder route) => route.WithMetadata(ScoringProblems.Writer).ExcludeFromDescription();

    private Result<LiveEndpoint> Find(HttpContext context) => predictor.Find(context.Features.Get<Caller>()!, (string)context.Request.RouteValues["name"]!);

    /// <summary>A line feed when the model answers, 404 when it does not.</summary>
    private async Task Ping(HttpContext context)
    {
        var ready = !Find(context).Fails(out _, out var endpoint) && endpoint.Champion is { Model: not null };
        context.Response.StatusCode = ready ? 200 : 404;
        context.Response.ContentType = "application/json";
        await context.Response.BodyWriter.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
    }

    private Task Tell(HttpContext context)
    {
        if (Find(context).Fails(out var problem, out _)) { return ScoringProblems.Write(context, problem); }

        context.Response.ContentType = "application/json";
        return context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(Version), context.RequestAborted).AsTask();
    }

    private async Task Invoke(HttpContext context)
    {
        if (Find(context).Fails(out var problem, out var endpoint))
        {
            await ScoringProblems.Write(context, problem);
            return;
        }

        if ((problem = await Invoke(context, endpoint)) is null) { return; }

        predictor.Refuse(endpoint, problem);
        await ScoringProblems.Write(context, problem);
    }

    private async Task<Problem?> Invoke(HttpContext context, LiveEndpoint endpoint)
    {
        if (TypeOf(context.Request.ContentType).Fails(out var problem, out var csv)) { return problem; }

        var body = await MlflowBody.Read(context.Request, context.RequestAborted);
        var began = Stopwatch.GetTimestamp();
        var request = endpoint.Inputs.Rent();
        var bytes = body.IsSingleSegment ? body.First : body.ToArray();
        problem = (csv ? CsvTable.Read(bytes.Span, request) : ScoringReader.Read(bytes, request)) ?? UnitHeader.Read(context.Request, request)
            ?? (request.Rows == 0 ? Problem.Invalid("body", "There is no row; send at least one.") : null);
        MlflowBody.Release(context.Request, body);
        Predictor.Mark(request, Phase.Parse, ref began);
        if (problem is null && !(await predictor.Answer(endpoint, request, null, context.TraceIdentifier, context.RequestAborted)).Fails(out problem, out var answer))
        {
            await Send(context, request, answer);
            predictor.Finish(endpoint, request, answer);
            return null;
        }

        request.Set.Return(request);
        return problem;
    }

    /// <summary>True for CSV, false for JSON; only UTF-8.</summary>
    private static Result<bool> TypeOf(string? contentType)
    {
        if (contentType is not null && MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType is "application/json" or "text/csv"
            && type.Parameters.All(parameter => parameter.Name == "charset" && string.Equals(parameter.Value?.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return type.MediaType == "text/csv";
        }

        return new Problem(415, "wrong_content_type", $"This predictor only supports the content types application/json and text/csv, in UTF-8; '{contentType}' was sent.");
    }

    private static async Task Send(HttpContext context, PredictionRequest request, PredictionAnswer answer)
    {
        var began = Stopwatch.GetTimestamp();
        var bytes = request.Answer;
        Write(bytes, answer);
        Predictor.Mark(request, Phase.Serialise, ref began);
        ServerTiming.Write(context.Response, request);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(bytes.WrittenMemory, context.RequestAborted);
    }

    /// <summary>One record per row: the model's outputs and the decision.</summary>
    private static void Write(IBufferWriter<byte> to, PredictionAnswer answer)
    {
        using var json = new Utf8JsonWriter(to, MlflowJson.Plain);
        json.WriteStartObject();
        json.WriteStartArray("predictions"u8);
        for (var row = 0; row < answer.Rows; row++)
        {
            json.WriteStartObject();
            foreach (var output in answer.Outputs)
            {
                var width = output.Length / answer.Rows;
                json.WritePropertyName(output.Name);
                if (width != 1) { json.WriteStartArray(); }

                for (var at = row * width; at < (row + 1) * width; at++) { Value(json, output, at); }

                if (width != 1) { json.WriteEndArray(); }
            }

            if (answer.Decisions is { } decisions && !answer.Outputs.Any(output => output.Name == V2Writer.Decision)) { json.WriteString(V2Writer.Decision, decisions[row]); }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, OutputColumn output, int at)
    {
        if (output.Texts is { } texts) { json.WriteStringValue(texts[at]); }
        else if (output.Integers is { } integers) { json.WriteNumberValue(integers[at]); }
        else if (!double.IsFinite(output.Numbers![at])) { json.WriteNullValue(); }
        else { json.WriteNumberValue(output.Numbers[at]); }
    }
}
