namespace Slipway.Client;

/// <summary>A model as a run logged it, before anybody registers it.</summary>
/// <param name="ModelId"><c>m-</c> and 32 hex digits.</param>
/// <param name="Name">As it was given.</param>
/// <param name="ArtifactUri">Where its files are.</param>
public sealed record LoggedModel(string ModelId, string Name, string ArtifactUri);

/// <summary>Models that runs make and use.</summary>
public static class LoggedModels
{
    private const string At = "mlflow/logged-models";

    /// <summary>Logs a folder of this machine as a model that the run made: it is READY when every file has arrived, UPLOAD_FAILED when one has not.</summary>
    /// <param name="run">The run that made it.</param>
    /// <param name="name">Without <c>/ : . % " '</c>, up to 500 characters.</param>
    /// <param name="localFolder">Its files.</param>
    /// <param name="modelType">Such as <c>classic</c>; empty = not said.</param>
    /// <param name="parameters">What it was made with; null = nothing.</param>
    /// <param name="step">Where in the run it was made.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<LoggedModel> LogModelAsync(
        this Run run, string name, string localFolder, string modelType = "", IReadOnlyDictionary<string, string>? parameters = null, long step = 0, CancellationToken ct = default)
    {
        var body = new CreateBody(run.ExperimentId, name, modelType, run.RunId, [.. (parameters ?? new Dictionary<string, string>()).Select(one => new Pair(one.Key, one.Value))]);
        var info = (await run.Client.Mlflow<CreateBody, Answer>(HttpMethod.Post, At, body, ct, repeat: Repeat.WhenRefused)).Model.Info;
        try
        {
            foreach (var file in Directory.EnumerateFiles(localFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                await run.Client.Artifacts.UploadFileAsync(info.ArtifactUri, file, Path.GetRelativePath(localFolder, file).Replace('\\', '/'), ct);
            }
        }
        catch
        {
            await End(run, info.ModelId, "LOGGED_MODEL_UPLOAD_FAILED", CancellationToken.None);
            throw;
        }

        await End(run, info.ModelId, "LOGGED_MODEL_READY", ct);
        await run.Client.Mlflow(HttpMethod.Post, "mlflow/runs/outputs", new LogOutputsBody(run.RunId, [new WireModelOutput(info.ModelId, step)]), ct);
        return info;
    }

    /// <summary>Says that the run used a logged model.</summary>
    public static Task UseModelAsync(this Run run, string modelId, CancellationToken ct = default) =>
        run.Client.Mlflow(HttpMethod.Post, "mlflow/runs/log-inputs", new LogInputsBody(run.RunId, Models: [new WireModelInput(modelId)]), ct);

    private static Task End(Run run, string modelId, string status, CancellationToken ct) =>
        run.Client.Mlflow(HttpMethod.Patch, $"{At}/{Uri.EscapeDataString(modelId)}", new StatusBody(modelId, status), ct);

    private sealed record CreateBody(string ExperimentId, string Name, string ModelType, string SourceRunId, IReadOnlyList<Pair> Params);

    private sealed record Answer(Body Model);

    private sealed record Body(LoggedModel Info);

    private sealed record StatusBody(string ModelId, string Status);
}
