using System.Net;
using System.Net.Http.Json;
using Slipway.Kernel;

namespace Slipway.Server.Tests;

/// <summary>More work than the server can hold: it says so at once, and goes on when the crowd has gone.</summary>
/// <remarks>Tens of thousands of calls take the whole machine: no other test runs beside these.</remarks>
[Collection(nameof(Alone))]
public sealed class WaitingTests
{
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public async Task Writes_past_the_limit_are_a_503_with_Retry_After()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var door = new ManualResetEventSlim();
        using var running = new CountdownEvent(1);
        var crowd = await Crowd(Limits.WaitingWrites, running, () => server.Db.Write(_ => Hold(running, door), CancellationToken.None));

        using var refused = await server.Http.PostAsJsonAsync("/api/v1/workspaces", new { name = "risk", title = "Risk" });
        door.Set();
        await Task.WhenAll(crowd);
        using var accepted = await server.Http.PostAsJsonAsync("/api/v1/workspaces", new { name = "risk", title = "Risk" });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
    }

    [Fact]
    public async Task Reads_past_the_limit_are_a_503_with_Retry_After()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var door = new ManualResetEventSlim();
        using var running = new CountdownEvent(new DbOptions("").Readers);
        var crowd = await Crowd(Limits.WaitingReads, running, () => server.Db.Read(_ => Hold(running, door), CancellationToken.None));

        using var refused = await server.Http.GetAsync("/api/v1/workspaces");
        door.Set();
        await Task.WhenAll(crowd);
        using var accepted = await server.Http.GetAsync("/api/v1/workspaces");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Fact]
    public async Task An_event_stream_past_the_limit_is_a_429()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var streams = await Task.WhenAll(Enumerable.Range(0, Limits.EventStreamsPerCaller).Select(_ => server.Http.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead)));

        using var refused = await server.Http.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);

        Assert.All(streams, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        foreach (var stream in streams) { stream.Dispose(); }
    }

    /// <summary>Keeps every thread of the database busy, then fills the queue before them until it refuses.</summary>
    private static async Task<List<Task>> Crowd(int limit, CountdownEvent running, Func<Task> call)
    {
        var waiting = new List<Task>();
        for (var i = running.InitialCount; i > 0; i--) { waiting.Add(call()); }

        // A thread that had not begun yet would make room again later.
        while (!running.IsSet) { await Task.Delay(5); }

        for (var i = 0; i <= limit; i++)
        {
            try { waiting.Add(call()); }
            catch (OverloadedException) { return waiting; }
        }

        throw new InvalidOperationException($"{waiting.Count} calls were taken in, and the limit is {limit}.");
    }

    private static int Hold(CountdownEvent running, ManualResetEventSlim door)
    {
        if (!running.IsSet) { running.Signal(); }

        door.Wait();
        return 0;
    }
}
