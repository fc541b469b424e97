using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Artifacts;
using Slipway.Tracking.Artifacts.Direct;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Mlflow;

/// <summary>Artifacts: the listing of a run, the proxy that clients upload to, and one signed address that is not given.</summary>
internal sealed class ArtifactRoutes(ListArtifacts list, ReadArtifact read, PutArtifact put, DeleteArtifact delete, GetRun runs)
{
    private const string Proxy = "/mlflow-artifacts/artifacts";
    private const long MaxUiUploadBytes = 10 * 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflow("GET", "/mlflow/artifacts/list", Permissions.ArtifactsRead, ListOfRun);
        routes.MapMlflow("GET", Proxy, Permissions.ArtifactsRead, ListOfProxy);
        routes.MapMlflow("GET", Proxy + "/{**path}", Permissions.ArtifactsRead, Download);
        routes.MapMlflow("PUT", Proxy + "/{**path}", Permissions.ArtifactsWrite, Upload);
        routes.MapMlflow("DELETE", Proxy + "/{**path}", Permissions.ArtifactsWrite, Delete);
        routes.MapOne("GET", "/get-artifact", Permissions.ArtifactsRead, DownloadOfRun);
        routes.MapOne("POST", "/ajax-api/2.0/mlflow/upload-artifact", Permissions.ArtifactsWrite, UploadOfRun);
        routes.MapMlflow("POST", "/mlflow/artifacts/presigned-upload-url", Permissions.ArtifactsWrite, Presigned);
    }

    private async Task<Problem?> ListOfRun(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (runId, path) = (input.RunId(), input.Text("path"));
        if (input.Problem is { } fault) { return fault; }

        if ((await list.Handle(caller, runId, path, ct)).Fails(out problem, out var found)) { return problem; }

        return await MlflowJson.Answer(context, json =>
        {
            json.WriteString("root_uri"u8, found.Owner.ArtifactUri);
            return MlflowJson.List(json, "files", found.Entries, (writer, entry) => Entry(writer, entry, entry.Path));
        });
    }

    private async Task<Problem?> ListOfProxy(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var path = input.Text("path") ?? "";
        if (input.Problem is { } fault) { return fault; }

        if (ArtifactPath.Directory(path).Fails(out problem, out var directory)) { return problem; }

        var entries = new List<ArtifactEntry>();
        if (ArtifactAddress.Parse(directory) is { } address)
        {
            // A run or directory that is not there has nothing in it.
            var found = await list.Handle(caller, address.OwnerId, address.Path, ct);
            if (found.Fails(out problem, out var listed) && problem is not { Status: 404, Hidden: false }) { return problem; }

            entries = listed.Entries ?? [];
        }

        return await MlflowJson.Answer(context, json => MlflowJson.List(json, "files", entries, (writer, entry) => Entry(writer, entry, entry.Name)));
    }

    private async Task<Problem?> Download(HttpContext context, Caller caller, CancellationToken ct)
    {
        var path = ArtifactAddress.PathOf(context.Request);
        if (ArtifactPath.File(path).Fails(out var problem, out _)) { return problem; }

        return ArtifactAddress.Parse(path) is { Path.Length: > 0 } address
            ? await Send(context, await read.Handle(caller, address.OwnerId, address.Path, ct))
            : new Problem(404, "not_found", $"No such artifact: '{path}'");
    }

    private async Task<Problem?> DownloadOfRun(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (runId, path) = (input.RunId(), input.Required("path"));
        return input.Problem ?? await Send(context, await read.Handle(caller, runId, path, ct));
    }

    private async Task<Problem?> Send(HttpContext context, Result<Artifact> found)
    {
        if (found.Fails(out var problem, out var artifact)) { return problem; }

        await read.Send(artifact).ExecuteAsync(context);
        return null;
    }

    private async Task<Problem?> Upload(HttpContext context, Caller caller, CancellationToken ct)
    {
        AllowBytes(context, Limits.ArtifactBytes);
        var path = ArtifactAddress.PathOf(context.Request);
        if (ArtifactPath.File(path).Fails(out var problem, out _)) { return problem; }

        return ArtifactAddress.Parse(path) is { Path.Length: > 0 } address
            ? await MlflowJson.Empty(context, await put.Handle(caller, address.OwnerId, address.Path, context.Request.Body, ct))
            : Problem.Invalid("path", $"Invalid path '{path}': artifacts are kept by run or logged model, under EXPERIMENT/RUN/artifacts/NAME or EXPERIMENT/models/MODEL/artifacts/NAME.");
    }

    private async Task<Problem?> UploadOfRun(HttpContext context, Caller caller, CancellationToken ct)
    {
        AllowBytes(context, MaxUiUploadBytes);
        var query = context.Request.Query;
        var (runId, path) = (query["run_uuid"].ToString(), query["path"].ToString());
        if (runId.Length == 0) { return MlflowFaults.Missing("run_uuid"); }

        if (path.Length == 0) { return MlflowFaults.Missing("path"); }

        context.Response.ContentType = "application/json";
        return (await put.Handle(caller, runId, path, context.Request.Body, ct)).Problem;
    }

    private async Task<Problem?> Delete(HttpContext context, Caller caller, CancellationToken ct)
    {
        var path = ArtifactAddress.PathOf(context.Request);
        if (ArtifactPath.Directory(path).Fails(out var problem, out var safe)) { return problem; }

        if (ArtifactAddress.Parse(safe) is not { } address) { return await MlflowJson.Empty<Done>(context, Done.Value); }

        var gone = await delete.Handle(caller, address.OwnerId, address.Path, ct);
        return gone.Problem is { Status: 404, Hidden: false } ? await MlflowJson.Empty<Done>(context, Done.Value) : await MlflowJson.Empty(context, gone);
    }

    private async Task<Problem?> Presigned(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var runId = input.RunId();
        if (input.Problem is { } fault) { return fault; }

        if ((await runs.Handle(caller, runId, ct)).Fails(out problem, out var run)) { return problem; }

        return run.Run.ArtifactUri.StartsWith(ArtifactLocation.Own, StringComparison.Ordinal)
            ? Problem.Invalid("run_id", "Presigned upload is not supported for runs with proxied artifact storage (artifact URI scheme: mlflow-artifacts). This endpoint requires a run with a direct cloud storage artifact URI.")
            : DirectFaults.NotOffered("upload");
    }

    private static void AllowBytes(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) { limit.MaxRequestBodySize = bytes; }
    }

    internal static void Entry(System.Text.Json.Utf8JsonWriter json, ArtifactEntry entry, string path)
    {
        json.WriteStartObject();
        json.WriteString("path"u8, path);
        json.WriteBoolean("is_dir"u8, entry.File is null);
        if (entry.File is { SizeBytes: > 0 } file) { json.WriteNumber("file_size"u8, file.SizeBytes); }

        json.WriteEndObject();
    }
}
