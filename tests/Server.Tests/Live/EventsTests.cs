using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Server.Tests;

public sealed class EventsTests
{
    [Fact]
    public async Task A_change_reaches_an_open_stream()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var answer = await server.Http.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 1000", await lines.ReadLineAsync());
        Assert.Equal(": connected", await lines.ReadLineAsync());

        var hub = server.Services.GetRequiredService<LiveHub>();
        while (hub.Readers == 0) { await Task.Yield(); }
        hub.Send(new LiveChange("run", "default", "r1", "e1"));

        Assert.Equal("", await lines.ReadLineAsync());
        Assert.Equal("event: change", await lines.ReadLineAsync());
        Assert.Equal("""data: {"kind":"run","workspace":"default","id":"r1","parent":"e1"}""", await lines.ReadLineAsync());
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory, EachDatabase]
    public async Task A_placed_audit_entry_is_told_to_open_pages(string database)
    {
        await using var server = await TestServer.Start(database);
        using var answer = await server.Http.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var hub = server.Services.GetRequiredService<LiveHub>();
        while (hub.Readers == 0) { await Task.Yield(); }

        using var made = await server.Http.PostAsync("/api/v1/people", new StringContent("""{"name":"ada","displayName":"Ada"}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.True(made.IsSuccessStatusCode);
        var line = "";
        while (!line.StartsWith("data:", StringComparison.Ordinal)) { line = await lines.ReadLineAsync() ?? throw new InvalidOperationException("The stream ended."); }

        Assert.Equal("""data: {"kind":"audit","workspace":"","id":"log"}""", line);
    }
}
