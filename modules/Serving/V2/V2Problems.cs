using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Slipway.Kernel;

namespace Slipway.Serving.V2;

/// <summary>Problems as the protocol wants them: <c>{"error": "…"}</c>.</summary>
internal static class V2Problems
{
    public static readonly ProblemWriter Writer = new(Write);

    public static async Task Write(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted) { return; }

        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/json";
        if (problem.RetryAfterSeconds is { } seconds) { context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture); }

        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Kernel.Mlflow.MlflowJson.Plain);
        json.WriteStartObject();
        json.WriteString("error"u8, problem.Detail);
        json.WriteEndObject();
    }
}
