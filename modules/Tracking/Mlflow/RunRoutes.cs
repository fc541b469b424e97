using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Kernel.Search;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Runs;
using Slipway.Tracking.Search;

namespace Slipway.Tracking.Mlflow;

internal sealed class RunRoutes(CreateRun create, UpdateRun update, GetRun get, DeleteRun delete, SetRunTag tags, SearchRuns search)
{
    private const string At = "/mlflow/runs/";
    private const int DefaultLimit = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflow("POST", At + "create", Permissions.RunsWrite, Create);
        routes.MapMlflow("POST", At + "update", Permissions.RunsWrite, Update);
        routes.MapMlflow("GET", At + "get", Permissions.RunsRead, Get);
        routes.MapMlflow("POST", At + "search", Permissions.RunsRead, Search);
        Change("delete", Permissions.RunsDelete, (caller, id, _, ct) => delete.Delete(caller, id, ct));
        Change("restore", Permissions.RunsDelete, (caller, id, _, ct) => delete.Restore(caller, id, ct));
        Change("set-tag", Permissions.RunsWrite, (caller, id, input, ct) =>
            (input.Required("key"), input.Text("value") ?? "") is var (key, value) && input.Problem is { } fault ? Failed(fault) : tags.Set(caller, id, key, value, ct));
        Change("delete-tag", Permissions.RunsWrite, (caller, id, input, ct) => input.Required("key") is var key && input.Problem is { } fault ? Failed(fault) : tags.Delete(caller, id, key, ct));

        void Change(string verb, Permission permission, Func<Caller, string, MlflowInput, CancellationToken, Task<Result<Done>>> change) =>
            routes.MapMlflow("POST", At + verb, permission, async (context, caller, ct) =>
            {
                if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

                var id = input.RunId();
                return input.Problem ?? await MlflowJson.Empty(context, await change(caller, id, input, ct));
            });
    }

    private async Task<Problem?> Create(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (experiment, user, name) = (input.Text("experiment_id"), input.Text("user_id") ?? "", input.Text("run_name"));
        var (start, given) = (input.Integer("start_time") ?? 0, input.Pairs("tags"));
        if (input.Problem is { } fault) { return fault; }

        if (string.IsNullOrEmpty(experiment)) { return MlflowFaults.Missing("experiment_id"); }

        if (IdempotencyKey.Of(context, new { experiment, name, user, start, given }).Fails(out problem, out var once)) { return problem; }

        return (await create.Handle(caller, experiment, name, user, start, given, once, ct)).Fails(out problem, out var made)
            ? problem
            : await MlflowJson.Answer(context, json =>
            {
                json.WritePropertyName("run"u8);
                RunJson.Run(json, made, outputs: false);
            });
    }

    private async Task<Problem?> Update(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (id, status) = (input.RunId(), input.Enum<RunStatus>("status", WireNames.Of));
        var (end, name) = (input.Integer("end_time"), input.Text("run_name"));
        if (input.Problem is { } fault) { return fault; }

        return (await update.Handle(caller, id, status, end, name, ct)).Fails(out problem, out var run)
            ? problem
            : await MlflowJson.Answer(context, json =>
            {
                json.WriteStartObject("run_info"u8);
                RunJson.RunInfo(json, run);
                json.WriteEndObject();
            });
    }

    private async Task<Problem?> Get(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var id = input.RunId();
        if (input.Problem is { } fault) { return fault; }

        return (await get.Handle(caller, id, ct)).Fails(out problem, out var run)
            ? problem
            : await MlflowJson.Answer(context, json =>
            {
                json.WritePropertyName("run"u8);
                RunJson.Run(json, run);
            });
    }

    private async Task<Problem?> Search(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (ids, filter, order) = (input.Texts("experiment_ids"), input.Text("filter"), input.Texts("order_by"));
        var (limit, token) = (input.Integer("max_results") ?? DefaultLimit, input.Text("page_token"));
        var view = input.Enum<LifecycleView>("run_view_type", WireNames.Of) ?? LifecycleView.Active;
        // Ours, beside the protocol: what of each run is wanted, and how many there are in all.
        var (fields, count) = (input.Texts("fields"), input.Bool("count") ?? false);
        if (input.Problem is { } fault) { return fault; }

        if (MlflowFaults.LimitFault(limit, SearchRuns.MaxLimit) is { } limitFault) { return limitFault; }

        if (FilterParser.Parse(filter, Fields.Runs).Fails(out problem, out var wanted)) { return problem; }

        if (OrderParser.Parse(order, Fields.Runs).Fails(out problem, out var orders)) { return problem; }

        if (RunProjection.Parse(fields.Count == 0 ? null : fields).Fails(out problem, out var projection)) { return problem; }

        // An id that is no number names no experiment.
        long[] known = [.. ids.Select(id => Faults.ExperimentId(id)).Where(id => id.Problem is null).Select(id => id.Value).Distinct()];
        var asked = new RunSearch(caller.Workspace, known, wanted, orders, view, (int)limit) { Projection = projection, Counts = count };
        if ((await search.Handle(caller, asked, token, inputs: true, ct)).Fails(out problem, out var page)) { return problem; }

        return await MlflowJson.Answer(context, async json =>
        {
            await MlflowJson.List(json, "runs", page.Runs, (writer, run) => RunJson.Run(writer, run));
            MlflowJson.NextPage(json, page.Next);
            if (page.Count is { } counted) { RunJson.Count(json, counted, counted == SearchRuns.MaxCount); }
        });
    }

    private static Task<Result<Done>> Failed(Problem problem) => Task.FromResult<Result<Done>>(problem);
}
