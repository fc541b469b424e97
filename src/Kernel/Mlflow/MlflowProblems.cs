using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel.Mlflow;

/// <summary>
/// Problems as MLflow's clients read them: <c>{"error_code": …, "message": …}</c>; refusals of authentication are plain text. What would be a 409 or a
/// permanent 5xx elsewhere is a 400 here: clients decide by <c>error_code</c> and retry every 5xx.
/// </summary>
public static class MlflowProblems
{
    public static readonly ProblemWriter Writer = new(Write);

    public static async Task Write(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted) { return; }

        if (problem.Hidden)
        {
            await Refuse(context, problem with { Status = 403, Detail = "" });
            return;
        }

        if (problem.Code is "unauthenticated" or "forbidden" or "foreign_origin" || problem.Status == 401)
        {
            await Refuse(context, problem);
            return;
        }

        var (status, code) = CodeOf(problem);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, MlflowJson.Plain))
        {
            json.WriteStartObject();
            json.WriteString("error_code"u8, code);
            json.WriteString("message"u8, problem.Detail);
            json.WriteEndObject();
        }
    }

    private static async Task Refuse(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (problem.Status == 401) { context.Response.Headers.WWWAuthenticate = "Basic realm=\"mlflow\""; }

        var text = problem.Status == 401 ? $"You are not authenticated. {problem.Detail}"
            : problem.Code == "foreign_origin" ? $"Cross-origin request blocked. {problem.Detail}"
            : problem.Detail.Length == 0 ? "Permission denied" : $"Permission denied. {problem.Detail}";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
    }

    private static (int Status, string Code) CodeOf(Problem problem) => (problem.Code, problem.Status) switch
    {
        (MlflowFaults.AlreadyExists, _) => (400, "RESOURCE_ALREADY_EXISTS"),
        (MlflowFaults.InvalidState, _) => (400, "INVALID_STATE"),
        (_, 400 or 413) => (problem.Status, "INVALID_PARAMETER_VALUE"),
        (_, 403) => (403, "PERMISSION_DENIED"),
        (_, 404) => (404, "RESOURCE_DOES_NOT_EXIST"),
        (_, 409) => (409, "RESOURCE_CONFLICT"),
        (_, 429) => (429, "REQUEST_LIMIT_EXCEEDED"),
        (_, 501) => (501, "NOT_IMPLEMENTED"),
        (_, 503 or 507) => (problem.Status, "TEMPORARILY_UNAVAILABLE"),
        (_, >= 500) => (problem.Status, "INTERNAL_ERROR"),
        _ => (problem.Status, "BAD_REQUEST"),
    };
}
