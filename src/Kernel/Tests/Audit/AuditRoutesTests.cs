using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel.Tests;

public sealed class AuditRoutesTests
{
    private static readonly Caller Ada = new("0192aa", "ada", PrincipalKind.Person, []) { Workspace = "risk" };
    private static readonly AuditAction Invite = new("person.invite", "A person was invited.") { ServerWide = true };

    [Theory, EachDatabase]
    public async Task Entries_are_listed_newest_first_page_by_page_and_by_filter(string database)
    {
        await using var server = await TestServer.Start(database);
        for (var i = 0; i < 5; i++) { await Write(server, Ada with { Workspace = i % 2 == 0 ? "risk" : "retail" }, $"run/{i}"); }

        var first = await Get<Page<AuditEntryView>>(server, "audit?workspace=risk&limit=2");
        var second = await Get<Page<AuditEntryView>>(server, $"audit?workspace=risk&limit=2&cursor={first.Next}");
        var none = await Get<Page<AuditEntryView>>(server, "audit?actor=0192bb");

        Assert.Equal(["run/4", "run/2", "run/0"], first.Items.Concat(second.Items).Select(entry => entry.Object));
        Assert.Null(second.Next);
        Assert.Empty(none.Items);
    }

    [Theory, EachDatabase]
    public async Task A_placed_entry_has_a_proof_that_verifies_without_the_server(string database)
    {
        await using var server = await TestServer.Start(database);
        for (var i = 0; i < 9; i++) { await Write(server, Ada, $"run/{i}"); }

        await server.Services.GetRequiredService<AuditSequencer>().Step(default);
        var id = await Write(server, Ada, "run/last");
        await server.Services.GetRequiredService<AuditSequencer>().Step(default);

        var entry = await Get<AuditEntryView>(server, $"audit/{id}");
        var proof = await Get<InclusionProofView>(server, $"audit/{id}/proof");
        var checkpoints = await Get<Page<CheckpointView>>(server, "audit/checkpoints");
        var consistency = await Get<ConsistencyProofView>(server, $"audit/consistency?from={checkpoints.Items[^1].Size}&to={checkpoints.Items[0].Size}");

        Assert.Equal(entry.Index, proof.Index);
        Assert.Equal(checkpoints.Items[0].Note, proof.Checkpoint);
        Assert.Equal("run/last", AuditEntry.Parse(Convert.FromBase64String(proof.Entry)).Object);
        Assert.True(MerkleProof.Includes(MerkleHash.Leaf(Convert.FromBase64String(proof.Entry)), proof.Index, proof.Size, Hashes(proof.Hashes), Convert.FromHexString(proof.Root)));
        Assert.True(MerkleProof.Extends(
            consistency.From, consistency.To, Hashes(consistency.Hashes), Convert.FromHexString(consistency.FromRoot), Convert.FromHexString(consistency.ToRoot)));
    }

    [Theory, EachDatabase]
    public async Task An_export_verifies_offline_and_contains_its_own_predecessor(string database)
    {
        await using var server = await TestServer.Start(database);
        await Write(server, Ada, "run/1");
        await server.Services.GetRequiredService<AuditSequencer>().Step(default);
        await server.Http.GetByteArrayAsync("/api/v1/audit/export");
        await server.Services.GetRequiredService<AuditSequencer>().Step(default);

        var export = await server.Http.GetByteArrayAsync("/api/v1/audit/export");

        var view = MadeLog.Verify(export, AuditTrust.None);
        Assert.Empty(view.Faults);
        Assert.Equal(3, view.Entries);
        Assert.Contains((await Get<Page<AuditEntryView>>(server, "audit?workspace=")).Items, entry => entry.Action == "audit.export");
    }

    [Theory, EachDatabase]
    public async Task Verification_on_the_server_names_an_entry_changed_in_the_database(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { AuditWitness = Path.Combine(options.Data, "witness") });
        for (var i = 0; i < 9; i++) { await Write(server, Ada, $"run/{i}"); }

        await server.Services.GetRequiredService<AuditSequencer>().Step(default);
        Assert.True((await Verify(server)).Ok);

        var changed = MadeLog.Entry("e", "run.delete", "run/x");
        await server.Db.Write(tx => tx.Execute($"UPDATE kernel_audit_entries SET entry = {changed} WHERE leaf_index = 4"), default);
        await server.Db.Write(tx => tx.Execute($"UPDATE kernel_audit_entries SET actor = 'somebody' WHERE leaf_index = 7"), default);

        var faults = (await Verify(server)).Faults;
        Assert.Contains(faults, fault => fault is { Kind: AuditFaults.AlteredEntry, From: 4, To: 5 });
        Assert.Contains(faults, fault => fault is { Kind: AuditFaults.AlteredColumns, From: 7, To: 8 });
        var id = (await Get<Page<AuditEntryView>>(server, "audit")).Items.First(entry => entry.Index == 4).Id;
        using var proof = await server.Http.GetAsync($"/api/v1/audit/{(await server.Db.Read(tx => AuditStore.Placed(tx, 4, 5, 1), default))[0].Id}/proof");
        Assert.Equal(HttpStatusCode.InternalServerError, proof.StatusCode);
        Assert.Contains("audit_corrupt", await proof.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(id);
    }

    [Theory, EachDatabase]
    public async Task An_older_database_put_back_is_found_by_the_witness(string database)
    {
        await using var server = await TestServer.Start(database, options => options with { AuditWitness = Path.Combine(options.Data, "witness") });
        for (var i = 0; i < 3; i++)
        {
            await Write(server, Ada, $"run/{i}");
            await server.Services.GetRequiredService<AuditSequencer>().Step(default);
        }

        await server.Db.Write(
            tx =>
            {
                tx.Execute($"DELETE FROM kernel_audit_checkpoints WHERE size > 2");
                tx.Execute($"DELETE FROM kernel_audit_entries WHERE leaf_index >= 2");
            },
            default);

        Assert.Contains((await Verify(server)).Faults, fault => fault is { Kind: AuditFaults.OlderThanWitness, From: 2 });
    }

    [Theory, EachDatabase]
    public async Task An_auditor_of_one_workspace_reads_that_one_alone(string database)
    {
        await using var server = await TestServer.Start(database);
        var mine = await Write(server, Ada, "run/1");
        var theirs = await Write(server, Ada with { Workspace = "retail" }, "run/2");
        var everybody = await server.Db.Write(tx => tx.Audit(Ada, Invite, "person/1"), default);
        var auditor = new Caller("0192cc", "max", PrincipalKind.Person, [new Grant("workspace/risk", Level.Auditor)]);
        var (list, get, prove) = (
            server.Services.GetRequiredService<ListEntries.Handler>(), server.Services.GetRequiredService<GetEntry.Handler>(), server.Services.GetRequiredService<ProveEntry.Handler>());

        Assert.Equal([mine], (await list.Handle(auditor, new AuditFilter("risk", null, null, null), 10, default)).Value.Items.Select(entry => entry.Id));
        foreach (var workspace in (string?[])["retail", "", null])
        {
            Assert.Equal(403, (await list.Handle(auditor, new AuditFilter(workspace, null, null, null), 10, default)).Problem?.Status);
        }

        Assert.Null((await get.Handle(auditor, mine, default)).Problem);
        foreach (var id in (string[])[theirs, everybody, "nothing"])
        {
            Assert.Equal(404, (await get.Handle(auditor, id, default)).Problem?.Status);
            Assert.Equal(404, (await prove.Handle(auditor, id, default)).Problem?.Status);
        }
    }

    private static Task<string> Write(TestServer server, Caller caller, string subject) => server.Db.Write(tx => tx.Audit(caller, "run.delete", subject), default);

    private static async Task<AuditVerifyView> Verify(TestServer server)
    {
        using var answer = await server.Http.PostAsync("/api/v1/audit/verify", null);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<AuditVerifyView>(WireJson.Options))!;
    }

    private static async Task<T> Get<T>(TestServer server, string path) => (await server.Http.GetFromJsonAsync<T>($"/api/v1/{path}", WireJson.Options))!;

    private static List<byte[]> Hashes(IEnumerable<string> hex) => [.. hex.Select(Convert.FromHexString)];
}
