using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Slipway.Kernel;

namespace Slipway.Server;

/// <summary>The one place that turns exceptions into answers: known ones by their meaning, unknown ones into a 500 without detail, logged once.</summary>
internal sealed partial class Failures(RequestDelegate next, ILogger<Failures> log)
{
    /// <summary>What the failed handler may have said about the content that it could not send.</summary>
    private static readonly string[] OfTheContent =
    [
        HeaderNames.ContentLength, HeaderNames.ContentRange, HeaderNames.ContentDisposition, HeaderNames.ContentEncoding, HeaderNames.ETag, HeaderNames.LastModified, HeaderNames.AcceptRanges,
    ];

    public async Task Invoke(HttpContext context)
    {
        try { await next(context); }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested) { context.Response.StatusCode = 499; }
#pragma warning disable CA1031 // this is the place
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (context.Response.HasStarted)
            {
                Broken(context.Request.Path, context.TraceIdentifier, error);
                context.Abort();
                return;
            }

            var problem = Known(error) ?? (error is BlobCorruptException or BlobMissingException ? Damaged(context, error) : Unknown(context, error));
            foreach (var header in OfTheContent) { context.Response.Headers.Remove(header); }

            if (problem.Status is 503 or 429) { context.Response.Headers.RetryAfter = "1"; }

            if (context.GetEndpoint()?.Metadata.GetMetadata<ProblemWriter>() is { } foreign) { await foreign.Write(context, problem); }
            else { await Responses.Write(context, problem); }
        }
    }

    private static Problem? Known(Exception error) => error switch
    {
        TextWithNulException => new Problem(400, "invalid_text", error.Message),
        StorageException { DiskFull: true } => new Problem(507, "storage_full", error.Message),
        StorageException => new Problem(503, "storage_unavailable", error.Message),
        OverloadedException => new Problem(503, "overloaded", error.Message),
        QueryTooLongException => new Problem(503, "query_too_long", error.Message),
        BadHttpRequestException { InnerException: JsonException json } => Unreadable(json),
        BadHttpRequestException bad => new Problem(bad.StatusCode, bad.StatusCode == 413 ? "too_large" : "bad_request", bad.Message),
        JsonException json => Unreadable(json),
        _ => null,
    };

    private static Problem Unreadable(JsonException json) => new(400, "invalid_json", $"The JSON body cannot be taken: {json.Message}") { Field = json.Path is "$" ? null : json.Path };

    /// <summary>The caller learns which content is gone, since only putting it again or a backup brings it back; the operator learns it from the log.</summary>
    private Problem Damaged(HttpContext context, Exception error)
    {
        Unexpected(context.Request.Method, context.Request.Path, context.TraceIdentifier, error);
        return new Problem(500, "damaged_content", error.Message);
    }

    private Problem Unknown(HttpContext context, Exception error)
    {
        Unexpected(context.Request.Method, context.Request.Path, context.TraceIdentifier, error);
        return new Problem(500, "internal", $"The server failed; its log says why under request id {context.TraceIdentifier}.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed (request {RequestId})")]
    private partial void Unexpected(string method, string path, string requestId, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The answer of {Path} broke off (request {RequestId})")]
    private partial void Broken(string path, string requestId, Exception error);
}
