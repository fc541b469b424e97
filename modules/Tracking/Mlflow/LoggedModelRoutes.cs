using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Kernel.Search;
using Slipway.Tracking.Artifacts;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.LoggedModels;

namespace Slipway.Tracking.Mlflow;

/// <summary>The nine routes of logged models, and the download of one of their files for pages.</summary>
internal sealed class LoggedModelRoutes(
    CreateLoggedModel create, GetLoggedModel get, ChangeLoggedModel change, DeleteLoggedModel delete, SearchLoggedModels search, ListArtifacts list, ReadArtifact read)
{
    private const string At = "/mlflow/logged-models";
    private const string One = At + "/{modelId}";
    private const int DefaultLimit = 50;
    private const int MaxOrders = 10;
    private const int MaxDatasets = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflow("POST", At, Permissions.RunsWrite, Create);
        routes.MapMlflow("POST", At + "/search", Permissions.RunsRead, Search);
        routes.MapMlflow("GET", One, Permissions.RunsRead, Get);
        routes.MapMlflow("PATCH", One, Permissions.RunsWrite, Finalize);
        routes.MapMlflow("DELETE", One, Permissions.RunsDelete, async (context, caller, ct) => await MlflowJson.Empty(context, await delete.Delete(caller, Id(context), ct)));
        routes.MapMlflow("PATCH", One + "/tags", Permissions.RunsWrite, (context, caller, ct) => Add(context, "tags", pairs => change.SetTags(caller, Id(context), pairs, ct), ct));
        routes.MapMlflow("POST", One + "/params", Permissions.RunsWrite, (context, caller, ct) => Add(context, "params", pairs => change.AddParams(caller, Id(context), pairs, ct), ct));
        routes.MapMlflow("DELETE", One + "/tags/{**tagKey}", Permissions.RunsWrite, async (context, caller, ct) =>
            await MlflowJson.Empty(context, await change.DeleteTag(caller, Id(context), Uri.UnescapeDataString((string)context.Request.RouteValues["tagKey"]!), ct)));
        routes.MapMlflow("GET", One + "/artifacts/directories", Permissions.ArtifactsRead, Directories);
        routes.MapOne("GET", "/ajax-api/2.0" + One + "/artifacts/files", Permissions.ArtifactsRead, File);
    }

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["modelId"]!;

    private async Task<Problem?> Create(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var asked = new NewLoggedModel(
            input.Required("experiment_id"), input.Text("name"), input.Text("model_type") ?? "", input.Text("source_run_id"), input.Pairs("params"), input.Pairs("tags"));
        return input.Problem ?? await Answer(context, await create.Handle(caller, asked, ct));
    }

    private async Task<Problem?> Get(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var deleted = input.Bool("allow_deleted") ?? false;
        return input.Problem ?? await Answer(context, await get.Handle(caller, Id(context), deleted, ct));
    }

    private async Task<Problem?> Finalize(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        return input.Enum<LoggedModelStatus>("status", WireNames.Of) is { } status
            ? await Answer(context, await change.Finalize(caller, Id(context), status, ct))
            : MlflowFaults.Missing("status");
    }

    private static async Task<Problem?> Add(HttpContext context, string list, Func<List<KeyValuePair<string, string>>, Task<Result<Done>>> add, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var pairs = input.Pairs(list);
        return input.Problem ?? await MlflowJson.Empty(context, await add(pairs));
    }

    private static async Task<Problem?> Answer(HttpContext context, Result<LoggedModelWithData> result) => result.Fails(out var problem, out var model)
        ? problem
        : await MlflowJson.Answer(context, json =>
        {
            json.WritePropertyName("model"u8);
            LoggedModelJson.Model(json, model);
        });

    private async Task<Problem?> Search(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (ids, filter, token) = (input.Texts("experiment_ids"), input.Text("filter"), input.Text("page_token"));
        var limit = input.Integer("max_results") ?? DefaultLimit;
        var datasets = Datasets(input);
        var orders = OrdersOf(input);
        if (input.Problem is { } fault) { return fault; }

        if (MlflowFaults.LimitFault(limit, int.MaxValue) is { } limitFault) { return limitFault; }

        if (orders.Count > MaxOrders) { return Problem.Invalid("order_by", $"order_by has {orders.Count} entries; at most {MaxOrders} are used."); }

        if (datasets.Count > MaxDatasets) { return Problem.Invalid("datasets", $"datasets has {datasets.Count} entries; at most {MaxDatasets} are used."); }

        if (FilterParser.Parse(filter, LoggedModelFields.All).Fails(out problem, out var wanted)) { return problem; }

        var parsed = new List<LoggedModelOrder>();
        foreach (var order in orders)
        {
            if (LoggedModelFields.Order(order.FieldName, order.Ascending, order.DatasetName, order.DatasetDigest).Fails(out problem, out var one)) { return problem; }

            parsed.Add(one);
        }

        var asked = new LoggedModelToken(ids, filter ?? "", orders, datasets);
        if (asked.AfterOf(token).Fails(out problem, out var after)) { return problem; }

        // An id that is no number names no experiment.
        long[] known = [.. ids.Select(id => Faults.ExperimentId(id)).Where(id => id.Problem is null).Select(id => id.Value).Distinct()];
        var page = (int)Math.Min(limit, SearchLoggedModels.MaxLimit);
        if ((await search.Handle(caller, new LoggedModelSearch(known, wanted, datasets, parsed, page), after, ct)).Fails(out problem, out var found)) { return problem; }

        return await MlflowJson.Answer(context, async json =>
        {
            await MlflowJson.List(json, "models", found.Models, LoggedModelJson.Model);
            MlflowJson.NextPage(json, found.More ? (asked with { After = found.Models[^1].Model.ModelId }).ToString() : null);
        });
    }

    private static List<NamedDataset> Datasets(MlflowInput input)
    {
        var datasets = new List<NamedDataset>();
        foreach (var item in input.Objects("datasets"))
        {
            datasets.Add(new NamedDataset(item.Required("dataset_name"), item.Text("dataset_digest")));
            input.Take(item, $"datasets[{datasets.Count - 1}].");
        }

        return datasets;
    }

    private static List<LoggedModelToken.OrderBy> OrdersOf(MlflowInput input)
    {
        var orders = new List<LoggedModelToken.OrderBy>();
        foreach (var item in input.Objects("order_by"))
        {
            orders.Add(new LoggedModelToken.OrderBy(item.Required("field_name"), item.Bool("ascending") ?? true, item.Text("dataset_name"), item.Text("dataset_digest")));
            input.Take(item, $"order_by[{orders.Count - 1}].");
        }

        return orders;
    }

    private async Task<Problem?> Directories(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var path = input.Text("artifact_directory_path");
        if (input.Problem is { } fault) { return fault; }

        if ((await OfModel(caller, Id(context), ct)) is { } gone) { return gone; }

        if ((await list.Handle(caller, Id(context), path, ct)).Fails(out problem, out var found)) { return problem; }

        return await MlflowJson.Answer(context, json =>
        {
            json.WriteString("root_uri"u8, found.Owner.ArtifactUri);
            return MlflowJson.List(json, "files", found.Entries, (writer, entry) => ArtifactRoutes.Entry(writer, entry, entry.Path));
        });
    }

    private async Task<Problem?> File(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var path = input.Required("artifact_file_path");
        if (input.Problem is { } fault) { return fault; }

        if ((await OfModel(caller, Id(context), ct)) is { } gone) { return gone; }

        if ((await read.Handle(caller, Id(context), path, ct)).Fails(out problem, out var artifact)) { return problem; }

        await read.Send(artifact).ExecuteAsync(context);
        return null;
    }

    /// <summary>The problem of an id that is no active model's; a run's is none.</summary>
    private async Task<Problem?> OfModel(Caller caller, string modelId, CancellationToken ct) => (await get.Handle(caller, modelId, deleted: false, ct)).Problem;
}
