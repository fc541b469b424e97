using System.Net.Http.Json;
using System.Text.Json;
using Slipway.Answers.Contracts;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;
using static Slipway.Answers.Tests.Told;

namespace Slipway.Answers.Tests;

/// <summary>Through HTTP, with the facts that rooms tell and the jobs that fold them.</summary>
public sealed class AnswersTests
{
    private const string Native = "/api/v1/w/default/models/";

    [Theory, EachDatabase]
    public async Task A_model_is_answered_for_now_and_for_every_moment_at_which_it_changed(string database)
    {
        await using var server = await TestServer.Start(database);
        using var made = await server.Http.PostAsJsonAsync("/api/2.0/mlflow/registered-models/create", new { name = "m" });
        foreach (var fact in AllIsWell().Skip(2)) { await Past.Tell(server.Db, fact); }

        var now = await Read<AnswersView>(server, Native + "m/answers");
        Assert.Equal([AnswerVerdict.Yes, AnswerVerdict.Yes, AnswerVerdict.Yes, AnswerVerdict.Yes], now.Answers.Select(one => one.Verdict));
        var moments = await Read<Page<MomentView>>(server, Native + "m/moments?limit=1000");
        Assert.Equal(moments.Items.OrderByDescending(moment => moment.Position), moments.Items);
        Assert.Equal(("m", "Model m was registered"), (moments.Items[^1].Model, moments.Items[^1].What));
        Assert.Contains(moments.Items, moment => moment.What == "Endpoint e: version 1 with 100 %");
        var then = new Dictionary<string, string>();
        foreach (var asOf in moments.Items.Select(moment => $"position:{moment.Position}").Append(now.AsOf)) { then[asOf] = await Text(server, asOf); }

        foreach (var fact in (object[])[Said("decisions", "no"), Stopped(), Voided(1), Version(2)]) { await Past.Tell(server.Db, fact); }

        Assert.Equal(AnswerVerdict.No, (await Read<AnswersView>(server, Native + "m/answers")).Answers[2].Verdict);
        foreach (var (asOf, text) in then) { Assert.Equal((asOf, text), (asOf, await Text(server, asOf))); }

        var page = await Read<Page<MomentView>>(server, Native + "m/moments?limit=2");
        Assert.Equal(moments.Items.Count + 4, page.Items.Count + (await Read<Page<MomentView>>(server, $"{Native}m/moments?limit=1000&cursor={page.Next}")).Items.Count);
    }

    [Theory, EachDatabase]
    public async Task A_time_without_changes_after_it_is_settled_by_the_question(string database)
    {
        await using var server = await TestServer.Start(database);
        using var made = await server.Http.PostAsJsonAsync("/api/2.0/mlflow/registered-models/create", new { name = "m" });
        var settled = await Read<AnswersView>(server, Native + "m/answers");

        var first = await Text(server, $"{settled.AsOfMs}");
        await Past.Tell(server.Db, Entry());
        await Read<AnswersView>(server, Native + "m/answers");

        Assert.Equal(first, await Text(server, $"{settled.AsOfMs}"));
        Assert.Contains("not recorded", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_refused_with_what_would_be_right()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        using var made = await server.Http.PostAsJsonAsync("/api/2.0/mlflow/registered-models/create", new { name = "m" });
        await Get(server, Native + "m/answers");

        foreach (var (path, status, part) in (IEnumerable<(string, int, string)>)[
            ("m/answers?asOf=yesterday", 400, "yesterday"), ("m/answers?asOf=4102444800000", 400, "lies in the future"), ("n/answers", 404, "There was no model"), ("n/moments", 404, "There is no model"),
            ("m/moments?limit=0", 400, "between 1 and 1000"), ("m/moments?limit=1001", 400, "between 1 and 1000"), ("m/moments?cursor=x", 400, "not one that this list gave")])
        {
            using var answer = await server.Http.GetAsync(Native + path);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            Assert.Contains(part, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task A_viewer_may_ask_and_a_stranger_may_not(string database)
    {
        await using var server = await TestServer.Start(database);
        using var made = await server.Http.PostAsJsonAsync("/api/2.0/mlflow/registered-models/create", new { name = "x" });
        using var viewer = await server.Program(Role.Viewer, "default");

        await Get(server, Native + "x/answers");
        Assert.Equal(200, (int)(await viewer.GetAsync(Native + "x/answers?asOf=position:1")).StatusCode);
        using var stranger = await server.Program(Role.Auditor, "risk");
        foreach (var path in (string[])["answers", "moments"])
        {
            Assert.Equal(404, (int)(await stranger.GetAsync($"{Native}x/{path}")).StatusCode);
            Assert.Equal(404, (int)(await stranger.GetAsync($"/api/v1/w/risk/models/x/{path}")).StatusCode);
        }
    }

    private static async Task<T> Read<T>(TestServer server, string path) => JsonSerializer.Deserialize<T>(await Get(server, path), WireJson.Options)!;

    private static Task<string> Text(TestServer server, string asOf) => Get(server, $"{Native}m/answers?asOf={asOf}");

    /// <summary>Asks again for as long as what was told is still being taken in: a busy machine is slow, not wrong.</summary>
    private static async Task<string> Get(TestServer server, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var answer = await server.Http.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode) { return text; }

            Assert.True(text.Contains("not_settled", StringComparison.Ordinal) && attempt < 15, text);
        }
    }
}
