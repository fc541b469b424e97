using System.Text.Encodings.Web;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Tracking.Artifacts;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.LoggedModels;

/// <summary>The port for later rooms: a model and its files from one snapshot, and the note that it was registered.</summary>
internal sealed class ReadLoggedModel(Db db) : ILoggedModels
{
    private const string RegistrationsTag = "mlflow.modelVersions";
    private const int MaxFiles = 10_000;

    public async Task<Result<LoggedModelRecord>> Find(Caller caller, string modelId, string path, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.RunsRead) ?? caller.Lacks(Permissions.ArtifactsRead)) is { } denied) { return denied; }

        if (ArtifactPath.Directory(path).Fails(out var fault, out var place)) { return fault; }

        return await db.Read(tx => LoggedModelStore.FindActive(tx, caller, Permissions.RunsRead, modelId)
            .Then(model => Record(LoggedModelStore.Load(tx, [model.Key])[0], ArtifactStore.Below(tx, model.Key, place, MaxFiles))), ct);
    }

    public Problem? NoteRegistration(WriteTx tx, Caller caller, string modelId, string name, long version)
    {
        if (LoggedModelStore.FindActive(tx, caller, Permissions.RunsRead, modelId).Fails(out var missing, out var model)) { return missing; }

        if (!caller.May(Permissions.RunsWrite, model.ExperimentIdText)) { return null; }

        // Spaced as Python's json.dumps, which wrote these tags so far; what a client put there itself stays.
        var entry = $"{{\"name\": \"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\", \"version\": {version}}}";
        var noted = Entries(LoggedModelStore.Tag(tx, model.Key, RegistrationsTag));
        if (!noted.Contains(entry))
        {
            LoggedModelStore.SetTags(tx, model.Key, [new(RegistrationsTag, $"[{string.Join(", ", [.. noted, entry])}]")]);
        }

        return null;
    }

    private static List<string> Entries(string? tag)
    {
        if (tag is null) { return []; }

        try
        {
            using var list = JsonDocument.Parse(tag);
            return list.RootElement.ValueKind == JsonValueKind.Array ? [.. list.RootElement.EnumerateArray().Select(entry => entry.GetRawText())] : [];
        }
        catch (JsonException)
        {
            // Not ours: a client wrote something else under this name.
            return [];
        }
    }

    private static LoggedModelRecord Record(LoggedModelWithData found, List<Artifact> files) => new(
        found.Model.ModelId, found.Model.ExperimentIdText, found.Model.Name, found.Model.ModelType, LoggedModelViews.NullIfEmpty(found.Model.SourceRunId), StatusName(found.Model.Status), found.Model.ArtifactUri,
        found.Params.ToDictionary(param => param.Key, param => param.Value, StringComparer.Ordinal),
        found.Tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal),
        [.. found.Metrics.Select(metric => new LoggedModelMeasure(
            metric.Key, metric.Point.Value, metric.Point.TimeMs, metric.Point.Step, metric.RunId, LoggedModelViews.NullIfEmpty(metric.DatasetName), LoggedModelViews.NullIfEmpty(metric.DatasetDigest)))],
        [.. files.Select(file => new RunFile(file.Path, file.Digest, file.SizeBytes))]);

    private static string StatusName(LoggedModelStatus status) => status switch
    {
        LoggedModelStatus.Pending => "pending",
        LoggedModelStatus.Ready => "ready",
        _ => "uploadFailed",
    };
}
