using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slipway.Webhooks.Tests;

/// <summary>What came in.</summary>
internal sealed record Heard(string Path, string Id, string Timestamp, string? Signature, string? ContentType, string Body);

/// <summary>A receiver of webhooks on loopback, which answers by a script and keeps everything it heard.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Heard> _heard = new();

    private Receiver(Func<int, int> status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            var heard = new Heard(
                context.Request.Path, headers["X-MLflow-Delivery-Id"].ToString(), headers["X-MLflow-Timestamp"].ToString(), headers["X-MLflow-Signature"].FirstOrDefault(),
                context.Request.ContentType, await body.ReadToEndAsync());
            _heard.Enqueue(heard);
            context.Response.StatusCode = status(_heard.Count);
            if (context.Response.StatusCode == 302) { context.Response.Headers.Location = "/elsewhere"; }

            await context.Response.WriteAsync($"heard {_heard.Count} " + new string('x', 2_000));
        });
    }

    public string Url { get; private set; } = "";

    public IReadOnlyList<Heard> All => [.. _heard];

    /// <param name="status">What is answered to the so-manieth request, from 1; null = always 200.</param>
    public static async Task<Receiver> Open(Func<int, int>? status = null)
    {
        var receiver = new Receiver(status ?? (_ => 200));
        await receiver._app.StartAsync();
        receiver.Url = receiver._app.Urls.First() + "/hook";
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
