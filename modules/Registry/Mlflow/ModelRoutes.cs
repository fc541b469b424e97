using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Registry.Models;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Mlflow;

/// <summary>Registered models at the MLflow edge.</summary>
internal sealed class ModelRoutes(
    CreateModel create, RenameModel rename, DescribeModel describe, DeleteModel delete, GetModel get, SearchModels search, FindVersions versions)
{
    private const string At = "/mlflow/registered-models/";
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflow("POST", At + "create", Permissions.ModelsCreate, Create);
        routes.MapMlflow("GET", At + "search", Permissions.ModelsRead, Search);
        One("GET", "get", Permissions.ModelsRead, (caller, name, _, ct) => get.Handle(caller, name, ct));
        One("POST", "rename", Permissions.ModelsWrite, (caller, name, input, ct) =>
            input.Required("new_name") is var newName && input.Problem is { } fault ? Failed<Model>(fault) : rename.Handle(caller, name, newName, ct));
        One("PATCH", "update", Permissions.ModelsWrite, (caller, name, input, ct) =>
            (input.Text("description"), input.Text("deployment_job_id")) is var (text, job) && input.Problem is { } fault ? Failed<Model>(fault) : describe.Describe(caller, name, text, job, ct));
        Change("DELETE", "delete", Permissions.ModelsDelete, (caller, name, _, ct) => delete.Handle(caller, name, ct));
        Change("POST", "set-tag", Permissions.ModelsWrite, (caller, name, input, ct) =>
            (input.Required("key"), input.Text("value") ?? "") is var (key, value) && input.Problem is { } fault ? Failed<Model>(fault) : describe.SetTag(caller, name, key, value, ct));
        Change("DELETE", "delete-tag", Permissions.ModelsWrite, (caller, name, input, ct) =>
            input.Required("key") is var key && input.Problem is { } fault ? Failed<Model>(fault) : describe.DeleteTag(caller, name, key, ct));

        void One(string method, string verb, Permission permission, Func<Caller, string, MlflowInput, CancellationToken, Task<Result<Model>>> handle) =>
            routes.MapMlflow(method, At + verb, permission, (context, caller, ct) => Named(context, async (name, input) =>
                (await handle(caller, name, input, ct)).Fails(out var problem, out var model) ? problem : await Answer(context, model, ct), ct));

        void Change<T>(string method, string verb, Permission permission, Func<Caller, string, MlflowInput, CancellationToken, Task<Result<T>>> handle) =>
            routes.MapMlflow(method, At + verb, permission, (context, caller, ct) => Named(context, async (name, input) =>
                await MlflowJson.Empty(context, await handle(caller, name, input, ct)), ct));
    }

    /// <summary>Reads a request about one model.</summary>
    public static async Task<Problem?> Named(HttpContext context, Func<string, MlflowInput, Task<Problem?>> handle, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var name = input.Required("name");
        return input.Problem ?? await handle(name, input);
    }

    /// <summary>The fault of a page size; its words are MLflow's, who checks its type and range together.</summary>
    public static Problem? LimitFault(MlflowInput input, long limit, int most) => limit < 1 || limit > most ? input.Refused("max_results") : null;

    public static Task<Result<T>> Failed<T>(Problem problem) => Task.FromResult<Result<T>>(problem);

    private async Task<Problem?> Create(HttpContext context, Caller caller, CancellationToken ct) => await Named(context, async (name, input) =>
    {
        var (description, job, tags) = (input.Text("description"), input.Text("deployment_job_id"), input.Pairs("tags"));
        if (input.Problem is { } fault) { return fault; }

        return (await create.Handle(caller, name, description, job, tags, ct)).Fails(out var problem, out var model) ? problem : await Answer(context, model, ct);
    }, ct);

    private async Task<Problem?> Search(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (filter, order) = (input.Text("filter"), input.Texts("order_by"));
        var (limit, token) = (input.Integer("max_results") ?? DefaultLimit, input.Text("page_token"));
        if ((input.Problem ?? LimitFault(input, limit, MaxLimit)) is { } fault) { return fault; }

        if ((await search.Handle(caller, filter, order, (int)limit, token, ct)).Fails(out problem, out var page)) { return problem; }

        var latest = await versions.LatestOf([.. page.Models.Select(model => model.Id)], ct);
        return await MlflowJson.Answer(context, async json =>
        {
            await MlflowJson.List(json, "registered_models", page.Models, (writer, model) => RegistryJson.Model(writer, model, latest[model.Id]));
            MlflowJson.NextPage(json, page.Next);
        });
    }

    private async Task<Problem?> Answer(HttpContext context, Model model, CancellationToken ct)
    {
        var latest = await versions.LatestOf([model.Id], ct);
        return await MlflowJson.Answer(context, json =>
        {
            json.WritePropertyName("registered_model"u8);
            RegistryJson.Model(json, model, latest[model.Id]);
        });
    }
}
