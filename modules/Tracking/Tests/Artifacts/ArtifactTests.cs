using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Tests.Artifacts;

public sealed class ArtifactTests
{
    [Theory, EachDatabase]
    public async Task A_file_is_listed_with_its_digest_and_comes_back_whole_or_in_part(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        var content = RandomNumberGenerator.GetBytes(3 * 1024 * 1024);
        Assert.Equal((200, "{}"), await Put(room, run, "model/weights é.bin", content));
        await Put(room, run, "model.txt", "x"u8.ToArray());
        await Put(room, run, "model/a/b.txt", "y"u8.ToArray());

        var root = await room.Native<ArtifactList>($"runs/{run}/artifacts");
        var folder = await room.Native<ArtifactList>($"runs/{run}/artifacts?path=model");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/w/default/runs/{run}/artifacts/content?path={Uri.EscapeDataString("model/weights é.bin")}");
        request.Headers.Range = new RangeHeaderValue(2_000_000, 2_000_009);
        using var part = await room.Http.SendAsync(request);
        var whole = await room.Http.GetByteArrayAsync(request.RequestUri);

        Assert.Equal([("model", true), ("model.txt", false)], root.Items.Select(item => (item.Path, item.IsDirectory)));
        Assert.Equal([("model/a", true), ("model/weights é.bin", false)], folder.Items.Select(item => (item.Path, item.IsDirectory)));
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(content)), content.LongLength), (folder.Items[1].Digest, folder.Items[1].SizeBytes));
        Assert.Equal(content, whole);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(content[2_000_000..2_000_010], await part.Content.ReadAsByteArrayAsync());
    }

    [Theory, InlineData(3 * 1024 * 1024), InlineData(10), InlineData(0)]
    public async Task Ranges_and_conditions_are_those_of_http(int size)
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        var run = await room.CreateRun();
        var content = RandomNumberGenerator.GetBytes(size);
        await Put(room, run, "a.bin", content);
        var path = $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/a.bin";
        var digest = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";

        await Gives(200, content, room, path);
        await Gives(304, [], room, path, ("If-None-Match", digest));
        await Gives(412, [], room, path, ("If-Match", "\"other\""));
        await Gives(416, [], room, path, ("Range", $"bytes={size}-"));
        await Gives(200, content, room, path, ("Range", "bytes=0-1"), ("If-Range", "\"other\""));
        if (size == 0) { return; }

        await Gives(206, content[^7..], room, path, ("Range", "bytes=-7"));
        await Gives(206, content[3..], room, path, ("Range", "bytes=3-"));
        await Gives(206, content[..2], room, path, ("Range", "bytes=0-1"), ("If-Range", digest));
    }

    [Theory, EachDatabase]
    public async Task Artifacts_of_a_run_whose_experiment_is_elsewhere_are_said_to_be_there(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = (string)(await room.Done("experiments/create", new { name = "far", artifact_location = "https://host/far?key=1" }))["experiment_id"]!;
        var run = await room.CreateRun(experiment);
        var said = $"The artifacts of run {run} are at https://host/far/{run}/artifacts?key=1, outside this server";

        foreach (var path in (string[])[$"artifacts/list?run_id={run}", $"/get-artifact?run_id={run}&path=a.txt", $"/api/v1/w/default/runs/{run}/artifacts"])
        {
            var (status, body) = await room.Get(path);

            Assert.Equal((path, 400), (path, status));
            Assert.Contains(said, body, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("/api/v1/w/default/runs/RUN/artifacts/content?path=page.html"), InlineData("/get-artifact?run_id=RUN&path=page.html"), InlineData("/api/2.0/mlflow-artifacts/artifacts/0/RUN/artifacts/page.html")]
    public async Task A_page_among_the_artifacts_is_never_shown_as_one(string path)
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        var run = await room.CreateRun();
        await Put(room, run, "page.html", "<script>alert(1)</script>"u8.ToArray());

        using var answer = await room.Http.GetAsync(path.Replace("RUN", run, StringComparison.Ordinal));

        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("attachment; filename=page.html", answer.Content.Headers.ContentDisposition?.ToString());
    }

    [Fact]
    public async Task No_encoding_of_a_way_out_passes_any_parameter_that_looks_like_a_path()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite);
        var run = await room.CreateRun();
        await Put(room, run, "a.txt", "x"u8.ToArray());
        var model = await LoggedModels.LoggedModelTests.Create(room, "m", run);

        foreach (var wayOut in ArtifactPathTests.WaysOut.Select(row => row.Data))
        {
            // As raw bytes of the request line, since a URI type would tidy them up.
            var escaped = Uri.EscapeDataString(wayOut);
            foreach (var (method, target) in ((string, string)[])
            [
                ("GET", $"/api/2.0/mlflow/artifacts/list?run_id={run}&path={escaped}"), ("GET", $"/ajax-api/2.0/mlflow/artifacts/list?run_id={run}&path={escaped}"),
                ("GET", $"/get-artifact?run_id={run}&path={escaped}"), ("GET", $"/api/2.0/mlflow-artifacts/artifacts?path={escaped}"),
                ("GET", $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/{escaped}"), ("PUT", $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/{escaped}"),
                ("DELETE", $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/{escaped}"), ("POST", $"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run}&path={escaped}"),
                ("GET", $"/api/v1/w/default/runs/{run}/artifacts?path={escaped}"), ("GET", $"/api/v1/w/default/runs/{run}/artifacts/content?path={escaped}"),
                ("GET", $"/api/2.0/mlflow/logged-models/{model}/artifacts/directories?artifact_directory_path={escaped}"),
                ("GET", $"/ajax-api/2.0/mlflow/logged-models/{model}/artifacts/files?artifact_file_path={escaped}"),
                ("PUT", $"/api/2.0/mlflow-artifacts/artifacts/0/models/{model}/artifacts/{escaped}"), ("GET", $"/api/v1/w/default/logged-models/{model}/artifacts?path={escaped}"),
            ])
            {
                var status = await Raw(room, method, target);
                Assert.True(status is 400 or 404, $"{method} {target}: {status}");
            }
        }

        Assert.Equal(["a.txt"], (await room.Native<ArtifactList>($"runs/{run}/artifacts")).Items.Select(item => item.Path));
    }

    [Theory, EachDatabase]
    public async Task A_deleted_run_takes_no_artifacts_and_an_upload_elsewhere_says_where(string database)
    {
        await using var room = await Room.Open(database);
        var run = await room.CreateRun();
        await room.Done("runs/delete", new { run_id = run });

        var (status, body) = await Put(room, run, "a.txt", [1]);
        var elsewhere = await room.Send(HttpMethod.Put, "/api/2.0/mlflow-artifacts/artifacts/somewhere/a.txt", new ByteArrayContent([1]));

        Assert.Equal(400, status);
        Assert.Contains("must be in the 'active' state", body, StringComparison.Ordinal);
        Assert.Equal(400, elsewhere.Status);
        Assert.Contains("EXPERIMENT/RUN/artifacts/NAME", elsewhere.Body, StringComparison.Ordinal);
    }

    private static Task<(int Status, string Body)> Put(Room room, string run, string name, byte[] content) => room.Send(
        HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}", new ByteArrayContent(content));

    private static async Task<int> Raw(Room room, string method, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(room.Server.BaseAddress.Host, room.Server.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {room.Server.BaseAddress.Authority}\r\nContent-Length: 1\r\nContent-Type: application/json\r\nConnection: close\r\n\r\nx"));
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync() ?? "";
        return int.Parse(line.Split(' ')[1], null);
    }

    private static async Task Gives(int status, byte[] content, Room room, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) { request.Headers.TryAddWithoutValidation(name, value); }

        using var answer = await room.Http.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
    }
}
