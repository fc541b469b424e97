using Slipway.Datasets.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Datasets.Tests.Ingest;

/// <summary>A contract changes only where somebody asked for it, under the gate and on record.</summary>
public sealed class ContractChangeTests
{
    private static readonly string Loose = House.Contract("{ name: a, logicalType: integer }");
    private static readonly string Tight = House.Contract("{ name: a, logicalType: integer, required: true }");

    [Theory, EachDatabase]
    public async Task A_contract_set_while_a_file_is_checked_stays_and_the_file_is_a_409(string database)
    {
        var gate = new ScriptedGate();
        await using var house = await House.Open(database, gate: gate);
        await house.SetContract("t", Loose);
        var tight = await house.AddContract(Tight);
        gate.Meanwhile = () => house.SetContract("t", Tight);

        var (status, body) = await house.Post("t/versions?format=csv", "a\n1\n");

        var problem = House.Json<ProblemView>(body);
        Assert.Equal((409, "contract_changed"), (status, problem.Code));
        Assert.Contains("Send the file again", problem.Detail, StringComparison.Ordinal);
        var dataset = await house.Get<DatasetView>("t");
        Assert.Equal((0L, tight), (dataset.Versions, dataset.Contract!.Digest));
        Assert.Equal(["dataset.setContract", "dataset.setContract"], await Audited(house));
        Assert.Equal(tight, (await house.Add("t", "a\n1\n")).ContractDigest);
    }

    [Theory, EachDatabase]
    public async Task A_first_contract_set_while_a_file_without_one_is_read_is_a_409_too(string database)
    {
        var gate = new ScriptedGate();
        await using var house = await House.Open(database, gate: gate);
        gate.Meanwhile = () => house.SetContract("t", Tight);

        Assert.Equal(409, (await house.Post("t/versions?format=csv", "a\n1\n")).Status);
        Assert.Equal(0, (await house.Get<DatasetView>("t")).Versions);
    }

    [Theory, EachDatabase]
    public async Task A_contract_that_comes_with_a_version_is_asked_for_audited_and_told(string database)
    {
        var gate = new ScriptedGate();
        await using var house = await House.Open(database, gate: gate);
        var (loose, tight) = (await house.AddContract(Loose), await house.AddContract(Tight));

        await house.Post($"t/versions?format=csv&contract={loose}", "a\n1\n");
        var second = House.Json<DatasetVersionView>((await house.Post($"t/versions?format=csv&contract={loose}", "a\n2\n")).Body);
        await house.Port.Ingest(House.Caller, "t", second.SourceDigest, "csv", Tight, default);

        Assert.Equal(["dataset.setContract", "dataset.addVersion", "dataset.addVersion", "dataset.setContract", "dataset.addVersion"], await Audited(house));
        Assert.Equal(["addVersion", "setContract", "addVersion", "addVersion", "setContract"], gate.Asked.Select(asked => asked.Replace("dataset.", "", StringComparison.Ordinal).Replace(" dataset/t", "", StringComparison.Ordinal)));
        Assert.Equal(
            ["contractChanged", "versionCreated", "versionCreated", "contractChanged", "versionCreated"],
            (await house.Texts($"SELECT kind FROM kernel_facts WHERE kind LIKE 'dataset.%' ORDER BY fact_id")).Select(kind => kind["dataset.".Length..]));
        Assert.Equal(tight, (await house.Get<DatasetView>("t")).Contract!.Digest);
    }

    [Theory, EachDatabase]
    public async Task A_policy_against_another_contract_holds_for_one_that_comes_with_a_version(string database)
    {
        var gate = new ScriptedGate();
        await using var house = await House.Open(database, gate: gate);
        await house.SetContract("t", Tight);
        var loose = await house.AddContract(Loose);
        gate.Refused = "dataset.setContract";

        var (status, body) = await house.Post($"t/versions?format=csv&contract={loose}", "a\n1\n");

        Assert.Equal((403, "refused_by_policy"), (status, House.Json<ProblemView>(body).Code));
        Assert.Equal(0, (await house.Get<DatasetView>("t")).Versions);
        Assert.Equal(["dataset.setContract"], await Audited(house));
        Assert.Equal(201, (await house.Post("t/versions?format=csv", "a\n1\n")).Status);
    }

    private static Task<List<string>> Audited(House house) => house.Texts($"SELECT action FROM kernel_audit_entries WHERE action LIKE 'dataset.%' ORDER BY entry_id");
}
