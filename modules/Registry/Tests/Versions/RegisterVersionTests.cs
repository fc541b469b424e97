using System.Security.Cryptography;
using System.Text;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Tests.Versions;

public sealed class RegisterVersionTests
{
    [Theory, EachDatabase]
    public async Task A_version_has_the_digest_of_its_file_as_it_was_then(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        await shelf.Upload(run, "model.onnx", "first");
        await shelf.CreateModel("m");

        await shelf.Register("m", $"runs:/{run}/model.onnx");
        await shelf.Upload(run, "later/model.onnx", "second");
        await shelf.Register("m", $"mlflow-artifacts:/0/{run}/artifacts/later/model.onnx", run);

        var (first, second) = (await Version(shelf, 1), await Version(shelf, 2));
        Assert.Equal((Sha("first"), Sha("second")), (first.Digests.Model, second.Digests.Model));
        Assert.Equal((run, "r"), (first.Run?.RunId, first.Run?.Name));
        Assert.Equal($"mlflow-artifacts:/0/{run}/artifacts/model.onnx", (string)(await shelf.Done("GET", "model-versions/get-download-uri?name=m&version=1"))["artifact_uri"]!);
    }

    [Theory, EachDatabase]
    public async Task A_folder_has_the_digest_of_its_list_and_its_description_gives_the_signature(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        const string Mlmodel = "flavors:\n  onnx:\n    data: model.onnx\n  python_function: {}\nsignature:\n  inputs: '[{\"name\": \"income\", \"type\": \"double\"}]'\n  outputs: '[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float32\", \"shape\": [-1, 1]}}]'\n";
        await shelf.Upload(run, "m/model.onnx", "bytes");
        await shelf.Upload(run, "m/MLmodel", Mlmodel);
        await shelf.Upload(run, "m/requirements.txt", "onnx==1\n");
        await shelf.Upload(run, "other.txt", "not of the model");
        await shelf.Done("POST", "runs/set-tag", new { run_id = run, key = "mlflow.source.git.commit", value = "0abc" });
        await shelf.CreateModel("m");

        await shelf.Register("m", $"runs:/{run}/m");

        var version = await Version(shelf, 1);
        var list = $"{Sha(Mlmodel)}  MLmodel\n{Sha("bytes")}  model.onnx\n{Sha("onnx==1\n")}  requirements.txt\n";
        Assert.Equal((Sha(list), Sha("onnx==1\n"), "git:0abc"), (version.Digests.Model, version.Digests.Environment, version.Digests.Code));
        Assert.Equal([new SignatureField("income", "double")], version.Signature!.Inputs);
        Assert.Equal([new SignatureField("0", "tensor(float32, [-1, 1])")], version.Signature.Outputs);
        Assert.Equal("onnx, python_function", version.Card.Sections.Single(section => section.Id == "model").Figures.Single(figure => figure.Label == "Loads as").Value);
    }

    [Theory, EachDatabase]
    public async Task A_version_of_another_version_is_made_of_the_same(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        await shelf.Upload(run, "model.onnx", "bytes");
        await shelf.CreateModel("draft");
        await shelf.CreateModel("ready");
        await shelf.Register("draft", $"runs:/{run}/model.onnx");
        await shelf.Done("POST", "registered-models/alias", new { name = "draft", alias = "best", version = "1" });

        await shelf.Register("ready", "models:/draft@best");
        await shelf.Register("ready", "models:/draft/1");

        foreach (var number in (long[])[1, 2])
        {
            var version = await shelf.Read<ModelVersionView>($"models/ready/versions/{number}");
            Assert.Equal((Sha("bytes"), run), (version.Digests.Model, version.Run?.RunId));
            var (_, address) = await shelf.Mlf("GET", $"model-versions/get-download-uri?name=ready&version={number}");
            Assert.Contains($"mlflow-artifacts:/0/{run}/artifacts/model.onnx", address, StringComparison.Ordinal);
        }

        Assert.Equal(404, (await shelf.Mlf("POST", "model-versions/create", new { name = "ready", source = "models:/draft/9" })).Status);
    }

    [Theory, EachDatabase]
    public async Task Versions_registered_at_the_same_time_get_different_numbers(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("m");

        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shelf.Register("m")));

        Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), numbers.Order());
    }

    [Theory, EachDatabase]
    public async Task A_wrong_source_registers_nothing(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("m");

        foreach (var source in (string[])["/etc/passwd", "file:///etc/passwd", "s3://b/%2e%2e/x", "http://h/#/../../etc", "models:/m/1/2"])
        {
            Assert.Equal((source, 400), (source, (await shelf.Mlf("POST", "model-versions/create", new { name = "m", source })).Status));
        }

        Assert.Equal(404, (await shelf.Mlf("POST", "model-versions/create", new { name = "unknown", source = "s3://b/a" })).Status);
        Assert.Equal(0, (await shelf.Read<ModelView>("models/m")).Versions);
    }

    [Theory, EachDatabase]
    public async Task A_source_elsewhere_is_kept_as_given_and_the_version_says_that_nothing_is_known_of_it(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("m");
        const string Elsewhere = "00000000000000000000000000000000";
        (string Source, string Run)[] given = [("https://host/model.onnx?v=1", ""), ("dbfs:/models/x", ""), ($"runs:/{Elsewhere}/model", Elsewhere), ("s3://b/a", Elsewhere)];

        for (var i = 0; i < given.Length; i++)
        {
            var number = await shelf.Register("m", given[i].Source, given[i].Run);

            Assert.Equal(i + 1, number);
            var wire = (await shelf.Done("GET", $"model-versions/get?name=m&version={number}"))["model_version"]!;
            Assert.Equal(given[i], ((string)wire["source"]!, (string)wire["run_id"]!));
            Assert.Equal(given[i].Source, (string)(await shelf.Done("GET", $"model-versions/get-download-uri?name=m&version={number}"))["artifact_uri"]!);
            var version = await Version(shelf, number);
            Assert.Equal(new VersionDigests(), version.Digests);
            Assert.Contains(version.Findings, finding => finding.Subject == "model" && finding.Detail.Contains($"Its files are at {given[i].Source}, outside this server", StringComparison.Ordinal));
        }
    }

    [Theory, EachDatabase]
    public async Task Files_kept_here_do_not_vouch_for_a_run_whose_artifacts_are_elsewhere(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var experiment = (string)(await shelf.Done("POST", "experiments/create", new { name = "far", artifact_location = "s3://bucket/far" }))["experiment_id"]!;
        var run = (string)(await shelf.Done("POST", "runs/create", new { experiment_id = experiment, start_time = 1 }))["run"]!["info"]!["run_id"]!;
        await shelf.Upload(run, "model.onnx", "not what clients fetch", experiment);
        await shelf.CreateModel("m");

        await shelf.Register("m", $"runs:/{run}/model.onnx", run);

        var version = await Version(shelf, 1);
        Assert.Null(version.Digests.Model);
        Assert.Equal(run, version.Run?.RunId);
        Assert.Contains(version.Findings, finding => finding.Detail.Contains($"s3://bucket/far/{run}/artifacts/model.onnx, outside this server", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task Versions_are_found_by_run_source_number_and_tag(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var run = await shelf.CreateRun();
        foreach (var name in (string[])["a", "b"])
        {
            await shelf.CreateModel(name);
            await shelf.Register(name, "s3://b/" + name);
            await shelf.Register(name, $"runs:/{run}/x", run);
            await shelf.Done("POST", "model-versions/set-tag", new { name, version = "1", key = "team", value = name });
        }

        Assert.Equal(["a/2", "a/1", "b/2", "b/1"], await Search(shelf, ""));
        Assert.Equal(["a/2", "b/2"], await Search(shelf, $"run_id = '{run}'"));
        Assert.Equal(["b/1"], await Search(shelf, "source_path = 's3://b/b'"));
        Assert.Equal(["b/2"], await Search(shelf, "name = 'b' AND version_number >= 2"));
        Assert.Equal(["a/1"], await Search(shelf, "tags.team = 'a'"));
        Assert.Equal(["a/2", "b/2"], await Search(shelf, "tags.team IS NULL"));
        Assert.Equal(["b/1"], await Search(shelf, "tags.team ILIKE 'B%'"));
        Assert.Equal(["a/1", "a/2", "b/1", "b/2"], [.. (await Search(shelf, "", "&order_by=creation_timestamp%20DESC")).Order()]);
        Assert.Equal(["b/2"], await Search(shelf, $"name = 'b' AND run_id = '{run}'", "&order_by=last_updated_timestamp%20DESC"));
        Assert.Equal(["a/1", "b/1", "a/2", "b/2"], await Search(shelf, "", "&order_by=version_number%20ASC"));
        Assert.Equal(400, (await shelf.Mlf("GET", "model-versions/search?order_by=stage")).Status);
        Assert.Equal(400, (await shelf.Mlf("GET", "model-versions/search?max_results=0")).Status);
        Assert.Equal(400, (await shelf.Mlf("GET", "model-versions/search?max_results=200001")).Status);
    }

    [Theory, EachDatabase]
    public async Task Tags_that_differ_only_late_in_a_long_value_are_told_apart(string database)
    {
        await using var shelf = await Shelf.Open(database);
        // Longer than what the index holds, and a sign of two code units lies across its end.
        var longText = new string('x', 99) + "🚢" + new string('y', 200);
        foreach (var (name, value) in new[] { ("one", longText + "1"), ("two", longText + "2") })
        {
            await shelf.CreateModel(name);
            await shelf.Register(name, "s3://b/" + name);
            await shelf.Done("POST", "model-versions/set-tag", new { name, version = "1", key = "note", value });
            await shelf.Done("POST", "registered-models/set-tag", new { name, key = "note", value });
        }

        Assert.Equal(["two/1"], await Search(shelf, $"tags.note = '{longText}2'"));
        Assert.Empty(await Search(shelf, $"tags.note = '{longText}'"));
        var models = await shelf.Read<Page<ModelView>>($"models?filter={Uri.EscapeDataString($"tags.note = '{longText}1'")}");
        Assert.Equal("one", Assert.Single(models.Items).Name);
    }

    private static async Task<string[]> Search(Shelf shelf, string filter, string more = "") =>
    [
        .. ((await shelf.Done("GET", $"model-versions/search?filter={Uri.EscapeDataString(filter)}{more}"))["model_versions"]?.AsArray() ?? [])
            .Select(version => $"{version!["name"]}/{version["version"]}"),
    ];

    private static Task<ModelVersionView> Version(Shelf shelf, long number) => shelf.Read<ModelVersionView>($"models/m/versions/{number}");

    private static string Sha(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
