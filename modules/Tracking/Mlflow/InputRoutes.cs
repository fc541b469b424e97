using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Inputs;

namespace Slipway.Tracking.Mlflow;

/// <summary>What went into runs and came out: datasets and models.</summary>
internal sealed partial class InputRoutes(LogInputs log, RecordModel record, SearchDatasets search)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflow("POST", "/mlflow/runs/log-inputs", Permissions.RunsWrite, Inputs);
        routes.MapMlflow("POST", "/mlflow/runs/outputs", Permissions.RunsWrite, Outputs);
        routes.MapMlflow("POST", "/mlflow/runs/log-model", Permissions.RunsWrite, Model);
        routes.MapMlflow("POST", "/mlflow/experiments/search-datasets", Permissions.ExperimentsRead, Search);
    }

    private async Task<Problem?> Inputs(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var runId = input.RunId();
        var (datasets, models) = (new List<DatasetInput>(), new List<string>());
        foreach (var item in input.Objects("datasets"))
        {
            datasets.Add(Dataset(item));
            input.Take(item, $"datasets[{datasets.Count - 1}].");
        }

        foreach (var item in input.Objects("models"))
        {
            models.Add(item.Required("model_id"));
            input.Take(item, $"models[{models.Count - 1}].");
        }

        return input.Problem ?? IdFault(runId) ?? await MlflowJson.Empty(context, await log.Use(caller, runId, datasets, models, ct));
    }

    private static DatasetInput Dataset(MlflowInput item)
    {
        var tags = item.Pairs("tags");
        var dataset = item.Object("dataset");
        var used = new UsedDataset(
            dataset?.Text("name") ?? "", dataset?.Text("digest") ?? "", dataset?.Text("source_type") ?? "", dataset?.Text("source") ?? "", dataset?.Text("schema"), dataset?.Text("profile"));
        if (dataset is not null) { item.Take(dataset, "dataset."); }

        return new DatasetInput(used, [.. tags.GroupBy(tag => tag.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Last().Value))]);
    }

    private async Task<Problem?> Outputs(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var runId = input.RunId();
        var models = new List<ModelOutput>();
        foreach (var item in input.Objects("models"))
        {
            models.Add(new ModelOutput(item.Required("model_id"), item.Integer("step") ?? 0));
            input.Take(item, $"models[{models.Count - 1}].");
        }

        return input.Problem ?? IdFault(runId) ?? (models.Count == 0 ? MlflowFaults.Missing("models") : await MlflowJson.Empty(context, await log.Make(caller, runId, models, ct)));
    }

    private async Task<Problem?> Model(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (runId, model) = (input.RunId(), input.Required("model_json"));
        return input.Problem ?? await MlflowJson.Empty(context, await record.Handle(caller, runId, model, ct));
    }

    private async Task<Problem?> Search(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var ids = input.Texts("experiment_ids");
        if (input.Problem is { } fault) { return fault; }

        if ((await search.Handle(caller, ids, ct)).Fails(out problem, out var summaries)) { return problem; }

        return await MlflowJson.Answer(context, json => MlflowJson.List(json, "dataset_summaries", summaries, InputJson.Summary));
    }

    private static Problem? IdFault(string runId) => RunIdForm().IsMatch(runId) ? null : Problem.Invalid("run_id", $"Invalid value \"{runId}\" for parameter 'run_id' supplied.");

    [GeneratedRegex(@"\A[A-Za-z0-9][\w-]{0,255}\z")]
    private static partial Regex RunIdForm();
}
