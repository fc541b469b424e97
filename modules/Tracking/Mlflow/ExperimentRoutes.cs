using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;

namespace Slipway.Tracking.Mlflow;

internal sealed class ExperimentRoutes(
    CreateExperiment create, GetExperiment get, RenameExperiment rename, DeleteExperiment delete, SetExperimentTag tags, SearchExperiments search)
{
    private const string At = "/mlflow/experiments/";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflow("POST", At + "create", Permissions.ExperimentsCreate, Create);
        routes.MapMlflow("GET", At + "get", Permissions.ExperimentsRead, Get);
        routes.MapMlflow("GET", At + "get-by-name", Permissions.ExperimentsRead, GetByName);
        routes.MapMlflow("GET", At + "search", Permissions.ExperimentsRead, Search);
        routes.MapMlflow("POST", At + "search", Permissions.ExperimentsRead, Search);
        Change("update", Permissions.ExperimentsWrite, (caller, id, input, ct) => input.Required("new_name") is var name && input.Problem is { } fault ? Failed(fault) : rename.Handle(caller, id, name, ct));
        Change("delete", Permissions.ExperimentsDelete, (caller, id, _, ct) => delete.Delete(caller, id, ct));
        Change("restore", Permissions.ExperimentsDelete, (caller, id, _, ct) => delete.Restore(caller, id, ct));
        Change("set-experiment-tag", Permissions.ExperimentsWrite, (caller, id, input, ct) =>
            (input.Required("key"), input.Text("value") ?? "") is var (key, value) && input.Problem is { } fault ? Failed(fault) : tags.Set(caller, id, key, value, ct));
        Change("delete-experiment-tag", Permissions.ExperimentsWrite, (caller, id, input, ct) => input.Required("key") is var key && input.Problem is { } fault ? Failed(fault) : tags.Delete(caller, id, key, ct));

        void Change(string verb, Permission permission, Func<Caller, long, MlflowInput, CancellationToken, Task<Result<Done>>> change) =>
            routes.MapMlflow("POST", At + verb, permission, async (context, caller, ct) =>
            {
                if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

                var id = input.Required("experiment_id");
                if (input.Problem is { } missing) { return missing; }

                return Faults.ExperimentId(id).Fails(out problem, out var number) ? problem : await MlflowJson.Empty(context, await change(caller, number, input, ct));
            });
    }

    private async Task<Problem?> Create(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (name, location, given) = (input.Required("name"), input.Text("artifact_location"), input.Pairs("tags"));
        if (input.Problem is { } fault) { return fault; }

        return (await create.Handle(caller, name, location, given, ct)).Fails(out problem, out var made)
            ? problem
            : await MlflowJson.Answer(context, json => json.WriteString("experiment_id"u8, made.IdText));
    }

    private async Task<Problem?> Get(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var id = input.Required("experiment_id");
        return input.Problem ?? await One(context, await get.ById(caller, id, ct));
    }

    private async Task<Problem?> GetByName(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var name = input.Required("experiment_name");
        return input.Problem ?? await One(context, await get.ByName(caller, name, ct));
    }

    private static async Task<Problem?> One(HttpContext context, Result<Experiment> found) => found.Fails(out var problem, out var experiment)
        ? problem
        : await MlflowJson.Answer(context, json =>
        {
            json.WritePropertyName("experiment"u8);
            RunJson.Experiment(json, experiment);
        });

    private async Task<Problem?> Search(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        // No default: absent counts as 0, as in MLflow.
        var limit = input.Integer("max_results") ?? 0;
        var (filter, order, token) = (input.Text("filter"), input.Texts("order_by"), input.Text("page_token"));
        var view = input.Enum<LifecycleView>("view_type", WireNames.Of) ?? LifecycleView.Active;
        if (input.Problem is { } fault) { return fault; }

        if (MlflowFaults.LimitFault(limit, SearchExperiments.MaxLimit, "It must be at most 50000") is { } limitFault) { return limitFault; }

        if ((await search.Handle(caller, filter, order, view, (int)limit, token, "", ct)).Fails(out problem, out var page)) { return problem; }

        return await MlflowJson.Answer(context, async json =>
        {
            await MlflowJson.List(json, "experiments", page.Experiments, RunJson.Experiment);
            MlflowJson.NextPage(json, page.Next);
        });
    }

    private static Task<Result<Done>> Failed(Problem problem) => Task.FromResult<Result<Done>>(problem);
}
