using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Kernel.Contracts;

namespace Slipway.Reliability.Tests;

/// <summary>A model of one number that is trained, registered, approved by somebody else and deployed as endpoint <c>late</c>, all over HTTP, on a policy that lets a service account sign.</summary>
internal sealed class ServedModel(HttpClient http)
{
    private const string Api = "/api/v1/w/default/";

    private const string Definition =
        """
        pipeline: late
        steps:
          ingest: { uses: ingest, with: { dataset: invoices, file: invoices.csv, contract: invoices.yaml } }
          split: { uses: split, in: { data: ingest.data }, with: { share: 0.7, seed: 3, stratify: late } }
          train: { uses: train, in: { data: split.train }, with: { experiment: late, model: logistic, label: { column: late, positive: "yes" }, features: [ { column: days } ] } }
          evaluate: { uses: evaluate, in: { model: train.model, data: split.test }, with: { threshold: 0.5, decisions: { atOrAbove: prepay, below: invoice }, favourable: invoice } }
          register: { uses: register, in: { model: train.model, evaluation: evaluate.evaluation, data: split.train, source: ingest.data }, with: { name: late } }
        """;

    private const string Contract =
        "apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n  - name: t\n    properties: [{ name: days, logicalType: integer, required: true }, { name: late, logicalType: string, required: true }]\n";

    private const string Policy = "policy: small\ngoverns: [endpoint.deploy]\nserviceAccounts: true\nrows:\n  - { name: bytes, evidence: digests.model, operator: exists }\n";

    public static async Task<ServedModel> Open(HttpClient owner)
    {
        var model = new ServedModel(owner);
        await model.Train();
        await model.Approve();
        await model.Post("endpoints", new { name = "late", model = "late" });
        await model.Post("endpoints/late/deployments", new { version = 1, role = "champion" });
        return model;
    }

    /// <summary>One prediction; the status, and its id when it was answered.</summary>
    public async Task<(int Status, string? PredictionId)> Predict(int days)
    {
        var body = new { inputs = new[] { new { name = "days", shape = new[] { 1 }, datatype = "INT64", data = new[] { days } } }, parameters = new { unit_id = $"payer {days}" } };
        using var answer = await http.PostAsync("/v2/models/late/infer", JsonContent.Create(body));
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? $"{JsonNode.Parse(text)!["parameters"]!["request_id"]}-0" : null);
    }

    /// <summary>Ids of all predictions that are kept, each with the number that it was made of.</summary>
    public static async Task<Dictionary<string, int>> Kept(HttpClient http)
    {
        var kept = new Dictionary<string, int>();
        for (var cursor = ""; ;)
        {
            var page = (await http.GetFromJsonAsync<JsonObject>($"{Api}endpoints/late/predictions?limit=1000{cursor}"))!;
            foreach (var item in page["items"]!.AsArray()) { kept.Add((string)item!["id"]!, (int)(double)item["inputs"]!["days"]!); }

            if (page["next"] is not { } next) { return kept; }

            cursor = $"&cursor={next}";
        }
    }

    /// <summary>A figure of <c>/metrics</c>.</summary>
    public static async Task<long> Metric(HttpClient http, string name) =>
        long.Parse((await http.GetStringAsync("/metrics")).Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);

    private async Task Train()
    {
        var random = new Random(11);
        var csv = "days,late\n" + string.Concat(Enumerable.Range(0, 200).Select(_ => random.Next(5, 90)).Select(days => $"{days},{(days + random.Next(-40, 40) > 45 ? "yes" : "no")}\n"));
        var files = new Dictionary<string, string> { ["invoices.csv"] = await Upload(csv), ["invoices.yaml"] = await Upload(Contract) };
        var run = await Post("pipeline-runs", new { definition = Definition, files });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (run["endedMs"] is null)
        {
            await Task.Delay(20, limit.Token);
            run = (await http.GetFromJsonAsync<JsonObject>($"{Api}pipeline-runs/{run["id"]}", limit.Token))!;
        }

        Assert.True((string)run["state"]! == "succeeded", run.ToJsonString());
    }

    /// <summary>The owner of the machine registered it, so somebody else's program signs.</summary>
    private async Task Approve()
    {
        await Send(HttpMethod.Put, Api + "policy", new { text = Policy, reason = "For this test." });
        var person = await Send(HttpMethod.Post, "/api/v1/people", new { name = "ann", displayName = "Ann" });
        var account = await Send(HttpMethod.Post, "/api/v1/service-accounts", new { name = "signer", displayName = "Signer", ownerId = (string)person["person"]!["id"]! });
        await Send(HttpMethod.Post, "/api/v1/grants", new { principalId = (string)account["id"]!, resource = "workspace/default", level = "approver" });
        var key = await Send(HttpMethod.Post, "/api/v1/keys", new { name = "test", workspace = "default", expiresInDays = 1, principalId = (string)account["id"]! });
        await Send(HttpMethod.Put, Api + "inventory/late", new
        {
            purpose = "Says who pays late.", useCase = "Invoices", approvedUses = new[] { "invoices" },
            factors = new { exposure = new { score = 1, reason = "few" }, purpose = new { score = 1, reason = "small" } },
        });
        var asked = await Post("approvals", new { model = "late", version = 1, reason = "It is there to be killed." });
        using var signer = new HttpClient { BaseAddress = http.BaseAddress };
        signer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)key["secret"]!);
        await Send(HttpMethod.Post, $"{Api}approvals/{asked["id"]}/sign", new { reason = "I have looked at it.", evidenceDigest = (string)asked["evidenceDigest"]! }, signer);
    }

    private Task<JsonObject> Post(string path, object body) => Send(HttpMethod.Post, Api + path, body);

    private async Task<JsonObject> Send(HttpMethod method, string path, object body, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, body.GetType(), options: WireJson.Options) };
        using var answer = await (by ?? http).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task<string> Upload(string content)
    {
        using var answer = await http.PostAsync(Api + "pipelines/files", new ByteArrayContent(Encoding.UTF8.GetBytes(content)));
        return JsonSerializer.Deserialize<JsonObject>(await answer.Content.ReadAsStringAsync())!["digest"]!.ToString();
    }
}
