using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.Client;
using Slipway.Tracking.Contracts;
using static Slipway.Cli.Import.ServerSource;

namespace Slipway.Cli.Import;

/// <summary>The logged models of a running server. One that is older than they are answers 404 or 405, and has none.</summary>
internal sealed class ServerLoggedModels(SlipwayClient client, string api)
{
    public async IAsyncEnumerable<SourceLoggedModel> Read(string experimentId, [EnumeratorCancellation] CancellationToken ct)
    {
        var token = "";
        do
        {
            var body = new Dictionary<string, object> { ["experiment_ids"] = new[] { experimentId }, ["max_results"] = 50 };
            if (token.Length > 0) { body["page_token"] = token; }

            JsonElement page;
            try { page = await client.Post<Dictionary<string, object>, JsonElement>($"{api}/api/2.0/mlflow/logged-models/search", body, ct); }
            catch (SlipwayException older) when (older.Status is 404 or 405) { yield break; }

            foreach (var model in List(page, "models")) { yield return Model(experimentId, Part(model, "info"), Part(model, "data")); }

            token = Text(page, "next_page_token");
        }
        while (token.Length > 0);
    }

    public async IAsyncEnumerable<SourceFile> Files(string modelId, [EnumeratorCancellation] CancellationToken ct)
    {
        var open = new Stack<string>([""]);
        while (open.TryPop(out var folder))
        {
            var list = $"{api}/api/2.0/mlflow/logged-models/{Escape(modelId)}/artifacts/directories";
            await foreach (var file in Pages(token => client.Get<JsonElement>($"{list}?artifact_directory_path={Escape(folder)}{token}", ct), "files"))
            {
                var path = Text(file, "path");
                if (Part(file, "is_dir").ValueKind == JsonValueKind.True) { open.Push(path); }
                else { yield return new SourceFile(path, stop => Download(client, $"{api}/ajax-api/2.0/mlflow/logged-models/{Escape(modelId)}/artifacts/files?artifact_file_path={Escape(path)}", stop)); }
            }
        }
    }

    private static SourceLoggedModel Model(string experimentId, JsonElement info, JsonElement data) => new(new ImportedLoggedModel(
        Text(info, "model_id"), experimentId, Text(info, "name"), Text(info, "model_type"), Status(Text(info, "status")), Lifecycle.Active,
        Number(info, "creation_timestamp_ms") ?? 0, Number(info, "last_updated_timestamp_ms") ?? 0, Pairs(data, "params"), Pairs(info, "tags"),
        [.. List(data, "metrics").Select(Measure)], Or(info, "source_run_id"), Or(info, "artifact_uri")));

    private static LoggedModelMeasureView Measure(JsonElement one) => new(
        Text(one, "key"), Text(one, "run_id"), Number(one, "step") ?? 0, Number(one, "timestamp") ?? 0, Value(one) is var value && double.IsNaN(value) ? null : value, Or(one, "dataset_name"), Or(one, "dataset_digest"));

    private static LoggedModelStatus Status(string status) => status switch
    {
        "LOGGED_MODEL_READY" or "READY" => LoggedModelStatus.Ready,
        "LOGGED_MODEL_UPLOAD_FAILED" or "UPLOAD_FAILED" => LoggedModelStatus.UploadFailed,
        _ => int.TryParse(status, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 3 ? (LoggedModelStatus)number : LoggedModelStatus.Pending,
    };
}
