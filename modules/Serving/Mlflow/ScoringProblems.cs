using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Slipway.Kernel;

namespace Slipway.Serving.Mlflow;

/// <summary>Problems as MLflow's scoring server writes them: <c>{"error_code", "message"}</c>; a wrong content type is plain text.</summary>
internal static class ScoringProblems
{
    public static readonly ProblemWriter Writer = new(Write);

    public static async Task Write(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted) { return; }

        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfterSeconds is { } seconds) { context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture); }

        if (problem.Status == 415)
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(problem.Detail), context.RequestAborted);
            return;
        }

        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Kernel.Mlflow.MlflowJson.Plain);
        json.WriteStartObject();
        json.WriteString("error_code"u8, CodeOf(problem.Status));
        json.WriteString("message"u8, problem.Detail);
        json.WriteEndObject();
    }

    private static string CodeOf(int status) => status switch
    {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "RESOURCE_DOES_NOT_EXIST",
        429 => "REQUEST_LIMIT_EXCEEDED",
        503 or 507 => "TEMPORARILY_UNAVAILABLE",
        >= 500 => "INTERNAL_ERROR",
        _ => "BAD_REQUEST",
    };
}
