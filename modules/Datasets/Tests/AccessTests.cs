using Slipway.Datasets.Contracts;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Tests;

public sealed class AccessTests
{
    [Theory, EachDatabase]
    public async Task A_reader_changes_nothing_and_a_member_of_another_workspace_finds_nothing(string database)
    {
        await using var house = await House.Open(database);
        var walk = new AccessWalk(house.Server, "datasets", ("{name}", "t"), ("{version}", "1"));

        await house.Add("t", "a\n1\n");

        await walk.RefusesReaders();
        await walk.RefusesStrangers();
    }

    [Theory, EachDatabase]
    public async Task Datasets_tables_and_contracts_of_another_workspace_are_not_there(string database)
    {
        await using var house = await House.Open(database);
        var contract = await house.AddContract(House.Contract("{ name: a, description: secret }"));
        await house.Post($"t/versions?format=csv&contract={contract}", "a\n1\n");
        using var stranger = await house.Server.Program(Role.Admin, "risk");
        const string There = "/api/v1/w/risk/datasets";

        foreach (var path in (string[])["t", "t/versions", "t/versions/1", "t/versions/1/content", "t/diff?from=1&to=1", "t/uses"]) { Assert.Equal(404, (await house.Get($"{There}/{path}", stranger)).Status); }

        Assert.Equal((200, "{\"items\":[]}"), await house.Get(There, stranger));
        Assert.Equal(404, (await house.Post($"{There}/t/versions?format=csv&contract={contract}", "a\n1\n", stranger)).Status);
        Assert.Equal(404, (await house.Post($"{There}/t/check?format=csv&contract={contract}", "a\n1\n", stranger)).Status);

        // The same name and the same bytes there are another dataset.
        var (status, body) = await house.Post($"{There}/t/versions?format=csv", "a\n1\n", stranger);
        Assert.Equal((201, 1, null), (status, House.Json<DatasetVersionView>(body).Version, House.Json<DatasetVersionView>(body).ContractDigest));
        Assert.Equal(contract, (await house.Version("t", 1)).Version.ContractDigest);
    }

    [Theory, EachDatabase]
    public async Task A_model_that_is_hidden_from_a_caller_is_no_use_that_they_see(string database)
    {
        await using var house = await House.Open(database);
        var version = await house.Add("t", "a\n1\n");
        foreach (var model in (string[])["hidden", "open"])
        {
            await house.Send(HttpMethod.Post, "/api/2.0/mlflow/registered-models/create", new StringContent($$"""{"name":"{{model}}"}""", null, "application/json"));
            await house.Server.Db.Write(tx => house.Port.NoteUse(tx, House.Caller, version.Digest, "modelVersion", $"{model}/1", $"{model} version 1"), default);
        }

        using var kept = await house.Server.Program("kept-out", "default", ("workspace/default", Role.Contributor), ("workspace/default/model/hidden", Role.None));

        Assert.Equal(["open/1"], House.Json<DatasetUseList>((await house.Get("t/uses", kept)).Body).Items.Select(use => use.Subject));
        Assert.Equal(2, (await house.Get<DatasetUseList>("t/uses")).Items.Count);
    }

    [Fact]
    public async Task The_port_asks_for_the_rights_of_whoever_calls_it()
    {
        await using var house = await House.Open(TestDatabase.Sqlite);
        var version = await house.Add("t", "a\n1\n2\n");
        var viewer = House.Caller with { Grants = [new Grant("workspace/default", Level.Viewer)] };
        var nobody = House.Caller with { Grants = [] };

        Assert.Equal(403, (await house.Port.Ingest(viewer, "t", version.SourceDigest, "csv", null, default)).Problem!.Status);
        Assert.Equal(403, (await house.Port.Split(viewer, version.Digest, new Ports.SplitRule(0.5, 1), default)).Problem!.Status);
        Assert.Null((await house.Port.Read(viewer, version.Digest, null, default)).Problem);
        Assert.Equal(403, (await house.Port.Read(nobody, version.Digest, null, default)).Problem!.Status);
        Assert.Equal(403, (await house.Port.Find(nobody, "t", null, default)).Problem!.Status);
        Assert.Equal(403, (await house.Port.FindByDigest(nobody, version.Digest, default)).Problem!.Status);
        Assert.Equal(403, (await house.Port.Profile(nobody, version.Digest, default)).Problem!.Status);
        Assert.Equal(403, (await house.Port.Check(nobody, version.Digest, House.Contract("{ name: a }"), default)).Problem!.Status);
    }

    [Theory, EachDatabase]
    public async Task Each_change_is_audited_and_told_once(string database)
    {
        await using var house = await House.Open(database);
        await house.SetContract("t", House.Contract("{ name: a, logicalType: integer }"));
        await house.SetContract("t", House.Contract("{ name: a, logicalType: integer }"));
        await house.Add("t", "a\n1\n");
        await house.Post("t/versions?format=csv", "a\n1\n");
        await house.Post("t/versions?format=csv", "a\nx\n");
        await house.Post("t/check?format=csv", "a\n1\n");

        Assert.Equal(
            ["dataset.setContract dataset/t local-owner", "dataset.addVersion dataset/t local-owner"],
            await house.Texts($"SELECT action || ' ' || subject || ' ' || actor FROM kernel_audit_entries WHERE action LIKE 'dataset.%' ORDER BY entry_id"));
        Assert.Equal(
            ["dataset.contractChanged dataset/t", "dataset.versionCreated dataset/t/1"],
            await house.Texts($"SELECT kind || ' ' || subject FROM kernel_facts WHERE kind LIKE 'dataset.%' ORDER BY fact_id"));
    }
}
