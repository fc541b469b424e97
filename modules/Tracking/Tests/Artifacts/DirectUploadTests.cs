using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Tracking.Artifacts.Direct;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Tests.Artifacts;

/// <summary>Uploads and downloads on signed addresses, against a bucket; the routes that let strangers overwrite artifacts in MLflow (CVE-2026-2651).</summary>
public sealed class DirectUploadTests
{
    private const string Mpu = "/api/2.0/mlflow-artifacts/mpu/";

    [Theory, EachDatabase]
    public async Task A_file_goes_into_the_bucket_in_parts_and_becomes_an_artifact_with_the_servers_own_digest(string database)
    {
        await using var room = await Room.Open(database, change: (await TestBucket.Open()).UseAll);
        var run = await room.CreateRun();
        var (first, second) = (RandomNumberGenerator.GetBytes(6 << 20), RandomNumberGenerator.GetBytes(700_000));
        byte[] whole = [.. first, .. second];
        var upload = await Begin(room, $"0/{run}/artifacts/model", "C:\\Users\\me\\big é.bin", 2);
        object[] parts = [await Part(upload, 1, first), await Part(upload, 2, second)];

        var listedBefore = await room.Native<ArtifactList>($"runs/{run}/artifacts?path=model");
        var wrong = await Complete(room, run, upload, [parts[0], new { part_number = 2, etag = "\"0123\"" }]);
        var both = await Task.WhenAll(Complete(room, run, upload, parts), Complete(room, run, upload, parts));
        var again = await Complete(room, run, upload, parts);
        var listed = await room.Native<ArtifactList>($"runs/{run}/artifacts?path=model");
        using var signed = await room.Http.GetAsync($"/api/2.0/mlflow-artifacts/presigned/0/{run}/artifacts/model/{Uri.EscapeDataString("big é.bin")}");
        var address = JsonNode.Parse(await signed.Content.ReadAsStringAsync())!;

        var digest = Convert.ToHexStringLower(SHA256.HashData(whole));
        Assert.Empty(listedBefore.Items);
        Assert.True(wrong is (400, _) && wrong.Body.Contains("InvalidPart", StringComparison.Ordinal), $"{wrong}");
        Assert.All([.. both, again], answer => Assert.Equal((200, "{}"), answer));
        Assert.Equal([("model/big é.bin", whole.LongLength, digest)], listed.Items.Select(item => (item.Path, item.SizeBytes ?? 0, item.Digest!)));
        Assert.Equal(whole, await room.Http.GetByteArrayAsync($"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/model/{Uri.EscapeDataString("big é.bin")}"));
        Assert.Equal((whole.LongLength, $"\"{digest}\""), ((long)address["file_size"]!, signed.Headers.ETag!.Tag));
        using var outside = new HttpClient();
        Assert.Equal(whole, await outside.GetByteArrayAsync((string)address["url"]!));
        // What was hashed can no longer be exchanged.
        using var late = await outside.PutAsync((string)upload["credentials"]![0]!["url"]!, new ByteArrayContent([1]));
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Theory, EachDatabase]
    public async Task Nobody_but_who_began_it_completes_or_aborts_an_upload_and_only_where_it_was_begun(string database)
    {
        await using var room = await Room.Open(database, change: (await TestBucket.Open()).UseAll);
        var (run, other) = (await room.CreateRun(), await room.CreateRun());
        await room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/model/a.bin", new StringContent("mine"));
        using var contributor = await room.Program(Role.Contributor, "default");
        using var reader = await room.Program(Role.Viewer, "default");
        using var stranger = await room.Program(Role.Admin, "risk");
        var upload = await Begin(room, $"0/{run}/artifacts/model", "a.bin", 1);
        object[] parts = [await Part(upload, 1, [1, 2, 3])];
        var id = (string)upload["upload_id"]!;

        foreach (var (by, path, name, expected) in new[]
        {
            (contributor, $"0/{run}/artifacts/model", "a.bin", 404), (reader, $"0/{run}/artifacts/model", "a.bin", 403), (stranger, $"0/{run}/artifacts/model", "a.bin", 404),
            (room.Http, $"0/{run}/artifacts/model", "b.bin", 404), (room.Http, $"0/{run}/artifacts", "a.bin", 404), (room.Http, $"0/{other}/artifacts/model", "a.bin", 404),
            (room.Http, $"0/{run}/artifacts/model", "..", 400), (room.Http, "elsewhere", "a.bin", 404),
        })
        {
            var completed = await room.Send(HttpMethod.Post, Mpu + "complete/" + path, Json(new { path = name, upload_id = id, parts }), by);
            var aborted = await room.Send(HttpMethod.Post, Mpu + "abort/" + path, Json(new { path = name, upload_id = id }), by);
            Assert.True((completed.Status, aborted.Status) == (expected, expected), $"{path}/{name}: {completed} {aborted}");
        }

        Assert.Equal(404, (await room.Send(HttpMethod.Post, $"{Mpu}create/0/{run}/artifacts", Json(new { path = "a", num_parts = 1 }), stranger)).Status);
        Assert.Equal(403, (await room.Send(HttpMethod.Post, $"{Mpu}create/0/{run}/artifacts", Json(new { path = "a", num_parts = 1 }), reader)).Status);
        Assert.Equal(404, (await room.Get($"/api/2.0/mlflow-artifacts/presigned/0/{run}/artifacts/model/a.bin", stranger)).Status);
        Assert.Equal("mine", (await room.Get($"/get-artifact?run_id={run}&path=model/a.bin")).Body);
        Assert.Equal((200, "{}"), await Complete(room, run, upload, parts));
        Assert.Equal("\u0001\u0002\u0003", (await room.Get($"/get-artifact?run_id={run}&path=model/a.bin")).Body);
    }

    [Theory, EachDatabase]
    public async Task A_deleted_run_takes_no_upload_and_an_aborted_or_expired_one_is_gone_from_the_bucket(string database)
    {
        var clock = new ManualClock();
        await using var room = await Room.Open(database, clock, change: (await TestBucket.Open()).UseAll);
        var (run, kept) = (await room.CreateRun(), await room.CreateRun());
        var (upload, aborted, expired) = (await Begin(room, $"0/{run}/artifacts", "a.bin", 1), await Begin(room, $"0/{kept}/artifacts", "b.bin", 1), await Begin(room, $"0/{kept}/artifacts", "c.bin", 1));
        var (part, partOfExpired) = (await Part(upload, 1, [1]), await Part(expired, 1, [1]));
        await room.Done("runs/delete", new { run_id = run });

        var deleted = await room.Send(HttpMethod.Post, $"{Mpu}complete/0/{run}/artifacts", Json(new { path = "a.bin", upload_id = (string)upload["upload_id"]!, parts = new[] { part } }));
        var begun = await room.Send(HttpMethod.Post, $"{Mpu}create/0/{run}/artifacts", Json(new { path = "a.bin", num_parts = 1 }));
        var gone = await room.Send(HttpMethod.Post, $"{Mpu}abort/0/{kept}/artifacts", Json(new { path = "b.bin", upload_id = (string)aborted["upload_id"]! }));
        clock.Advance(TimeSpan.FromHours(25));
        var late = await room.Send(HttpMethod.Post, $"{Mpu}complete/0/{kept}/artifacts", Json(new { path = "c.bin", upload_id = (string)expired["upload_id"]!, parts = new[] { partOfExpired } }));
        await room.Server.Services.GetRequiredService<UploadRounds>().Remove(default);

        Assert.True(deleted is (400, _) && deleted.Body.Contains("must be in the 'active' state", StringComparison.Ordinal), $"{deleted}");
        Assert.Equal((400, 404), (begun.Status, late.Status));
        Assert.Equal((200, "{}"), gone);
        using var outside = new HttpClient();
        foreach (var dead in new[] { upload, aborted, expired })
        {
            using var answer = await outside.PutAsync((string)dead["credentials"]![0]!["url"]!, new ByteArrayContent([1]));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Empty((await room.Native<ArtifactList>($"runs/{kept}/artifacts")).Items);
        Assert.Equal(0, await room.Server.Db.Read(tx => tx.QueryOne($"SELECT COUNT(*) FROM tracking_uploads", row => row.GetInt64(0)), default));
    }

    [Fact]
    public async Task Too_many_parts_or_open_uploads_are_refused()
    {
        await using var room = await Room.Open(TestDatabase.Sqlite, change: (await TestBucket.Open()).UseAll);
        var run = await room.CreateRun();
        var owner = await Begin(room, $"0/{run}/artifacts", "first.bin", 1);
        await room.Server.Db.Write(tx =>
        {
            var principal = tx.QueryOne($"SELECT principal_id FROM tracking_uploads", row => row.GetString(0))!;
            for (var i = 1; i < Limits.OpenUploads; i++) { UploadStore.Insert(tx, new Upload($"{i}", "default", run, "x", principal, "", "", 1, long.MaxValue, null)); }
        }, default);

        Assert.NotNull(owner);
        foreach (var parts in (long[])[0, -1, Limits.UploadParts + 1])
        {
            Assert.Equal(400, (await room.Send(HttpMethod.Post, $"{Mpu}create/0/{run}/artifacts", Json(new { path = "a", num_parts = parts }))).Status);
        }

        var refused = await room.Send(HttpMethod.Post, $"{Mpu}create/0/{run}/artifacts", Json(new { path = "a", num_parts = 1 }));
        Assert.True(refused is (429, _) && refused.Body.Contains("complete or abort some", StringComparison.Ordinal), $"{refused}");
    }

    [Fact]
    public async Task Without_leave_of_the_operator_downloads_go_through_the_server()
    {
        var bucket = await TestBucket.Open();
        await using var room = await Room.Open(TestDatabase.Sqlite, change: bucket.Use);
        var run = await room.CreateRun();
        await room.Send(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/a.txt", new StringContent("x"));

        Assert.Equal(501, (await room.Get($"/api/2.0/mlflow-artifacts/presigned/0/{run}/artifacts/a.txt")).Status);
        Assert.Equal((200, "x"), await room.Get($"/api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/a.txt"));
    }

    private static async Task<JsonNode> Begin(Room room, string directory, string file, int parts)
    {
        var (status, body) = await room.Send(HttpMethod.Post, Mpu + "create/" + directory, Json(new { path = file, num_parts = parts }));
        Assert.True(status == 200, $"{status} {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>Sends a part where a client does: straight to the store, without credentials.</summary>
    private static async Task<object> Part(JsonNode upload, int number, byte[] content)
    {
        var credential = upload["credentials"]![number - 1]!;
        Assert.Equal(number, (int)credential["part_number"]!);
        using var outside = new HttpClient();
        using var answer = await outside.PutAsync((string)credential["url"]!, new ByteArrayContent(content));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return new { part_number = number, etag = answer.Headers.ETag!.Tag, url = (string)credential["url"]! };
    }

    private static Task<(int Status, string Body)> Complete(Room room, string run, JsonNode upload, object[] parts) =>
        room.Send(HttpMethod.Post, $"{Mpu}complete/0/{run}/artifacts/model", Json(new { path = parts.Length == 1 ? "a.bin" : "big é.bin", upload_id = (string)upload["upload_id"]!, parts }));

    private static StringContent Json(object body) => new(System.Text.Json.JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
}
