using System.Text.Json.Nodes;
using Slipway.Identity.Contracts;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Tests.Versions;

/// <summary>A version made of a model as a run logged it: its files, parameters and metrics are the logged model's.</summary>
public sealed class LoggedModelVersionTests
{
    [Theory, EachDatabase]
    public async Task A_version_of_a_logged_model_has_its_digests_and_tells_what_was_logged_of_it(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        await shelf.Done("POST", "runs/set-tag", new { run_id = run, key = "mlflow.source.git.commit", value = "0abc" });
        var model = await Log(shelf, run);
        await shelf.CreateModel("card");

        await shelf.Done("POST", "model-versions/create", new { name = "card", source = $"models:/{model}", run_id = run, model_id = model });
        await shelf.Done("POST", "model-versions/create", new { name = "card", source = $"mlflow-artifacts:/0/models/{model}/artifacts" });
        await shelf.Done("POST", "model-versions/create", new { name = "card", source = "models:/card/1" });

        var first = await shelf.Read<ModelVersionView>("models/card/versions/1");
        Assert.NotNull(first.Digests.Model);
        Assert.Equal((run, "git:0abc"), (first.Run?.RunId, first.Digests.Code));
        Assert.Equal([first.Digests, first.Digests], [(await shelf.Read<ModelVersionView>("models/card/versions/2")).Digests, (await shelf.Read<ModelVersionView>("models/card/versions/3")).Digests]);
        var wire = (await shelf.Done("GET", "model-versions/get?name=card&version=1"))["model_version"]!;
        Assert.Equal(($"models:/{model}", model), ((string)wire["source"]!, (string)wire["model_id"]!));
        Assert.Equal("""[{"name":"lr","value":"0.1"}]""", wire["model_params"]!.ToJsonString());
        var metric = wire["model_metrics"]!.AsArray().Single()!;
        Assert.Equal(("auc", 0.9, run, model), ((string)metric["key"]!, (double)metric["value"]!, (string)metric["run_id"]!, (string)metric["model_id"]!));
        Assert.Equal($"mlflow-artifacts:/0/models/{model}/artifacts", (string)(await shelf.Done("GET", "model-versions/get-download-uri?name=card&version=1"))["artifact_uri"]!);
        foreach (var version in (int[])[1, 2, 3])
        {
            Assert.Equal((200, "bytes"), await shelf.Send(HttpMethod.Get, $"/model-versions/get-artifact?name=card&version={version}&path=model.onnx", null));
        }

        Assert.Equal([new MetricFigure("auc", "model", 0.9)], first.Metrics);
        var noted = (await shelf.Done("GET", $"logged-models/{model}"))["model"]!["info"]!["tags"]!.AsArray().Single(tag => (string)tag!["key"]! == "mlflow.modelVersions")!;
        Assert.Equal(["card/1", "card/2", "card/3"], JsonNode.Parse((string)noted["value"]!)!.AsArray().Select(entry => $"{entry!["name"]}/{entry["version"]}"));
    }

    [Theory, EachDatabase]
    public async Task A_logged_model_that_is_not_there_is_registered_as_nothing(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var model = await Log(shelf, await shelf.CreateRun());
        await shelf.CreateModel("card");
        var nowhere = "m-" + new string('0', 32);

        (object Body, int Status)[] refused =
        [
            (new { name = "card", source = $"models:/{nowhere}" }, 404), (new { name = "card", source = "s3://b/a", model_id = nowhere }, 404),
            (new { name = "card", source = $"models:/{model}", model_id = nowhere }, 400), (new { name = "card", source = $"mlflow-artifacts:/0/models/{nowhere}/artifacts" }, 404),
        ];
        foreach (var (body, status) in refused) { Assert.Equal((body, status), (body, (await shelf.Mlf("POST", "model-versions/create", body)).Status)); }

        using var stranger = await shelf.Program(Role.Admin, "risk");
        await shelf.Mlf("POST", "registered-models/create", new { name = "mine" }, stranger);
        Assert.Equal(404, (await shelf.Mlf("POST", "model-versions/create", new { name = "mine", source = $"models:/{model}" }, stranger)).Status);
        Assert.Equal(404, (await shelf.Mlf("POST", "model-versions/create", new { name = "mine", source = "s3://b/a", model_id = model }, stranger)).Status);
        Assert.Equal(0, (await shelf.Read<ModelView>("models/card")).Versions);
        Assert.Equal("1", (string)(await shelf.Done("POST", "model-versions/create", new { name = "card", source = "s3://b/a", model_id = model }))["model_version"]!["version"]!);
    }

    private static async Task<string> Log(Shelf shelf, string run)
    {
        var model = (string)(await shelf.Done("POST", "logged-models", new { experiment_id = "0", name = "scorecard", source_run_id = run, @params = new[] { new { key = "lr", value = "0.1" } } }))["model"]!["info"]!["model_id"]!;
        foreach (var (path, content) in new[] { ("MLmodel", "flavors: {}"), ("model.onnx", "bytes") })
        {
            var (status, text) = await shelf.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/models/{model}/artifacts/{path}", new StringContent(content));
            Assert.True(status == 200, text);
        }

        await shelf.Done("PATCH", $"logged-models/{model}", new { model_id = model, status = "LOGGED_MODEL_READY" });
        await shelf.Done("POST", "runs/log-metric", new { run_id = run, key = "auc", value = 0.9, timestamp = 5, step = 1, model_id = model });
        // Of another model of the same run: the run shows it last.
        await shelf.Done("POST", "runs/log-metric", new { run_id = run, key = "auc", value = 0.1, timestamp = 6, step = 2 });
        return model;
    }
}
