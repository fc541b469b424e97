using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Identity.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Registry.Tests.Versions;

/// <summary>The files that a version was registered with cannot be changed behind it; whatever else is in the run can.</summary>
public sealed class HeldFilesTests
{
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts/0/";

    [Theory, EachDatabase]
    public async Task The_files_of_a_version_stay_as_they_are_and_others_of_the_run_may_change(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        var at = $"{Files}{run}/artifacts";
        foreach (var path in (string[])["m/MLmodel", "m/data/model.bin", "m.txt", "other/a", "one.onnx"]) { await shelf.Upload(run, path, "first"); }

        await shelf.CreateModel("m");
        await shelf.Register("m", $"runs:/{run}/m");
        await shelf.Register("m", $"runs:/{run}/one.onnx");
        await shelf.Register("m", $"runs:/{run}/not/yet");
        await shelf.Register("m", "s3://bucket/m", run);

        foreach (var path in (string[])["m/MLmodel", "m/data/model.bin", "m/new", "m/data", "m", "one.onnx", "one.onnx/x"])
        {
            var (status, body) = await shelf.Send(HttpMethod.Put, $"{at}/{path}", new StringContent("second"));
            Assert.True(status == 409 && body.Contains($"model m version {(path[0] == 'm' ? 1 : 2)} was made from there", StringComparison.Ordinal), $"{path}: {status} {body}");
        }

        Assert.Equal(409, (await shelf.Send(HttpMethod.Post, $"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run}&path=m/MLmodel", new ByteArrayContent([2]))).Status);
        var import = JsonNode.Parse((await shelf.Native("POST", "imports", new StartImportRequest("file"))).Body)!["importId"];
        Assert.Equal(409, (await shelf.Send(HttpMethod.Put, $"/api/v1/w/default/imports/{import}/artifacts?run={run}&path=m/MLmodel", new StringContent("second"))).Status);
        foreach (var path in (string[])["m/MLmodel", "m/data", "m", "one.onnx", ""]) { Assert.Equal((path, 409), (path, (await shelf.Send(HttpMethod.Delete, $"{at}/{path}", null)).Status)); }

        foreach (var (path, content) in new[] { ("m/MLmodel", "first"), ("m.txt", "second"), ("m0/MLmodel", "second"), ("other/a", "second"), ("other/m/b", "new"), ("not/yet/MLmodel", "new"), ("one.onnx.txt", "new") })
        {
            Assert.Equal((path, 200), (path, (await shelf.Send(HttpMethod.Put, $"{at}/{path}", new StringContent(content))).Status));
        }

        using var blind = await shelf.Server.Program("blind", "default", ("workspace/default", Role.Contributor), ("workspace/default/model/m", Role.None));
        var unnamed = await shelf.Send(HttpMethod.Delete, $"{at}/m", null, blind);
        Assert.True(unnamed is (409, _) && unnamed.Body.Contains("a version of a model that you may not see was made from there", StringComparison.Ordinal), $"{unnamed}");
        foreach (var path in (string[])["m/never", "m.txt", "other"]) { Assert.Equal((path, 200), (path, (await shelf.Send(HttpMethod.Delete, $"{at}/{path}", null)).Status)); }

        Assert.Equal((200, "first"), await shelf.Send(HttpMethod.Get, "/model-versions/get-artifact?name=m&version=1&path=data/model.bin", null));
    }

    [Theory, EachDatabase]
    public async Task Files_are_free_when_the_last_version_of_them_is_gone(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        await shelf.Upload(run, "m/MLmodel", "first");
        await shelf.CreateModel("draft");
        await shelf.CreateModel("ready");
        await shelf.Register("draft", $"runs:/{run}/m");
        await shelf.Register("ready", "models:/draft/1");
        Task<(int Status, string Body)> Change() => shelf.Send(HttpMethod.Put, $"{Files}{run}/artifacts/m/MLmodel", new StringContent("second"));

        await shelf.Done("DELETE", "model-versions/delete", new { name = "draft", version = "1" });
        var copied = await Change();
        await shelf.Done("DELETE", "registered-models/delete", new { name = "ready" });

        Assert.True(copied is (409, _) && copied.Body.Contains("model ready version 1", StringComparison.Ordinal), $"{copied}");
        Assert.Equal(200, (await Change()).Status);
        Assert.Empty(await shelf.Texts("SELECT origin_id FROM registry_version_origins"));
    }

    [Theory, EachDatabase]
    public async Task A_logged_model_that_a_version_was_made_from_is_neither_changed_nor_deleted(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        var (made, named) = (await Log(shelf, run), await Log(shelf, run));
        await shelf.CreateModel("card");
        await shelf.Register("card", $"models:/{made}");
        await shelf.Done("POST", "model-versions/create", new { name = "card", source = "s3://b/a", model_id = named });

        var changed = await shelf.Send(HttpMethod.Put, $"{Files}models/{made}/artifacts/MLmodel", new StringContent("second"));
        var deleted = await shelf.Mlf("DELETE", $"logged-models/{made}");

        foreach (var (status, body) in new[] { changed, deleted }) { Assert.True(status == 409 && body.Contains("model card version 1", StringComparison.Ordinal), $"{status} {body}"); }

        Assert.Equal(200, (await shelf.Send(HttpMethod.Get, "/model-versions/get-artifact?name=card&version=1&path=MLmodel", null)).Status);
        Assert.Equal(200, (await shelf.Send(HttpMethod.Put, $"{Files}models/{named}/artifacts/MLmodel", new StringContent("second"))).Status);
        Assert.Equal(200, (await shelf.Mlf("DELETE", $"logged-models/{named}")).Status);
        await shelf.Done("DELETE", "model-versions/delete", new { name = "card", version = "1" });
        Assert.Equal(200, (await shelf.Mlf("DELETE", $"logged-models/{made}")).Status);
    }

    [Fact]
    public async Task Nor_does_an_upload_in_parts_change_them()
    {
        const string Parts = "/api/2.0/mlflow-artifacts/mpu/";
        await using var shelf = await Shelf.Open(TestDatabase.Sqlite, (await TestBucket.Open()).UseAll);
        var run = await shelf.CreateRun();
        var upload = JsonNode.Parse((await shelf.Send(HttpMethod.Post, $"{Parts}create/0/{run}/artifacts/m", Json(new { path = "a.bin", num_parts = 1 }))).Body)!;
        using var outside = new HttpClient();
        using var stored = await outside.PutAsync((string)upload["credentials"]![0]!["url"]!, new StringContent("second"));
        await shelf.Upload(run, "m/a.bin", "first");
        await shelf.CreateModel("m");
        await shelf.Register("m", $"runs:/{run}/m");

        var completed = await shelf.Send(HttpMethod.Post, $"{Parts}complete/0/{run}/artifacts/m", Json(new
        {
            path = "a.bin", upload_id = (string)upload["upload_id"]!, parts = new[] { new { part_number = 1, etag = stored.Headers.ETag!.Tag } },
        }));

        Assert.True(completed is (409, _) && completed.Body.Contains("model m version 1", StringComparison.Ordinal), $"{completed}");
        Assert.Equal((200, "first"), await shelf.Send(HttpMethod.Get, $"{Files}{run}/artifacts/m/a.bin", null));
    }

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");

    private static async Task<string> Log(Shelf shelf, string run)
    {
        var model = (string)(await shelf.Done("POST", "logged-models", new { experiment_id = "0", name = "scorecard", source_run_id = run }))["model"]!["info"]!["model_id"]!;
        Assert.Equal(200, (await shelf.Send(HttpMethod.Put, $"{Files}models/{model}/artifacts/MLmodel", new StringContent("first"))).Status);
        return model;
    }
}
