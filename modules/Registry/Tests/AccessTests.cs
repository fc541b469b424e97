using Slipway.Identity.Contracts;

namespace Slipway.Registry.Tests;

public sealed class AccessTests
{
    [Theory, EachDatabase]
    public async Task A_reader_is_refused_by_every_route_that_changes_something(string database)
    {
        await using var shelf = await Shelf.Open(database);

        await Walk(shelf).RefusesReaders();
    }

    [Theory, EachDatabase]
    public async Task A_member_of_another_workspace_is_refused_by_every_route(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("x");
        await shelf.Register("x");

        await Walk(shelf).RefusesStrangers();
    }

    [Theory, EachDatabase]
    public async Task Models_of_another_workspace_are_not_there(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        await shelf.Upload(run, "model.onnx", "secret");
        await shelf.CreateModel("secret");
        await shelf.Register("secret", $"runs:/{run}/model.onnx", run);
        await shelf.Done("POST", "registered-models/alias", new { name = "secret", alias = "champion", version = "1" });
        using var stranger = await shelf.Program(Role.Admin, "risk");

        (string Method, string Verb, object Body)[] changes =
        [
            ("POST", "registered-models/rename", new { name = "secret", new_name = "mine" }), ("PATCH", "registered-models/update", new { name = "secret", description = "mine" }),
            ("DELETE", "registered-models/delete", new { name = "secret" }), ("POST", "registered-models/set-tag", new { name = "secret", key = "k", value = "v" }),
            ("DELETE", "registered-models/delete-tag", new { name = "secret", key = "k" }), ("POST", "model-versions/create", new { name = "secret", source = "s3://b/a" }),
            ("PATCH", "model-versions/update", new { name = "secret", version = "1", description = "mine" }), ("DELETE", "model-versions/delete", new { name = "secret", version = "1" }),
            ("POST", "model-versions/set-tag", new { name = "secret", version = "1", key = "k", value = "v" }), ("DELETE", "model-versions/delete-tag", new { name = "secret", version = "1", key = "k" }),
            ("POST", "model-versions/transition-stage", new { name = "secret", version = "1", stage = "Production" }),
            ("POST", "registered-models/alias", new { name = "secret", alias = "champion", version = "1" }), ("DELETE", "registered-models/alias", new { name = "secret", alias = "champion" }),
        ];
        foreach (var (method, verb, body) in changes) { Assert.Equal((verb, 404), (verb, (await shelf.Mlf(method, verb, body, stranger)).Status)); }

        string[] reads =
        [
            "/api/2.0/mlflow/registered-models/get?name=secret", "/api/2.0/mlflow/registered-models/get-latest-versions?name=secret", "/api/2.0/mlflow/registered-models/alias?name=secret&alias=champion",
            "/api/2.0/mlflow/model-versions/get?name=secret&version=1", "/api/2.0/mlflow/model-versions/get-download-uri?name=secret&version=1",
            "/model-versions/get-artifact?name=secret&version=1&path=model.onnx",
            "/api/v1/w/risk/models/secret", "/api/v1/w/risk/models/secret/versions", "/api/v1/w/risk/models/secret/versions/1", "/api/v1/w/risk/models/secret/diff?from=1&to=1",
        ];
        foreach (var path in reads) { Assert.Equal((path, 404), (path, (await shelf.Send(HttpMethod.Get, path, null, stranger)).Status)); }

        Assert.Equal((200, "{}"), await shelf.Mlf("GET", "registered-models/search", by: stranger));
        Assert.Equal((200, "{}"), await shelf.Mlf("GET", "model-versions/search", by: stranger));
        await shelf.Mlf("POST", "registered-models/create", new { name = "mine" }, stranger);
        foreach (var source in (string[])["models:/secret/1", "models:/secret@champion"])
        {
            Assert.Equal((source, 404), (source, (await shelf.Mlf("POST", "model-versions/create", new { name = "mine", source }, stranger)).Status));
        }

        // A run of another workspace is one of elsewhere, like one that is nowhere: the text is kept, and nothing of it is known.
        foreach (var source in (string[])[$"runs:/{run}/model.onnx", $"mlflow-artifacts:/0/{run}/artifacts/model.onnx", "s3://b/a"])
        {
            var answer = await shelf.Mlf("POST", "model-versions/create", new { name = "mine", source, run_id = run }, stranger);
            Assert.True(answer.Status == 200, answer.Body);
        }

        foreach (var number in (int[])[1, 2, 3])
        {
            var (_, seen) = await shelf.Send(HttpMethod.Get, $"/api/v1/w/risk/models/mine/versions/{number}", null, stranger);
            Assert.Contains("\"digests\":{}", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("\"run\":", seen, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("mine", (await shelf.Mlf("GET", "registered-models/get?name=secret")).Body, StringComparison.Ordinal);
    }

    private static AccessWalk Walk(Shelf shelf) =>
        new(shelf.Server, "registry", ("{name}", "x"), ("{version}", "1"), ("{alias}", "champion"));
}
