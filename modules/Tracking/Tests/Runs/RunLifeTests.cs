using System.Net.Http.Json;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Tests.Runs;

public sealed class RunLifeTests
{
    [Theory, EachDatabase]
    public async Task Deleting_is_audited_and_told_and_restoring_an_experiment_brings_back_its_runs(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await room.CreateExperiment("life");
        var (one, two) = (await room.CreateRun(experiment, "one"), await room.CreateRun(experiment, "two"));

        await room.Done("runs/delete", new { run_id = one });
        await room.Done("runs/delete", new { run_id = one });
        await room.Done("experiments/delete", new { experiment_id = experiment });
        var during = await room.Runs($"experiment={experiment}");
        await room.Done("experiments/restore", new { experiment_id = experiment });
        var after = await room.Runs($"experiment={experiment}&sort=run_name");

        Assert.Empty(during.Items);
        Assert.Equal([one, two], after.Items.Select(run => run.RunId));
        Assert.Equal(["run.delete", "experiment.delete", "experiment.restore"], await Texts(room, "SELECT action FROM kernel_audit_entries WHERE action LIKE 'run.%' OR action LIKE 'experiment.%' ORDER BY entry_id"));
        Assert.Equal(
            ["experiment.created", "run.started", "run.started", "run.deleted", "experiment.deleted", "experiment.restored"],
            await Texts(room, "SELECT kind FROM kernel_facts WHERE kind LIKE 'run.%' OR kind LIKE 'experiment.%' ORDER BY fact_id"));
    }

    [Theory, EachDatabase]
    public async Task One_of_many_with_the_same_name_makes_the_experiment(string database)
    {
        await using var room = await Room.Open(database);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => room.Post("experiments/create", new { name = "same" })));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Contains("RESOURCE_ALREADY_EXISTS", answer.Body, StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task One_of_many_values_becomes_the_parameter(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => room.Post("runs/log-parameter", new { run_id = run, key = "lr", value = $"{i}" })));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Contains("Changing param values is not allowed", answer.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_native_API_is_strict_and_names_what_is_wrong()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        var made = await Create(room, """{"name":"a","tags":{"team":"red"}}""");
        var taken = await Create(room, """{"name":"a"}""");

        Assert.Equal(201, made.Status);
        Assert.Equal((409, "already_exists"), (taken.Status, taken.Problem!.Code));
        Assert.Equal(400, (await Create(room, """{"name":"b","role":"admin"}""")).Status);
        Assert.Equal(400, (await Create(room, """{"name":"b","name":"c"}""")).Status);
        Assert.Equal("name", (await Create(room, """{"name":""}""")).Problem!.Field);
        Assert.Equal("artifact_location", (await Create(room, """{"name":"b","artifactLocation":"/etc"}""")).Problem!.Field);
        Assert.Equal(404, (await room.Get("/api/v1/w/default/experiments/77")).Status);
        Assert.Equal(400, (await room.Get("/api/v1/w/default/experiments/abc")).Status);
        var listed = await room.Native<Page<ExperimentView>>("experiments?sort=name DESC&limit=1");
        Assert.Equal("a", Assert.Single(listed.Items).Name);
        Assert.NotNull(listed.Next);
    }

    [Theory]
    [InlineData("file:///etc"), InlineData("relative/path"), InlineData("s3://b/../x"), InlineData("s3://b/%2e%2e/x"), InlineData("s3://b/x#y"), InlineData("dbfs:/..;"), InlineData("http://h?a=../../")]
    public async Task A_location_that_could_stand_for_another_is_refused(string location)
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);

        Assert.Equal(400, (await room.Post("experiments/create", new { name = "x", artifact_location = location })).Status);
    }

    private static async Task<(int Status, ProblemView? Problem)> Create(Room room, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await room.Http.PostAsync("/api/v1/w/default/experiments", body);
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? null : await answer.Content.ReadFromJsonAsync<ProblemView>(WireJson.Options));
    }

    private static Task<List<string>> Texts(Room room, string sql) => room.Server.Db.Read(tx =>
    {
        var statement = new Slipway.Kernel.Sql(sql.Length, 0);
        statement.AppendLiteral(sql);
        return tx.Query(statement, row => row.GetString(0));
    }, CancellationToken.None);
}
