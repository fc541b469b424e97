using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Slipway.EndToEnd.Tests;

/// <summary>The real server on an empty folder, and what people and programs do with it from outside.</summary>
internal sealed partial class House : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private readonly string _folder;

    private House(string folder, ServerProcess server) => (_folder, Server) = (folder, server);

    public ServerProcess Server { get; }

    /// <param name="auth"><c>required</c>: everybody signs in; <c>local</c>: whoever is on this machine is in, and pipelines may run programs.</param>
    /// <param name="settings">YAML of further settings; null = none.</param>
    public static async Task<House> Open(string auth = "required", string? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-e2e-").FullName;
        if (settings is null) { return new House(folder, await ServerProcess.Start(folder, ["--auth", auth])); }

        var file = Path.Combine(folder, "slipway.yaml");
        await File.WriteAllTextAsync(file, settings);
        return new House(folder, await ServerProcess.Start(folder, ["--auth", auth, "--config", file]));
    }

    public string Url(string path) => new Uri(Server.BaseAddress, path).ToString();

    /// <summary>The one-time link that the first start prints.</summary>
    public async Task<string> SetUpLink()
    {
        for (var i = 0; i < 100; i++)
        {
            if (Server.Output.Select(line => LinkPattern().Match(line)).FirstOrDefault(match => match.Success) is { } found) { return found.Value; }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"No set-up link was printed:\n{string.Join('\n', Server.Output)}");
    }

    /// <summary>Opens the first start's link and makes the first administrator.</summary>
    public async Task SetUp(IPage page, string name)
    {
        await page.GotoAsync(await SetUpLink());
        await page.Locator("input[autocomplete=username]").FillAsync(name);
        await ChoosePassword(page, "Make the administrator and sign in");
    }

    public static async Task ChoosePassword(IPage page, string button)
    {
        await page.Locator("input[autocomplete=new-password]").Nth(0).FillAsync(Password);
        await page.Locator("input[autocomplete=new-password]").Nth(1).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await page.WaitForURLAsync("**/w/default");
    }

    /// <summary>A call of MLflow's REST protocol with a key, as a training script makes it.</summary>
    public async Task<JsonNode> Mlflow(string key, string call, object body)
    {
        using var http = Server.NewClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var answer = await http.PostAsync("/api/2.0/mlflow/" + call, new StringContent(System.Text.Json.JsonSerializer.Serialize(body), null, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{call}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>A request of a page, with the cookie of whoever is signed in there.</summary>
    /// <param name="body">Text is sent as it is, anything else as JSON.</param>
    public static async Task<JsonNode?> Ask(IPage page, string method, string path, object? body = null)
    {
        var (type, text) = body is string file ? ("application/octet-stream", file) : ("application/json", body is null ? null : System.Text.Json.JsonSerializer.Serialize(body));
        var answer = await page.EvaluateAsync<string>(
            """
            async ([method, path, type, body]) => {
              const answer = await fetch(path, { method, body, headers: body === null ? {} : { 'content-type': type } });
              return `${answer.status} ${await answer.text()}`;
            }
            """,
            new[] { method, path, type, text });
        Assert.True(answer[0] == '2', $"{method} {path}: {answer}");
        return answer.Length > 4 ? JsonNode.Parse(answer[4..]) : null;
    }

    /// <summary>Types <c>g</c> and a letter until the page is there: on a busy machine the first keys may come before anybody listens, or too far apart to belong together.</summary>
    public static async Task GoByKeys(IPage page, string letter, string url)
    {
        for (var attempt = 1; ; attempt++)
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(letter);
            try
            {
                await page.WaitForURLAsync(url, new() { Timeout = 3_000 });
                return;
            }
            catch (TimeoutException) when (attempt < 10) { /* again */ }
        }
    }

    /// <summary>A file of <c>samples/</c> as text.</summary>
    public static string Sample(string path) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", path));

    /// <summary>Uploads the files that a definition names and starts a run of it.</summary>
    /// <returns>The id of the run.</returns>
    public static async Task<string> StartPipeline(IPage page, string definition, params IEnumerable<(string Name, string Text)> files)
    {
        var digests = new Dictionary<string, string>();
        foreach (var (name, text) in files) { digests[name] = (string)(await Ask(page, "POST", "/api/v1/w/default/pipelines/files", text))!["digest"]!; }

        return (string)(await Ask(page, "POST", "/api/v1/w/default/pipeline-runs", new { definition, files = digests }))!["id"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"http://\S+/set-up#token=[\w-]+")]
    private static partial Regex LinkPattern();
}
