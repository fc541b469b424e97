using System.Net.Http.Json;
using Slipway.Governance.Contracts;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Cli.Tests;

public sealed class GovernanceVerbsTests
{
    private const string Policy = """
        policy: small
        governs: [endpoint.deploy]
        rows:
          - { name: owner, evidence: inventory.owner, operator: exists }
          - { name: bytes, evidence: digests.model, operator: exists, waivable: true }
        tests:
          - { name: nothing is not enough, given: {}, expect: { allowed: false } }
        """;

    private const string Entry = """
        purpose: Says who pays late.
        useCase: Reminders
        owner: olga
        approvedUses: [Order of reminders]
        factors:
          exposure: { score: 2, reason: Few. }
          purpose: { score: 2, reason: A person looks at each. }
        conditions:
          population: { maximumPsi: 0.25 }
          decisions: [ { decision: remind, low: 0.1, high: 0.3 } ]
        """;

    [Theory, EachDatabase]
    public async Task A_version_goes_from_the_inventory_to_its_approval_on_the_command_line(string database)
    {
        await using var server = await TestServer.Start(database);
        using var folder = new Folder();
        var (policy, entry) = (folder.Write("policy.yaml", Policy), folder.Write("entry.yaml", Entry));
        Task<int> Cli(params string[] words) => CommandLine.Run([.. words, "--server", server.BaseAddress.ToString()]);
        await server.Create<InvitedPersonView>("people", new CreatePersonRequest("olga", "Olga"));
        var key = await server.KeyOfPerson("ann", ("workspace/default", Role.Approver));
        await Mlflow(server, "registered-models/create", new { name = "late" });
        await Mlflow(server, "model-versions/create", new { name = "late", source = "s3://bucket/one" });

        Assert.Equal(0, await Cli("policy", "show"));
        Assert.Equal(0, await Cli("policy", "check", policy));
        Assert.Equal(0, await Cli("policy", "set", policy, "--reason", "smaller"));
        Assert.Equal(0, await Cli("policy", "show", "0", "--json"));
        Assert.Equal(0, await Cli("inventory", "show"));
        Assert.Equal(0, await Cli("inventory", "set", "late", entry));
        Assert.Equal(0, await Cli("inventory", "show", "late"));
        Assert.Equal(0, await Cli("inventory", "show", "--json"));
        Assert.Equal(0, await Cli("request", "late", "1", "--reason", "better than rules"));
        Assert.Equal(1, await Cli("approve", "late", "1", "--reason", "my own", "--key", key));
        Assert.Equal(0, await Cli("exceptions", "grant", "late", "bytes", "--version", "1", "--days", "7", "--reason", "kept elsewhere", "--key", key));
        Assert.Equal(0, await Cli("approve", "late", "1", "--reason", "looked at it", "--key", key));
        Assert.Equal(0, await Cli("approvals", "list"));
        Assert.Equal(0, await Cli("approvals", "list", "--model", "late", "--state", "granted", "--json"));
        Assert.Equal(0, await Cli("approvals", "show", "late", "1"));
        Assert.Equal(0, await Cli("exceptions", "list"));

        var granted = await server.Http.GetFromJsonAsync<Page<ApprovalRow>>("/api/v1/w/default/approvals", WireJson.Options);
        Assert.True(granted!.Items.Single().InForce);
        var exceptions = await server.Http.GetFromJsonAsync<Page<ExceptionView>>("/api/v1/w/default/exceptions", WireJson.Options);
        Assert.Equal(0, await Cli("exceptions", "withdraw", exceptions!.Items.Single().Id, "--reason", "long enough", "--key", key));
        Assert.Equal(0, await Cli("request", "late", "1", "--reason", "again"));
        Assert.Equal(0, await Cli("refuse", "late", "1", "--reason", "not yet", "--key", key));
        Assert.Equal(0, await Cli("request", "late", "1", "--reason", "again"));
        Assert.Equal(0, await Cli("approvals", "withdraw", "late", "1", "--reason", "later"));
        var states = await server.Http.GetFromJsonAsync<Page<ApprovalRow>>("/api/v1/w/default/approvals", WireJson.Options);
        Assert.Equal([ApprovalStage.Withdrawn, ApprovalStage.Refused, ApprovalStage.Voided], states!.Items.Select(row => row.State));
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_wrong_usage_is_told_apart()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var folder = new Folder();
        Task<int> Cli(params string[] words) => CommandLine.Run([.. words, "--server", server.BaseAddress.ToString()]);
        var wrong = folder.Write("wrong.yaml", "policy: x\nrows: []");

        Assert.Equal(1, await Cli("policy", "check", wrong));
        Assert.Equal(1, await Cli("policy", "set", wrong, "--reason", "no"));
        Assert.Equal(1, await Cli("policy", "check", "/nowhere/policy.yaml"));
        Assert.Equal(1, await Cli("policy", "show", "7"));
        Assert.Equal(1, await Cli("inventory", "set", "late", wrong));
        Assert.Equal(1, await Cli("inventory", "show", "late"));
        Assert.Equal(1, await Cli("request", "late", "1", "--reason", "no"));
        Assert.Equal(1, await Cli("approve", "late", "1", "--reason", "no"));
        Assert.Equal(1, await Cli("approvals", "show", "0192"));
        Assert.Equal(2, await Cli("request", "late", "1"));
        Assert.Equal(2, await Cli("exceptions", "grant", "late", "row", "--days", "400", "--reason", "long"));
        Assert.Equal(2, await Cli("policy", "set", wrong));
    }

    private static async Task Mlflow(TestServer server, string verb, object body)
    {
        using var answer = await server.Http.PostAsJsonAsync($"/api/2.0/mlflow/{verb}", body);
        answer.EnsureSuccessStatusCode();
    }

    private sealed class Folder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("slipway-cli-").FullName;

        public string Write(string name, string text)
        {
            var file = Path.Combine(_path, name);
            File.WriteAllText(file, text);
            return file;
        }

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
