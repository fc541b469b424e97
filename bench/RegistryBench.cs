using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Slipway.Testing;

namespace Slipway.Bench;

/// <summary>Searches over many registered models with their versions, through HTTP, one call after another.</summary>
internal static class RegistryBench
{
    private const string Mlflow = "/api/2.0/mlflow/";
    private const int Calls = 100;
    private const string Target = "30 ms";

    /// <summary><c>registry [MODELS] [DATABASE]</c>: 10,000 models on SQLite unless said otherwise.</summary>
    public static async Task Run(string[] args)
    {
        var models = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var folder = Machine.Folder();
        try
        {
            await using var server = await ServerProcess.Start(Path.Combine(folder.FullName, "data"), args.Length > 1 ? ["--database", args[1]] : []);
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = server.BaseAddress, Timeout = TimeSpan.FromMinutes(1) };
            var run = await Seed(http, models);
            foreach (var (name, path) in Searches(models, run, await LatePage(http))) { await Latency(http, name, path); }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident memory after all of it: {server.ResidentBytes() / 1e6:#,0} MB"));
        }
        finally { folder.Delete(recursive: true); }
    }

    private static (string Name, string Path)[] Searches(int models, string run, string late) =>
    [
        ("models, no filter", Models("")),
        ("models, the newest change first", Models("", "last_updated_timestamp DESC")),
        ("models, one name", Models($"name = 'model-{models / 2}'")),
        ("models, name LIKE, 10 % match", Models("name LIKE '%7'")),
        ("models, name ILIKE, none matches", Models("name ILIKE '%nothing%'")),
        ("models, a tag half of them have, by change", Models("tags.team = 'red'", "last_updated_timestamp DESC")),
        ("models, a rare tag (0.1 %)", Models("tags.number = '77'")),
        ("models, two tags and a name (0.5 %)", Models("tags.team = 'red' AND tags.tier = '3' AND name LIKE '%7'")),
        ("models, after the first 90 %", $"{Models("")}&page_token={Uri.EscapeDataString(late)}"),
        ("models, native list", "/api/v1/w/default/models?limit=100"),
        ("versions, no filter", Versions("")),
        ("versions of one model", Versions($"name = 'model-{models / 2}'")),
        ("versions of one run", Versions($"run_id = '{run}'")),
        ("versions, a tag (10 %), the newest first", Versions("tags.stage = '3'", "creation_timestamp DESC")),
        ("one model", $"{Mlflow}registered-models/get?name=model-{models / 2}"),
        ("one version by alias", $"{Mlflow}registered-models/alias?name=model-{models / 2}&alias=champion"),
    ];

    /// <summary>Models with 3 tags, an alias, a run and 3 versions each; a version has a tag.</summary>
    /// <returns>The run of the model in the middle.</returns>
    private static async Task<string> Seed(HttpClient http, int models)
    {
        var (clock, next, runs) = (Stopwatch.StartNew(), -1, new string[models]);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < models; i = Interlocked.Increment(ref next))
            {
                var (name, random) = ($"model-{i}", new Random(i));
                await Post(http, "registered-models/create", new
                {
                    name,
                    description = "Scores applications; made by the benchmark.",
                    tags = new[] { Tag("team", random.Next(2) == 0 ? "red" : "blue"), Tag("tier", $"{random.Next(10)}"), Tag("number", $"{random.Next(1_000)}") },
                });
                runs[i] = (await Post(http, "runs/create", new { experiment_id = "0", run_name = name })).GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
                for (var version = 1; version <= 3; version++)
                {
                    await Post(http, "model-versions/create", new { name, source = $"s3://bucket/{name}/{version}", run_id = runs[i], tags = new[] { Tag("stage", $"{random.Next(10)}") } });
                }

                await Post(http, "registered-models/alias", new { name, alias = "champion", version = "2" });
            }
        }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{models:#,0} models with 3 tags, 3 versions and an alias made in {clock.Elapsed.TotalSeconds:0.0} s"));
        return runs[models / 2];
    }

    /// <summary>The token of the page that follows the first 90 %, reached page by page as a client does.</summary>
    private static async Task<string> LatePage(HttpClient http)
    {
        var (token, pages) = ("", new List<string>());
        do
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"{Mlflow}registered-models/search?max_results=100&page_token={Uri.EscapeDataString(token)}");
            token = page.TryGetProperty("next_page_token", out var next) ? next.GetString()! : "";
            pages.Add(token);
        }
        while (token.Length > 0);
        return pages[(pages.Count * 9 / 10) - 1];
    }

    private static object Tag(string key, string value) => new { key, value };

    private static string Models(string filter, string order = "") => Search("registered-models/search", filter, order);

    private static string Versions(string filter, string order = "") => Search("model-versions/search", filter, order);

    private static string Search(string verb, string filter, string order) =>
        $"{Mlflow}{verb}?max_results=100{(filter.Length == 0 ? "" : $"&filter={Uri.EscapeDataString(filter)}")}{(order.Length == 0 ? "" : $"&order_by={Uri.EscapeDataString(order)}")}";

    private static async Task Latency(HttpClient http, string name, string path)
    {
        for (var i = 0; i < 5; i++) { await http.GetByteArrayAsync(path); }

        var took = new List<double>(Calls);
        for (var i = 0; i < Calls; i++)
        {
            var clock = Stopwatch.StartNew();
            await http.GetByteArrayAsync(path);
            took.Add(clock.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-48} p50 {Figures.Quantile(took, 0.5),7:0.0} ms   p95 {Figures.Quantile(took, 0.95),7:0.0} ms   p99 {Figures.Quantile(took, 0.99),7:0.0} ms   target p95 {Target}"));
    }

    private static async Task<JsonElement> Post(HttpClient http, string verb, object body)
    {
        using var answer = await http.PostAsJsonAsync(Mlflow + verb, body);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }
}
