using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel;

/// <summary>How results become HTTP: values as JSON, problems as RFC 9457.</summary>
public static class Responses
{
    public const string ProblemType = "application/problem+json";

    public static IResult ToHttp<T>(this Result<T> result) => result.Fails(out var problem, out var value) ? problem.ToHttp()
        : value is Done ? Results.NoContent()
        : Results.Ok(value);

    /// <summary>As <see cref="ToHttp{T}(Result{T})"/>, with 201 and the address of what was made.</summary>
    public static IResult ToCreated<T>(this Result<T> result, Func<T, string> location) =>
        result.Fails(out var problem, out var value) ? problem.ToHttp() : Results.Created(location(value), value);

    public static IResult ToHttp(this Problem problem) => new ProblemAnswer(problem);

    /// <summary>Writes the problem as the answer, unless an answer has begun already.</summary>
    public static Task Write(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted) { return Task.CompletedTask; }

        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = ProblemType;
        if (problem.RetryAfterSeconds is { } seconds) { context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture); }

        return context.Response.Body.WriteAsync(Body(problem, context.TraceIdentifier), context.RequestAborted).AsTask();
    }

    private static byte[] Body(Problem problem, string requestId) => JsonSerializer.SerializeToUtf8Bytes(new Contracts.ProblemView(
        $"urn:slipway:problem:{problem.Code}", TitleOf(problem), problem.Status, problem.Detail, problem.Code, requestId, problem.Field,
        problem.Faults.Count == 0 ? null : [.. problem.Faults.Select(fault => new Contracts.FaultView(fault.Field, fault.Detail))],
        problem.Evidence is null ? null : JsonSerializer.SerializeToElement(problem.Evidence, Contracts.WireJson.Options)), Contracts.WireJson.Options);

    private static string TitleOf(Problem problem) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(problem.Status);

    private sealed class ProblemAnswer(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, problem);
    }
}
