using Slipway.Client;
using Slipway.Registry.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Import;

/// <summary>The server that takes over, in one workspace. Each of its requests may come twice.</summary>
/// <param name="workspace">Beginning of the workspace's paths.</param>
internal sealed class ImportTarget(SlipwayClient client, string workspace)
{
    private string _import = "";

    /// <summary>Begins, or goes on with what was begun from the same source.</summary>
    public async Task<ImportView> Start(string source, CancellationToken ct)
    {
        var import = await client.Post<StartImportRequest, ImportView>($"{workspace}/imports", new StartImportRequest(source), ct);
        _import = $"{workspace}/imports/{Uri.EscapeDataString(import.ImportId)}";
        return import;
    }

    public Task<List<ImportedExperimentView>> Experiments(IReadOnlyList<ImportedExperiment> experiments, CancellationToken ct) =>
        client.Post<ImportExperimentsRequest, List<ImportedExperimentView>>(_import + "/experiments", new ImportExperimentsRequest(experiments), ct);

    public Task<List<ImportedRunView>> Runs(IReadOnlyList<ImportedRun> runs, CancellationToken ct) =>
        client.Post<ImportRunsRequest, List<ImportedRunView>>(_import + "/runs", new ImportRunsRequest(runs), ct);

    public Task<ImportedPointsView> Points(IReadOnlyList<ImportedSeries> series, CancellationToken ct) =>
        client.Post<ImportPointsRequest, ImportedPointsView>(_import + "/points", new ImportPointsRequest(series), ct);

    public Task<List<ImportedLoggedModelView>> LoggedModels(IReadOnlyList<ImportedLoggedModel> models, CancellationToken ct) =>
        client.Post<ImportLoggedModelsRequest, List<ImportedLoggedModelView>>(_import + "/logged-models", new ImportLoggedModelsRequest(models), ct);

    /// <param name="runId">Of the run or the logged model.</param>
    public Task<ArtifactView> Artifact(string runId, string path, Stream content, CancellationToken ct) =>
        client.Upload<ArtifactView>(HttpMethod.Put, $"{_import}/artifacts?run={Uri.EscapeDataString(runId)}&path={Uri.EscapeDataString(path)}", content, "application/octet-stream", ct);

    public Task Complete(IReadOnlyList<string> runIds, CancellationToken ct) => client.Post(_import + "/complete-runs", new CloseImportedRunsRequest(runIds), ct);

    public Task<List<ImportedModelView>> Models(IReadOnlyList<ImportedModel> models, CancellationToken ct) =>
        client.Post<ImportModelsRequest, List<ImportedModelView>>($"{workspace}/model-imports", new ImportModelsRequest(models), ct);

    public Task<ImportView> Finish(ImportReport report, CancellationToken ct) => client.Post<FinishImportRequest, ImportView>(_import + "/finish", new FinishImportRequest(report), ct);
}
