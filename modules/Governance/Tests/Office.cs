using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Governance.Contracts;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Tests;

/// <summary>A server with people in several roles, each with a key of their own, and few words for what tests of governance do over and over. Its clock stands still.</summary>
internal sealed class Office : IAsyncDisposable
{
    public const string Api = "/api/v1/w/default/";

    /// <summary>Asks for the bytes and a metric of the run; the metric may be waived. One sign-off.</summary>
    public const string Policy = """
        policy: small
        governs: [endpoint.deploy, alias.set]
        rows:
          - { name: bytes, evidence: digests.model, operator: exists }
          - { name: owner, evidence: inventory.owner, operator: exists }
          - { name: auc, evidence: run.auc, operator: atLeast, value: 0.7, waivable: true }
        """;

    private readonly Dictionary<string, HttpClient> _people = new(StringComparer.Ordinal);

    private Office(TestServer server, ManualClock clock) => (Server, Clock) = (server, clock);

    public TestServer Server { get; }

    public ManualClock Clock { get; }

    public HttpClient this[string person] => _people[person];

    /// <summary>With ada, who registers; olga, who owns; vera, who validates and asks; ann, ben and cleo, who approve.</summary>
    public static async Task<Office> Open(string database)
    {
        var clock = new ManualClock();
        var office = new Office(await TestServer.Start(database, clock: clock), clock);
        foreach (var (name, role) in new[] { ("ada", Role.Contributor), ("olga", Role.Viewer), ("vera", Role.Validator), ("ann", Role.Approver), ("ben", Role.Approver), ("cleo", Role.Approver) })
        {
            await office.Person(name, role);
        }

        return office;
    }

    public T Get<T>()
        where T : class => Server.Services.GetRequiredService<T>();

    /// <summary>Somebody with a key of their own.</summary>
    public async Task<HttpClient> Person(string name, params Role[] roles) => _people[name] = await Server.Person(name, [.. roles.Select(role => ("workspace/default", role))]);

    /// <summary>A service account that a person owns.</summary>
    public async Task<HttpClient> ProgramOf(string person, Role role)
    {
        var owner = (await Server.Http.GetFromJsonAsync<Page<PersonView>>("/api/v1/people", WireJson.Options))!.Items.Single(one => one.Name == person);
        var account = await Server.Create<ServiceAccountView>("service-accounts", new CreateServiceAccountRequest($"program-of-{person}", "Program", owner.Id));
        await Server.Create<GrantView>("grants", new CreateGrantRequest(account.Id, "workspace/default", role));
        var key = await Server.Create<CreatedKeyView>("keys", new CreateKeyRequest("test", "default", 30, account.Id));
        var client = Server.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Secret);
        return client;
    }

    public async Task<(int Status, string Body)> Send(HttpClient by, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Server.BaseAddress, path.StartsWith('/') ? path : Api + path)) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Options) };
        using var answer = await by.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A call that must succeed.</summary>
    public async Task<T> Done<T>(HttpClient by, HttpMethod method, string path, object? body = null)
    {
        var (status, text) = await Send(by, method, path, body);
        Assert.True(status is >= 200 and < 300, $"{method} {path}: {status} {text}");
        return JsonSerializer.Deserialize<T>(text, WireJson.Options)!;
    }

    public Task<T> Read<T>(string path, string by = "vera") => Done<T>(_people[by], HttpMethod.Get, path);

    /// <summary>Sets the policy as the local owner.</summary>
    public Task<PolicyView> Set(string policy = Policy) => Done<PolicyView>(Server.Http, HttpMethod.Put, "policy", new PolicyRequest(policy, "for this test"));

    public static InventoryRequest Entry(string purpose = "Says who pays late.", string? owner = "olga", int exposure = 3, ModelConditions? conditions = null) => new(
        purpose, "Invoices", ["Order of reminders"],
        new Dictionary<string, TierFactor> { ["exposure"] = new(exposure, "Some thousand invoices a month."), ["purpose"] = new(2, "A person looks at each.") }, owner, conditions);

    public Task<InventoryEntryView> Put(InventoryRequest entry, string model = "late", string by = "vera") => Done<InventoryEntryView>(_people[by], HttpMethod.Put, $"inventory/{model}", entry);

    /// <summary>A version of bytes that differ, with the metric <c>auc</c> of its run.</summary>
    public async Task<long> Register(HttpClient by, string model = "late", double auc = 0.8)
    {
        await Mlflow(by, "registered-models/create", new { name = model }, mayFail: true);
        var run = (string)(await Mlflow(by, "runs/create", new { experiment_id = "0", start_time = 1 }))["run"]!["info"]!["run_id"]!;
        await Mlflow(by, "runs/log-metric", new { run_id = run, key = "auc", value = auc, timestamp = 1 });
        using var bytes = new StringContent($"bytes of {run}");
        using var uploaded = await by.PutAsync($"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/model.onnx", bytes);
        Assert.Equal(200, (int)uploaded.StatusCode);
        var version = (await Mlflow(by, "model-versions/create", new { name = model, source = $"runs:/{run}/model.onnx", run_id = run }))["model_version"]!;
        return long.Parse((string)version["version"]!, CultureInfo.InvariantCulture);
    }

    public async Task<JsonNode> Mlflow(HttpClient by, string verb, object body, bool mayFail = false, HttpMethod? method = null)
    {
        var (status, text) = await Send(by, method ?? HttpMethod.Post, $"/api/2.0/mlflow/{verb}", body);
        Assert.True(mayFail || status == 200, $"{verb}: {status} {text}");
        return JsonNode.Parse(text)!;
    }

    public Task<ApprovalView> Ask(long version = 1, string model = "late", string by = "vera") =>
        Done<ApprovalView>(_people[by], HttpMethod.Post, "approvals", new ApprovalRequest(model, version, "It is better than the rules that we have."));

    public Task<ApprovalView> Look(string id, string by = "vera") => Read<ApprovalView>($"approvals/{id}", by);

    /// <summary>Signs what is there to be seen now.</summary>
    public async Task<(int Status, string Body)> Sign(string id, string by, string? digest = null) =>
        await Send(_people[by], HttpMethod.Post, $"approvals/{id}/sign", new SignRequest("I have looked at it.", digest ?? (await Look(id, by)).EvidenceDigest));

    /// <summary>Registered by ada, owned by olga, asked for by vera, signed by ann.</summary>
    public async Task<ApprovalView> Approved()
    {
        await Set();
        await Put(Entry());
        await Register(this["ada"]);
        var asked = await Ask();
        var (status, text) = await Sign(asked.Id, "ann");
        Assert.True(status == 200, text);
        return await Look(asked.Id);
    }

    /// <summary>Actions of the audit log, the newest first.</summary>
    public async Task<List<string>> Audited() =>
        await Server.Db.Read(tx => tx.Query($"SELECT action FROM kernel_audit_entries WHERE workspace = 'default' ORDER BY entry_id DESC LIMIT 100", row => row.GetString(0)), default);

    /// <summary>Kinds of this module's facts about a subject, the oldest first.</summary>
    public async Task<List<string>> Facts(string subject) =>
        await Server.Db.Read(tx => tx.Query($"SELECT kind FROM kernel_facts WHERE subject = {subject} ORDER BY fact_id", row => row.GetString(0)), default);

    /// <summary>Waits for something that a job does, up to a minute.</summary>
    public static async Task Until(Func<Task<bool>> holds, string otherwise)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 600, otherwise);
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _people.Values) { client.Dispose(); }

        await Server.DisposeAsync();
    }
}
