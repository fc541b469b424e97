using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Slipway.Identity.Contracts;

namespace Slipway.Server.Tests;

/// <summary>
/// Somebody who may do much in a workspace, but is kept out of one experiment and of some models, asks every route that reads: no answer holds a name or an id of theirs. A new route is asked without
/// anybody adding it to a list.
/// </summary>
public sealed partial class HiddenObjectsTests
{
    /// <summary>Routes that are not asked here, and why.</summary>
    private static readonly Dictionary<string, string> NotAsked = new()
    {
        ["/api/v1/events"] = "It never ends; EventsTests listen to it.",
    };

    [Theory, EachDatabase]
    public async Task No_route_tells_of_what_a_grant_hides(string database)
    {
        await using var house = await HiddenHouse.Open(database);
        var routes = ServerRoute.All(house.Server).Where(Reads).ToList();
        var (told, leaks, differ) = (0, new List<string>(), new List<string>());

        foreach (var request in routes.SelectMany(route => house.RequestsTo(route)))
        {
            var seen = await Ask(house.Server.Http, request);
            if (seen.Status < 400 && house.Tells(seen.Body)) { told++; }

            var answer = await Ask(house.KeptOut, request);
            if (house.Tells(answer.Status < 400 ? answer.Body : request.WithoutEcho(answer.Body))) { leaks.Add($"{request}: {answer.Status} {Short(answer.Body)}"); }

            // MLflow's routes say "Permission denied" of the one and "not found" of the other, as MLflow does.
            if (!request.Path.StartsWith("/api/v1/", StringComparison.Ordinal) || request.Absent is not { } absent) { continue; }

            var nothing = await Ask(house.KeptOut, absent);
            if (nothing.Status != answer.Status) { differ.Add($"{request}: {answer.Status}, of what does not exist {nothing.Status}"); }
        }

        Assert.True(leaks.Count + differ.Count == 0, string.Join('\n', leaks.Concat(differ).Take(30)));
        // Asked by the owner, the same requests do find it.
        Assert.True(told > 60, $"Only {told} answers told the owner of it.");
        foreach (var (change, absent) in house.Changes())
        {
            var (answer, nothing) = (await Ask(house.KeptOut, change), await Ask(house.KeptOut, absent));
            Assert.True(answer.Status == 404 && nothing.Status == 404, $"{change}: {answer.Status} {answer.Body}, of what does not exist {nothing.Status} {nothing.Body}");
        }
    }

    private static bool Reads(ServerRoute route) => !route.IsOpen && !route.ComesLater && !NotAsked.ContainsKey(route.Path)
        && (route.Method == "GET" || (route.Method == "POST" && Searches().IsMatch(route.Path)));

    private static async Task<(int Status, string Body)> Ask(HttpClient by, HiddenRequest asked)
    {
        using var request = new HttpRequestMessage(new HttpMethod(asked.Method), asked.Path);
        if (asked.Body is { } body) { request.Content = new StringContent(body, Encoding.UTF8, "application/json"); }

        using var answer = await by.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync() + string.Join('\n', answer.Headers.Select(header => string.Join(',', header.Value))));
    }

    private static string Short(string text) => text.Length > 400 ? text[..400] : text;

    [GeneratedRegex("(/search|/search-datasets|/get-latest-versions)$")]
    private static partial Regex Searches();
}

/// <summary>A request that may name what is hidden.</summary>
/// <param name="Named">What it names of it.</param>
/// <param name="Absent">The same about what does not exist; null when it names nothing.</param>
internal sealed record HiddenRequest(string Method, string Path, string? Body, IReadOnlyList<string> Named, HiddenRequest? Absent = null)
{
    /// <summary>A refusal may repeat what it was asked for.</summary>
    public string WithoutEcho(string body) => Named.OrderByDescending(value => value.Length).Aggregate(body, (left, value) => left.Replace(value, "", StringComparison.Ordinal));

    public override string ToString() => $"{Method} {Path} {Body}";
}
