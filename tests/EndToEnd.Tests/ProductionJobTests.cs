using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Slipway.EndToEnd.Tests;

/// <summary>From a registered version to production, stopped and released again, by the command line of two people; then looked at in the browser.</summary>
public sealed class ProductionJobTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Model = "mortgage-scorecard";
    private const string Password = "correct horse battery staple";

    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "samples", "mortgage");

    [Fact]
    public async Task From_a_version_to_production_and_a_stop()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-e2e-").FullName;
        try
        {
            await using var server = await ServerProcess.Start(folder);
            using var http = server.NewClient();
            var owner = new Terminal(server.BaseAddress);
            var approver = owner.With(await Invite(server, http, "ada", "approver"));
            await Invite(server, http, "olga", "viewer");
            await owner.Type(0, "pipeline", "run", Path.Combine(Sample, "pipeline.yaml"), "--watch");

            await Approve(owner, approver);
            await Serve(owner, approver);

            var page = await chromium.NewPerson();
            Assert.Empty(await InTheBrowser(page, path => new Uri(server.BaseAddress, path).ToString()));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task Approve(Terminal owner, Terminal approver)
    {
        await owner.Type(0, "inventory", "set", Model, Path.Combine(Sample, "inventory.yaml"));
        Assert.Contains("Nobody has asked", await owner.Type(1, "deploy", "mortgage", "1", "--model", Model), StringComparison.Ordinal);
        Assert.Contains("at least 0.8", await owner.Type(0, "request", Model, "1", "--reason", "For production."), StringComparison.Ordinal);
        await owner.Type(1, "approve", Model, "1", "--reason", "I made it myself.");
        await approver.Type(1, "approve", Model, "1", "--reason", "The ratio is too low.");
        await approver.Type(0, "exceptions", "grant", Model, "four-fifths", "--version", "1", "--days", "90", "--reason", "The data themselves stand at 0.768.");
        Assert.Contains("is approved", await approver.Type(0, "approve", Model, "1", "--reason", "Dated, and looked at."), StringComparison.Ordinal);
    }

    private static async Task Serve(Terminal owner, Terminal approver)
    {
        await owner.Type(0, "deploy", "mortgage", "1");
        Assert.Contains("approve", await owner.Type(0, "predict", "mortgage", await Rows("0.221")), StringComparison.Ordinal);
        Assert.Contains("pirat", await owner.Type(1, "predict", "mortgage", await Rows("22.1")), StringComparison.Ordinal);

        await owner.Type(0, "kill", "mortgage", "--reason", "A drill.");
        await owner.Type(1, "predict", "mortgage", await Rows("0.221"));
        await owner.Type(0, "release", "mortgage", "--reason", "The drill is over.");
        await owner.Type(1, "predict", "mortgage", await Rows("0.221"));
        await approver.Type(0, "release", "mortgage", "--reason", "I have seen it answer nothing.");
        await owner.Type(0, "predict", "mortgage", await Rows("0.221"));
    }

    /// <summary>A file of one application.</summary>
    private static async Task<string> Rows(string payments)
    {
        var lines = File.ReadLines(Path.Combine(Sample, "hmda.csv")).Take(2).ToArray();
        var path = Path.Combine(Directory.CreateTempSubdirectory("slipway-rows-").FullName, "rows.csv");
        var (columns, values) = (lines[0].Split(','), lines[1].Split(','));
        values[Array.IndexOf(columns, "pirat")] = payments;
        await File.WriteAllTextAsync(path, $"{lines[0]}\n{string.Join(',', values)}\n");
        return path;
    }

    private static async Task<List<string>> InTheBrowser(IPage page, Func<string, string> url)
    {
        var faults = new List<string>();
        await page.GotoAsync(url($"/w/default/models/{Model}"));
        await Expect(page.GetByText("exception from 'four-fifths'").First).ToBeVisibleAsync();
        faults.AddRange(await Looks.Faults(page, "production-model"));
        return faults;
    }

    /// <returns>The secret of a key that acts in the person's name.</returns>
    private static async Task<string> Invite(ServerProcess server, HttpClient http, string name, string role)
    {
        var invited = await Post(http, "/api/v1/people", new { name, displayName = name });
        await Post(http, "/api/v1/grants", new { principalId = (string)invited["person"]!["id"]!, resource = "workspace/default", level = role });
        using var person = server.NewClient();
        using (var setUp = await person.PostAsJsonAsync("/api/v1/set-up", new { token = ((string)invited["invitation"]!["url"]!).Split("#token=")[1], password = Password })) { Assert.Equal(204, (int)setUp.StatusCode); }

        person.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{Password}")));
        return (string)(await Post(person, "/api/v1/keys", new { name = "terminal", workspace = "default", expiresInDays = 1 }))["secret"]!;
    }

    private static async Task<JsonNode> Post(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }
}
