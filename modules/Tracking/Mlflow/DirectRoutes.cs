using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Artifacts;
using Slipway.Tracking.Artifacts.Direct;

namespace Slipway.Tracking.Mlflow;

/// <summary>Transfers of artifacts on signed addresses: uploads in parts and downloads. The address names a directory, the body the file, whose own directories on the client's disk do not count.</summary>
internal sealed class DirectRoutes(BeginUpload begin, CompleteUpload complete, AbortUpload abort, SignDownload download)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflow("POST", "/mlflow-artifacts/mpu/create/{**path}", Permissions.ArtifactsWrite, Create);
        routes.MapMlflow("POST", "/mlflow-artifacts/mpu/complete/{**path}", Permissions.ArtifactsWrite, Complete);
        routes.MapMlflow("POST", "/mlflow-artifacts/mpu/abort/{**path}", Permissions.ArtifactsWrite, Abort);
        routes.MapMlflow("GET", "/mlflow-artifacts/presigned/{**path}", Permissions.ArtifactsRead, Download);
    }

    private async Task<Problem?> Create(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (address, parts) = (AddressOf(context, "create", input), input.Integer("num_parts"));
        if (input.Problem is { } fault) { return fault; }

        if ((await begin.Handle(caller, address.OwnerId, address.Path, parts ?? 1, ct)).Fails(out problem, out var begun)) { return problem; }

        return await MlflowJson.Answer(context, json =>
        {
            json.WriteString("upload_id"u8, begun.Upload.UploadId);
            json.WriteStartArray("credentials"u8);
            for (var i = 0; i < begun.Parts.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("url"u8, begun.Parts[i].AbsoluteUri);
                json.WriteNumber("part_number"u8, i + 1);
                Headers(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private async Task<Problem?> Complete(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (address, upload, parts) = (AddressOf(context, "complete", input), input.Required("upload_id"), new List<(long Number, string ETag)>());
        foreach (var part in input.Objects("parts"))
        {
            parts.Add((part.Integer("part_number") ?? 0, part.Text("etag") ?? ""));
            input.Take(part, $"parts[{parts.Count - 1}].");
        }

        return input.Problem ?? await MlflowJson.Empty(context, await complete.Handle(caller, address.OwnerId, address.Path, upload, parts, ct));
    }

    private async Task<Problem?> Abort(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (address, upload) = (AddressOf(context, "abort", input), input.Required("upload_id"));
        return input.Problem ?? await MlflowJson.Empty(context, await abort.Handle(caller, address.OwnerId, address.Path, upload, ct));
    }

    private async Task<Problem?> Download(HttpContext context, Caller caller, CancellationToken ct)
    {
        var path = ArtifactAddress.PathOf(context.Request, "/mlflow-artifacts/presigned/");
        if ((await download.Handle(caller, ArtifactAddress.Parse(path)?.OwnerId ?? "", ArtifactAddress.Parse(path)?.Path ?? "", ct)).Fails(out var problem, out var found)) { return problem; }

        context.Response.Headers.ETag = $"\"{found.Artifact.Digest}\"";
        return await MlflowJson.Answer(context, json =>
        {
            json.WriteString("url"u8, found.Address.AbsoluteUri);
            Headers(json);
            json.WriteNumber("file_size"u8, found.Artifact.SizeBytes);
        });
    }

    /// <summary>The place of the file; of nobody when the address is no run's or model's, which the handlers refuse.</summary>
    private static ArtifactAddress AddressOf(HttpContext context, string step, MlflowInput input)
    {
        var name = input.Required("path");
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var directory = ArtifactAddress.PathOf(context.Request, $"/mlflow-artifacts/mpu/{step}/").TrimEnd('/');
        var address = ArtifactAddress.Parse(directory) ?? new ArtifactAddress("", "");
        return address with { Path = address.Path.Length == 0 ? name : $"{address.Path}/{name}" };
    }

    private static void Headers(Utf8JsonWriter json)
    {
        json.WriteStartObject("headers"u8);
        json.WriteEndObject();
    }
}
