using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Identity.Contracts;

namespace Slipway.Server.Tests;

/// <summary>A server with an experiment and models from which one contributor is kept out, in every room that may tell of them.</summary>
internal sealed partial class HiddenHouse : IAsyncDisposable
{
    private const string Word = "hush";
    private const string Model = "hush-model";

    /// <summary>Its name is no secret; what it serves is.</summary>
    private const string Endpoint = "front";

    /// <summary>What a request may name of what is hidden, each with something like it that does not exist.</summary>
    private readonly Dictionary<string, string> _absent = new(StringComparer.Ordinal)
    {
        [Model] = "nope-model", ["hush-renamed"] = "nope-renamed", ["hush-before"] = "nope-before", ["hush-gone"] = "nope-gone", [Endpoint] = "rear",
    };

    private readonly Dictionary<string, string> _ids = [];

    private HiddenHouse(TestServer server) => Server = server;

    public TestServer Server { get; }

    /// <summary>A contributor of the workspace whom grants keep out.</summary>
    public HttpClient KeptOut { get; private set; } = null!;

    public static async Task<HiddenHouse> Open(string database)
    {
        var house = new HiddenHouse(await TestServer.Start(database));
        await house.Fill();
        return house;
    }

    /// <summary>True when a text holds a name or an id of what is hidden.</summary>
    public bool Tells(string body) => body.Contains(Word, StringComparison.Ordinal) || _absent.Keys.Any(id => id != Endpoint && body.Contains(id, StringComparison.Ordinal));

    /// <summary>A route asked about nothing in particular, and about each hidden thing, in its path and in its query.</summary>
    public IEnumerable<HiddenRequest> RequestsTo(ServerRoute route)
    {
        var query = string.Join('&', Fields().Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
        foreach (var name in route.Pattern.Replace("{workspace}", "", StringComparison.Ordinal).Contains('{') ? _absent.Keys.ToArray() : [""])
        {
            var path = Filled(route.Pattern, name);
            yield return About(route.Method, path);
            yield return About(route.Method, $"{path}?{query}");
        }
    }

    /// <summary>What would change something about the hidden model in rooms that ask for roles alone, each with the same about what does not exist.</summary>
    public IEnumerable<(HiddenRequest Change, HiddenRequest Absent)> Changes()
    {
        (string Method, string Path, string Body)[] changes =
        [
            ("POST", "approvals", $$"""{"model":"{{Model}}","version":1,"reason":"x"}"""), ("POST", $"approvals/{_ids["approval"]}/withdraw", """{"reason":"x"}"""),
            ("DELETE", $"endpoints/{Endpoint}", ""), ("POST", $"endpoints/{Endpoint}/deployments", """{"version":1,"role":"champion"}"""), ("POST", $"endpoints/{Endpoint}/stop", """{"reason":"x"}"""),
            ("POST", $"endpoints/{Endpoint}/halt", """{"reason":"x"}"""), ("POST", $"endpoints/{Endpoint}/rollback", """{"reason":"x"}"""), ("PUT", $"monitors/{Endpoint}", "window: { predictions: 500, maximumAgeSeconds: 3600, minimum: 50 }"),
        ];
        foreach (var (method, path, body) in changes)
        {
            var change = new HiddenRequest(method, "/api/v1/w/default/" + path, body, []);
            yield return (change, change with { Path = Instead(change.Path)!, Body = Instead(change.Body) });
        }
    }

    public ValueTask DisposeAsync()
    {
        KeptOut.Dispose();
        return Server.DisposeAsync();
    }

    private HiddenRequest About(string method, string path)
    {
        var body = method == "GET" ? null : JsonSerializer.Serialize(Fields().Where(field => field.Name != "filter").ToDictionary(
            field => field.Name, field => field.Name.EndsWith('s') && field.Name != "max_results" ? (object)new[] { field.Value } : field.Value));
        var all = path + body;
        string[] named = [.. _absent.Keys.Where(id => all.Contains(id, StringComparison.Ordinal))];
        return new HiddenRequest(method, path, body, named, named.Length == 0 ? null : new HiddenRequest(method, Instead(path)!, Instead(body), []));
    }

    private string? Instead(string? text) => text is null ? null : _absent.OrderByDescending(pair => pair.Key.Length).Aggregate(text, (left, pair) => left.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    /// <summary>The first hole by the thing; further ones say which part of it.</summary>
    private static string Filled(string pattern, string name)
    {
        var first = true;
        return "/" + Hole().Replace(pattern.Replace("{workspace}", "default", StringComparison.Ordinal), hole =>
        {
            var value = hole.Groups[1].Value is "version" ? "1" : hole.Groups[1].Value is "alias" ? "champion" : first ? name : "1";
            first = first && value != name;
            return Uri.EscapeDataString(value);
        }).TrimStart('/');
    }

    private (string Name, string Value)[] Fields() =>
    [
        ("experiment", _ids["experiment"]), ("experiment_id", _ids["experiment"]), ("experiment_ids", _ids["experiment"]), ("experiment_name", "hush-experiment"), ("run_id", _ids["run"]), ("run_uuid", _ids["run"]),
        ("run_ids", _ids["run"]), ("run", _ids["run"]), ("metric_key", "loss"), ("key", "loss"), ("name", Model), ("model", Model), ("version", "1"), ("alias", "champion"), ("username", "kept-out"), ("path", "a.txt"),
        ("from", "1"), ("to", "1"), ("max_results", "100"), ("principal", "kept-out"), ("resource", $"workspace/default/model/{Model}"), ("artifact_directory_path", ""),
    ];

    private async Task Fill()
    {
        // An id that stands in no other number.
        await Server.Db.Write(tx => tx.Execute($"INSERT INTO tracking_numbers (name, next) VALUES ({"purged_experiment"}, {9_898_989_897})"), default);
        var experiment = Note("experiment", await Mlf("experiments/create", new { name = "hush-experiment" }, "experiment_id"), "8787878787");
        await Mlf("experiments/create", new { name = "hush-folder/hush-below" });
        var open = await Mlf("experiments/create", new { name = "open" }, "experiment_id");
        var run = await Run(experiment, "hush-run");
        Note("run", run, new string('e', 32));
        var moved = await Run(experiment, "moved");
        var trashed = await Run(experiment, "hush-trashed");
        Note("trashed", trashed, new string('d', 32));
        await Mlf("runs/log-metric", new { run_id = run, key = "loss", value = 1, timestamp = 1, step = 1 });
        await Mlf("runs/log-inputs", new { run_id = run, datasets = new[] { new { dataset = new { name = "hush-data", digest = "1", source_type = "x", source = "hush-source" } } } });
        using var artifact = await Server.Http.PutAsync($"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/a.txt", new StringContent("hush"));
        var logged = await Mlf("logged-models", new { experiment_id = experiment, name = "hush-logged", source_run_id = run }, "model", "info", "model_id");
        Note("logged", logged, "m-" + new string('e', 32));
        await Mlf("runs/delete", new { run_id = trashed });
        foreach (var name in (string[])[Model, "hush-before", "hush-gone", "open"]) { await Mlf("registered-models/create", new { name, description = "of " + name }); }

        await Mlf("model-versions/create", new { name = Model, source = $"runs:/{run}/a.txt", run_id = run });
        await Mlf("registered-models/alias", new { name = Model, alias = "champion", version = "1" });
        await Mlf("model-versions/create", new { name = "open", source = "s3://bucket/open" });

        string[] hidden = [$"experiment/{experiment}", $"model/{Model}", "model/hush-before", "model/hush-gone", $"experiment/{long.Parse(experiment, System.Globalization.CultureInfo.InvariantCulture) + 1}"];
        KeptOut = await Server.Program("kept-out", "default", [("workspace/default", Role.Contributor), .. hidden.Select(one => ($"workspace/default/{one}", Role.None))]);
        await Mlf("registered-models/rename", new { name = "hush-before", new_name = "hush-renamed" });
        await Send("DELETE", "/api/2.0/mlflow/registered-models/delete", new { name = "hush-gone" });
        await Send("POST", "/api/v1/w/default/runs/move", new { runIds = new[] { moved }, experimentId = open });
        await Send("PUT", $"/api/v1/w/default/inventory/{Model}", new
        {
            purpose = "hush", useCase = "hush", approvedUses = new[] { "hush" },
            factors = new { exposure = new { score = 3, reason = "hush" }, purpose = new { score = 2, reason = "hush" } },
        });
        Note("approval", (string)(await Send("POST", "/api/v1/w/default/approvals", new { model = Model, version = 1, reason = "hush" }))["id"]!, new string('c', 32));
        await Send("POST", "/api/v1/w/default/endpoints", new { name = Endpoint, model = Model });
        await Until($"/api/v1/w/default/models/{Model}/answers", "hush");
        await Until("/api/v1/w/default/activity?limit=200", "endpoint.created");
        await Until("/api/v1/w/default/monitors", Endpoint);
    }

    private async Task<string> Run(string experiment, string name) => await Mlf("runs/create", new { experiment_id = experiment, run_name = name, start_time = 1 }, "run", "info", "run_id");

    /// <summary>An id of what is hidden, and one like it of nothing.</summary>
    private string Note(string kind, string id, string absent)
    {
        (_ids[kind], _absent[id]) = (id, absent);
        return id;
    }

    /// <summary>A call of the MLflow protocol that must succeed.</summary>
    /// <returns>The field of the answer that the names lead to; empty without names.</returns>
    private async Task<string> Mlf(string verb, object body, params string[] field)
    {
        var answer = await Send("POST", "/api/2.0/mlflow/" + verb, body);
        return field.Length == 0 ? "" : (string)field.Aggregate(answer, (at, name) => at[name]!)!;
    }

    private async Task<JsonNode> Send(string method, string path, object body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        using var answer = await Server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private async Task Until(string path, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await Server.Http.GetAsync(path, limit.Token);
            if (answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync(limit.Token)).Contains(text, StringComparison.Ordinal)) { return; }

            await Task.Delay(50, limit.Token);
        }
    }

    [GeneratedRegex(@"\{\**([a-zA-Z_]+)[^}]*\}")]
    private static partial Regex Hole();
}
