using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Slipway.EndToEnd.Tests;

/// <summary>The sample's model on its way to production, with as little as it takes: an entry in the inventory, a policy of one row, and a second person who signs.</summary>
internal sealed class Production : IDisposable
{
    public const string Model = "mortgage-scorecard";
    public const string Endpoint = "mortgage";
    private const string Api = "/api/v1/w/default";
    private const string Policy = "policy: short\ngoverns: [endpoint.deploy]\nsignOffs: 1\nrows:\n  - { name: model-bytes, evidence: digests.model, operator: exists }\n";

    private static readonly string[] Lines = House.Sample("mortgage/hmda.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private readonly HttpClient _owner;
    private readonly HttpClient _approver;
    private int _sent;

    private Production(HttpClient owner, HttpClient approver) => (_owner, _approver) = (owner, approver);

    /// <summary>Registers a version by each of the pipelines and has them signed.</summary>
    /// <param name="house">In local mode: the first person is whoever sits at the machine.</param>
    /// <param name="pipelines">Files of <c>samples/mortgage</c>, in the order of the versions.</param>
    public static async Task<Production> Prepare(House house, params string[] pipelines)
    {
        var terminal = new Terminal(house.Server.BaseAddress);
        foreach (var pipeline in pipelines) { await terminal.Type(0, "pipeline", "run", Path.Combine(AppContext.BaseDirectory, "samples", "mortgage", pipeline), "--watch"); }

        var owner = house.Server.NewClient();
        var production = new Production(owner, await Invite(house, owner, "olga"));
        await Put(owner, $"{Api}/policy", new { text = Policy, reason = "One row is enough here." });
        await Put(owner, $"{Api}/inventory/{Model}", new
        {
            purpose = "Estimates how likely an application is denied.", useCase = "First decision", approvedUses = (string[])["Ranking applications"],
            factors = new { exposure = new { score = 3, reason = "A branch." }, purpose = new { score = 3, reason = "A person reviews." } },
            conditions = new { population = new { maximumPsi = 0.25 }, decisions = (object[])[new { decision = "deny", low = 0.02, high = 0.4 }] },
        });
        for (var version = 1; version <= pipelines.Length; version++) { await production.Approve(version); }

        return production;
    }

    public Task CreateEndpoint() => Post(_owner, $"{Api}/endpoints", new { name = Endpoint, model = Model });

    public Task Deploy(int version, string role, double? share = null) => Post(_owner, $"{Api}/endpoints/{Endpoint}/deployments", new { version, role, share });

    /// <param name="definition">YAML.</param>
    public async Task Monitor(string definition) => await Answer(await _owner.PutAsync($"{Api}/monitors/{Endpoint}", new StringContent(definition, null, "application/yaml")));

    /// <summary>The second person's part of letting a stopped endpoint answer again.</summary>
    public Task Release(string reason) => Post(_approver, $"{Api}/endpoints/{Endpoint}/release", new { reason });

    /// <summary>Sends the next rows of the sample by the Open Inference Protocol, each a unit of its own.</summary>
    /// <param name="factor">By which the columns of <paramref name="scaled"/> are multiplied.</param>
    /// <returns>The statuses of the answers.</returns>
    public async Task<List<HttpStatusCode>> Predict(int rows, double factor = 1, params string[] scaled)
    {
        var inputs = (await Answer(await _owner.GetAsync($"/v2/models/{Endpoint}")))!["inputs"]!.AsArray();
        var names = Lines[0].Trim().Split(',');
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < rows; i++)
        {
            var number = ++_sent;
            var row = Lines[1 + (number % (Lines.Length - 1))].Trim().Split(',');
            JsonNode Value(JsonNode input)
            {
                var (name, text) = ((string)input["name"]!, row[Array.IndexOf(names, (string)input["name"]!)]);
                return (string)input["datatype"]! is "BYTES" ? text : double.Parse(text, CultureInfo.InvariantCulture) * (scaled.Contains(name) ? factor : 1);
            }

            var body = new JsonObject
            {
                ["parameters"] = new JsonObject { ["unit_id"] = $"applicant-{number}" },
                ["inputs"] = new JsonArray([.. inputs.Select(input => new JsonObject
                {
                    ["name"] = (string)input!["name"]!, ["datatype"] = (string)input["datatype"]!,
                    ["shape"] = new JsonArray([.. input["shape"]!.AsArray().Select(_ => (JsonNode)1)]), ["data"] = new JsonArray(Value(input)),
                })]),
            };
            using var answer = await _owner.PostAsJsonAsync($"/v2/models/{Endpoint}/infer", body);
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }

    public void Dispose()
    {
        _owner.Dispose();
        _approver.Dispose();
    }

    private async Task Approve(int version)
    {
        var asked = await Post(_owner, $"{Api}/approvals", new { model = Model, version, reason = "For production." });
        var signed = await Post(_approver, $"{Api}/approvals/{asked!["id"]}/sign", new { reason = "Looked at it.", evidenceDigest = (string)asked["evidenceDigest"]! });
        Assert.True((bool)signed!["inForce"]!, signed.ToJsonString());
    }

    /// <summary>A person with the role of an approver, and a key of their own.</summary>
    private static async Task<HttpClient> Invite(House house, HttpClient owner, string name)
    {
        var invited = await Post(owner, "/api/v1/people", new { name, displayName = name });
        await Post(owner, "/api/v1/grants", new { principalId = (string)invited!["person"]!["id"]!, resource = "workspace/default", level = "approver" });
        var token = ((string)invited["invitation"]!["url"]!).Split("#token=")[1];
        using var person = house.Server.NewClient();
        await Post(person, "/api/v1/set-up", new { token, password = House.Password });
        person.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{name}:{House.Password}")));
        var key = await Post(person, "/api/v1/keys", new { name = "laptop", workspace = "default", expiresInDays = 1 });
        var client = house.Server.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)key!["secret"]!);
        return client;
    }

    private static async Task<JsonNode?> Post(HttpClient client, string path, object body) => await Answer(await client.PostAsJsonAsync(path, body));

    private static async Task<JsonNode?> Put(HttpClient client, string path, object body) => await Answer(await client.PutAsJsonAsync(path, body));

    private static async Task<JsonNode?> Answer(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
            return text.Length > 0 ? JsonNode.Parse(text) : null;
        }
    }
}
