using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.Tests.SignIn;

public sealed class EventStreamTests
{
    [Theory, EachDatabase]
    public async Task A_stream_ends_with_the_session_that_opened_it(string database)
    {
        await using var house = await House.Open(database);
        var (ann, person) = await house.Person("ann", ("workspace/default", Role.Viewer));
        var hub = house.Server.Services.GetRequiredService<LiveHub>();
        using var lines = await Listen(house, ann.Cookie!);

        hub.Send(new LiveChange("run", "default", "1"));
        Assert.Contains("\"id\":\"1\"", await NextData(lines), StringComparison.Ordinal);
        await house.Admin.Delete($"people/{person.Id}");
        hub.Send(new LiveChange("run", "default", "2"));

        Assert.Null(await NextData(lines));
    }

    [Theory, EachDatabase]
    public async Task A_stream_tells_nothing_of_workspaces_that_its_caller_may_not_see(string database)
    {
        await using var house = await House.Open(database);
        var (ann, person) = await house.Person("ann", ("workspace/default", Role.Viewer));
        await house.Admin.Post<WorkspaceView>("workspaces", new CreateWorkspaceRequest("risk", "Risk"));
        var hub = house.Server.Services.GetRequiredService<LiveHub>();
        using var lines = await Listen(house, ann.Cookie!);

        hub.Send(new LiveChange("run", "risk", "1"));
        hub.Send(new LiveChange("run", "default", "2"));
        Assert.Contains("\"id\":\"2\"", await NextData(lines), StringComparison.Ordinal);
        await house.Grant(person.Id, "workspace/risk", Role.Viewer);
        hub.Send(new LiveChange("run", "risk", "3"));

        Assert.Contains("\"id\":\"3\"", await NextData(lines), StringComparison.Ordinal);
    }

    private static async Task<StreamReader> Listen(House house, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Add("Cookie", cookie);
        var response = await house.Server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() != ": connected") { }

        var hub = house.Server.Services.GetRequiredService<LiveHub>();
        while (hub.Readers == 0) { await Task.Yield(); }

        return lines;
    }

    /// <summary>The data of the next change; null when the stream has ended.</summary>
    private static async Task<string?> NextData(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && !line.Contains("\"kind\":\"audit", StringComparison.Ordinal)) { return line; }
        }

        return null;
    }
}
