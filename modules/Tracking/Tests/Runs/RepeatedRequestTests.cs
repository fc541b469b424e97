using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Tracking.Tests.Runs;

public sealed class RepeatedRequestTests
{
    [Theory, EachDatabase]
    public async Task The_same_key_makes_one_run_however_often_and_at_once_it_comes(string database)
    {
        await using var room = await Room.Open(database);
        var body = new { experiment_id = "0", run_name = "once", start_time = 7, tags = new[] { new { key = "a", value = "b" } } };

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Create(room, "key-1", body)));

        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.Body));
        var made = Assert.Single(answers.Select(answer => (string)JsonNode.Parse(answer.Body)!["run"]!["info"]!["run_id"]!).Distinct());
        Assert.Equal("b", (string?)JsonNode.Parse(answers[^1].Body)!["run"]!["data"]!["tags"]!.AsArray().Single(tag => (string)tag!["key"]! == "a")!["value"]);
        Assert.NotEqual(made, RunId(await Create(room, "key-2", body)));
        Assert.NotEqual(made, RunId(await room.Post("runs/create", body)));
        Assert.Equal(3, (await room.Search(new { experiment_ids = new[] { "0" } })).Length);
    }

    [Theory, EachDatabase]
    public async Task A_key_stands_for_one_request_of_one_caller_for_a_day(string database)
    {
        await using var room = await Room.Open(database);
        var first = RunId(await Create(room, "key", new { experiment_id = "0", run_name = "one" }));

        var (status, refusal) = await Create(room, "key", new { experiment_id = "0", run_name = "another" });
        Assert.Equal(422, status);
        Assert.Contains("'key' was sent before with another request", refusal, StringComparison.Ordinal);
        using var other = await room.Program(Role.Contributor, "default");
        Assert.NotEqual(first, RunId(await Create(room, "key", new { experiment_id = "0", run_name = "one" }, other)));

        // A day later the key is nobody's.
        var later = TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();
        Assert.Equal(2, await room.Server.Db.Write(tx => IdempotencyStore.Forget(tx, later), default));
        Assert.NotEqual(first, RunId(await Create(room, "key", new { experiment_id = "0", run_name = "one" })));
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_and_a_refused_request_leaves_none()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);

        foreach (var key in (string[])["", new string('k', Limits.IdempotencyKeyChars + 1), "two words"])
        {
            Assert.Equal(400, (await Create(room, key, new { experiment_id = "0" })).Status);
        }

        Assert.Equal(404, (await Create(room, "early", new { experiment_id = "1" })).Status);
        Assert.Equal("1", await room.CreateExperiment("late"));
        Assert.Equal(200, (await Create(room, "early", new { experiment_id = "1" })).Status);
    }

    private static string RunId((int Status, string Body) answer) => (string)JsonNode.Parse(answer.Body)!["run"]!["info"]!["run_id"]!;

    private static async Task<(int Status, string Body)> Create(Room room, string key, object body, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Room.Mlflow + "runs/create") { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, key);
        using var answer = await (by ?? room.Http).SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
