using System.Collections.Concurrent;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Server;

/// <summary>Server-sent events (WHATWG HTML, section 9.2): one stream per browser with a hint for each change that its caller may see.</summary>
internal sealed class Events(LiveHub hub, IAuthenticator authenticator, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, int> _open = new();

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet(Routes.Native + "/events", (HttpContext context, Caller caller, Events events) => events.Stream(context, caller))
        .NeedsSignIn().WithName("StreamEvents").WithSummary("Server-sent events: a `change` for everything that changes and that the caller may see.")
        .Produces<LiveChange>(200, "text/event-stream").ProducesProblem(429);

    private async Task Stream(HttpContext context, Caller caller)
    {
        if (_open.AddOrUpdate(caller.Id, 1, (_, count) => count + 1) > Limits.EventStreamsPerCaller)
        {
            Close(caller);
            await Responses.Write(context, new Problem(429, "too_many_streams", $"{Limits.EventStreamsPerCaller} event streams of '{caller.Name}' are open already; close some."));
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("retry: 1000\n: connected\n\n", end.Token);
            await context.Response.Body.FlushAsync(end.Token);
            await Pump(context, caller, end.Token);
        }
        catch (OperationCanceledException) { /* the browser or the server left */ }
        finally { Close(caller); }
    }

    private async Task Pump(HttpContext context, Caller caller, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var changes = hub.Listen(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = changes.MoveNextAsync().AsTask();
        try
        {
            while (await Task.WhenAny(next, Task.Delay(Ping, clock, ct)) is var first && (first != next || await next))
            {
                // A key revoked or a session ended since then ends its stream, too; a grant taken away narrows it. Credentials known already cost next to nothing.
                if ((await authenticator.Authenticate(context, ct)).Fails(out _, out var still) || still is null || still.Id != caller.Id) { return; }

                if (first != next)
                {
                    ct.ThrowIfCancellationRequested();
                    await Send(context, ": ping\n\n", ct);
                    continue;
                }

                if (still.MayHearOf(changes.Current.Workspace, changes.Current.Id, changes.Current.Parent))
                {
                    await Send(context, $"event: change\ndata: {JsonSerializer.Serialize(changes.Current, WireJson.Options)}\n\n", ct);
                }

                next = changes.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator may not be disposed of while it waits.
            await stop.CancelAsync();
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static async Task Send(HttpContext context, string text, CancellationToken ct)
    {
        await context.Response.WriteAsync(text, ct);
        await context.Response.Body.FlushAsync(ct);
    }

    private void Close(Caller caller) => _open.AddOrUpdate(caller.Id, 0, (_, count) => count - 1);
}
