using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;
using Slipway.Registry.Imports;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Tests.Imports;

public sealed class ImportModelsTests
{
    private static readonly Dictionary<string, string> NoTags = [];

    [Theory, EachDatabase]
    public async Task Versions_keep_their_numbers_what_is_here_stays_and_the_next_number_is_a_new_one(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        await shelf.Upload(run, "model/weights.bin", "weights");
        var model = Model("churn", 9, new() { ["champion"] = 4, ["gone"] = 8, ["latest"] = 4 }, Version(2, "s3://bucket/two"), Version(4, $"runs:/{run}/model"), Version(6, "http://elsewhere/model"));

        var first = (await Import(shelf, model))[0];

        Assert.Equal((true, 3), (first.Created, first.Added.Count));
        Assert.Equal([2L, 6L], first.Unverified);
        Assert.Equal(["gone", "latest"], first.Skipped.Keys.Order());
        var view = await shelf.Read<ModelVersionView>("models/churn/versions/4");
        Assert.Equal(("ada", 11, 12, ModelStage.Production), (view.By, view.CreatedMs, view.UpdatedMs, view.Stage));
        Assert.NotNull(view.Digests.Model);
        Assert.Equal(10, await shelf.Register("churn"));

        var again = (await Import(shelf, model with { Versions = [Version(2, "s3://bucket/other"), Version(4, $"runs:/{run}/model")], Aliases = new Dictionary<string, long> { ["champion"] = 2 } }))[0];
        Assert.Equal((false, 0), (again.Created, again.Added.Count));
        Assert.Equal([4L], again.Present);
        Assert.Contains("from another source", again.Skipped["2"], StringComparison.Ordinal);
        Assert.Contains("stands for version 4 here", again.Skipped["champion"], StringComparison.Ordinal);
        Assert.Equal(["model.import"], await shelf.Texts("SELECT action FROM kernel_audit_entries WHERE action = 'model.import'"));
        Assert.Equal(4, (await shelf.Texts("SELECT kind FROM kernel_facts WHERE kind = 'version.registered'")).Count);
    }

    [Fact]
    public async Task The_gate_is_asked_for_each_version_and_a_name_that_cannot_be_one_is_told()
    {
        await using var shelf = await Shelf.Open(TestDatabase.Sqlite);
        var gate = new RefusingGate();
        var handler = new ImportModels(shelf.Server.Db, gate, shelf.Get<ResolveSource>(), shelf.Get<VersionOrigins>(), shelf.Get<LiveHub>());

        var answers = (await handler.Handle(Shelf.Owner, [Model("a", 2, [], Version(1, "s3://b/1"), Version(2, "s3://b/2")), Model("a/b", 1, [], Version(1, "s3://b/1"))], default)).Value;

        Assert.Equal(["1", "2"], answers[0].Skipped.Keys.Order());
        Assert.Contains("Nothing changes today", answers[0].Skipped["1"], StringComparison.Ordinal);
        Assert.Equal([("version.register", "model/a"), ("version.register", "model/a")], gate.Asked);
        Assert.Contains("cannot contain '/'", answers[1].Skipped["model"], StringComparison.Ordinal);
        Assert.Equal(400, (await shelf.Native("POST", "model-imports", new ImportModelsRequest([Model("a", 1, [], [.. Enumerable.Range(1, Limits.ImportRuns).Select(i => Version(i, "s3://b/1"))])]))).Status);
    }

    [Theory, EachDatabase]
    public async Task The_gate_is_asked_for_each_stage_and_each_new_alias_and_what_it_refuses_is_told(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var gate = new RefusingGate("alias.set", "stage.change");
        ImportModels Handler(IGate by) => new(shelf.Server.Db, by, shelf.Get<ResolveSource>(), shelf.Get<VersionOrigins>(), shelf.Get<LiveHub>());
        var model = Model("a", 2, new() { ["champion"] = 1, ["gone"] = 7, ["latest"] = 1 }, Version(1, "s3://b/1"), Version(2, "s3://b/2") with { Stage = ModelStage.None });

        var answer = (await Handler(gate).Handle(Shelf.Owner, [model], default)).Value[0];

        Assert.Equal([1L, 2L], answer.Added);
        Assert.Empty(answer.AliasesSet);
        Assert.Equal(["1/stage", "champion", "gone", "latest"], answer.Skipped.Keys.Order(StringComparer.Ordinal));
        Assert.All(new[] { "1/stage", "champion" }, what => Assert.Contains("Nothing changes today", answer.Skipped[what], StringComparison.Ordinal));
        Assert.Equal(ModelStage.None, (await shelf.Read<ModelVersionView>("models/a/versions/1")).Stage);
        Assert.Equal(
            [("version.register", "model/a"), ("stage.change", "modelVersion/a/1"), ("version.register", "model/a"), ("alias.set", "modelVersion/a/1")], gate.Asked);
        Assert.Empty(await shelf.Texts("SELECT alias FROM registry_aliases"));

        // Later, in a request of its own, when policies allow it; what is there already is not asked for again.
        var later = model with { Versions = [], Aliases = new Dictionary<string, long> { ["champion"] = 1 } };
        Assert.Equal(["champion"], (await Handler(new NoPolicyGate()).Handle(Shelf.Owner, [later], default)).Value[0].AliasesSet);
        gate.Asked.Clear();
        Assert.Empty((await Handler(gate).Handle(Shelf.Owner, [later], default)).Value[0].Skipped);
        Assert.Empty(gate.Asked);
    }

    [Fact]
    public async Task A_prompt_is_told_as_one_and_numbers_past_a_billion_are_refused()
    {
        await using var shelf = await Shelf.Open(TestDatabase.Sqlite);
        var prompt = Model("p", 1, new() { ["live"] = 1 }, Version(1, "prompt-template")) with { Tags = new Dictionary<string, string> { ["mlflow.prompt.is_prompt"] = "true" } };
        await Import(shelf, prompt);
        await Import(shelf, Model("m", 1_000_000_000, new() { ["live"] = 1 }, Version(1, "s3://b/1")));

        var facts = await shelf.Texts("SELECT body FROM kernel_facts WHERE kind IN ('model.registered', 'version.registered', 'alias.changed')");
        Assert.Equal((3, 3), (facts.Count(fact => fact.Contains("\"model\":\"p\"", StringComparison.Ordinal)), facts.Count(fact => fact.Contains("\"prompt\":true", StringComparison.Ordinal))));
        Assert.All(facts, fact => Assert.Equal(fact.Contains("\"model\":\"p\"", StringComparison.Ordinal), fact.Contains("\"prompt\":true", StringComparison.Ordinal)));
        foreach (var vast in new[] { Model("v", 1_000_000_001, []), Model("v", 1, [], Version(long.MaxValue, "s3://b/1")) })
        {
            var (status, body) = await shelf.Native("POST", "model-imports", new ImportModelsRequest([vast]));
            Assert.Equal(400, status);
            Assert.Contains("at most 1000000000", body, StringComparison.Ordinal);
        }
    }

    private static ImportedModel Model(string name, long last, Dictionary<string, long> aliases, params ImportedVersion[] versions) => new(name, 1, 2, last, NoTags, aliases, versions);

    private static ImportedVersion Version(long number, string source) => new(number, source, ModelStage.Production, 11, 12, NoTags, User: "ada");

    private static async Task<List<ImportedModelView>> Import(Shelf shelf, ImportedModel model)
    {
        var (status, body) = await shelf.Native("POST", "model-imports", new ImportModelsRequest([model]));
        Assert.True(status == 200, body);
        return JsonSerializer.Deserialize<List<ImportedModelView>>(body, WireJson.Options)!;
    }
}
