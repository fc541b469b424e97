using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Registry.Contracts;
using Slipway.Registry.Versions;
using Slipway.Tracking.Ports;

namespace Slipway.Registry.Mlflow;

/// <summary>Model versions at the MLflow edge.</summary>
internal sealed class VersionRoutes(
    RegisterVersion register, DescribeVersion describe, DeleteVersion delete, ChangeStage stages, FindVersions find, SearchVersions search, ReadVersionFile read, IRunFiles files, ILoggedModels logged)
{
    private const string At = "/mlflow/model-versions/";
    private const string Latest = "/mlflow/registered-models/get-latest-versions";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflow("POST", At + "create", Permissions.ModelsWrite, Create);
        routes.MapMlflow("GET", At + "search", Permissions.ModelsRead, Search);
        routes.MapMlflow("GET", Latest, Permissions.ModelsRead, GetLatest);
        routes.MapMlflow("POST", Latest, Permissions.ModelsRead, GetLatest);
        routes.MapMlflow("GET", At + "get-download-uri", Permissions.ModelsRead, (context, caller, ct) => Numbered(context, async (name, number, _) =>
            (await find.Location(caller, name, number, ct)).Fails(out var problem, out var address)
                ? problem
                : await MlflowJson.Answer(context, json => json.WriteString("artifact_uri"u8, address)), ct));
        routes.MapOne("GET", "/model-versions/get-artifact", Permissions.ModelsRead, (context, caller, ct) => Numbered(context, async (name, number, input) =>
        {
            var path = input.Text("path") ?? "";
            if ((await read.Handle(caller, name, number, path, ct)).Fails(out var problem, out var file)) { return problem; }

            await files.Send(file).ExecuteAsync(context);
            return null;
        }, ct));
        routes.MapMlflow("GET", At + "get", Permissions.ModelsRead, (context, caller, ct) => Numbered(context, async (name, number, _) =>
            await Answer(context, await find.ByNumber(caller, name, number, ct), version => Logged(caller, version, ct)), ct));
        One("PATCH", "update", Permissions.ModelsWrite, (caller, name, number, input, ct) =>
            input.Text("description") is var text && input.Problem is { } fault ? ModelRoutes.Failed<ModelVersion>(fault) : describe.Describe(caller, name, number, text ?? "", ct));
        One("POST", "transition-stage", Permissions.AliasesWrite, (caller, name, number, input, ct) =>
            (input.Required("stage"), input.Bool("archive_existing_versions") ?? false) is var (stage, archive) && input.Problem is { } fault ? ModelRoutes.Failed<ModelVersion>(fault)
            : Stages.Parse(stage).Fails(out var unknown, out var known) ? ModelRoutes.Failed<ModelVersion>(unknown)
            : stages.Handle(caller, name, number, known, archive, ct));
        Change("DELETE", "delete", Permissions.ModelsDelete, (caller, name, number, _, ct) => delete.Handle(caller, name, number, ct));
        Change("POST", "set-tag", Permissions.ModelsWrite, (caller, name, number, input, ct) =>
            (input.Required("key"), input.Text("value") ?? "") is var (key, value) && input.Problem is { } fault
                ? ModelRoutes.Failed<ModelVersion>(fault)
                : describe.SetTag(caller, name, number, key, value, ct));
        Change("DELETE", "delete-tag", Permissions.ModelsWrite, (caller, name, number, input, ct) =>
            input.Required("key") is var key && input.Problem is { } fault ? ModelRoutes.Failed<ModelVersion>(fault) : describe.DeleteTag(caller, name, number, key, ct));

        void One(string method, string verb, Permission permission, Func<Caller, string, long, MlflowInput, CancellationToken, Task<Result<ModelVersion>>> handle) =>
            routes.MapMlflow(method, At + verb, permission, (context, caller, ct) => Numbered(context, async (name, number, input) =>
                await Answer(context, await handle(caller, name, number, input, ct)), ct));

        void Change<T>(string method, string verb, Permission permission, Func<Caller, string, long, MlflowInput, CancellationToken, Task<Result<T>>> handle) =>
            routes.MapMlflow(method, At + verb, permission, (context, caller, ct) => Numbered(context, async (name, number, input) =>
                await MlflowJson.Empty(context, await handle(caller, name, number, input, ct)), ct));
    }

    /// <summary>One version, with its aliases.</summary>
    /// <param name="logged">Finds what was logged of the version's model; null = the answer does not tell it.</param>
    public static async Task<Problem?> Answer(HttpContext context, Result<ModelVersion> found, Func<ModelVersion, Task<LoggedModelRecord?>>? logged = null)
    {
        if (found.Fails(out var problem, out var version)) { return problem; }

        var model = logged is null ? null : await logged(version);
        return await MlflowJson.Answer(context, json =>
        {
            json.WritePropertyName("model_version"u8);
            RegistryJson.Version(json, version, aliases: true, model);
        });
    }

    /// <summary>Reads a version's number, which MLflow sends as text.</summary>
    public static Result<long> Number(string version) => long.TryParse(version, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : Problem.Invalid("version", $"Parameter 'version' must be an integer, got '{version}'.");

    /// <summary>Reads a request about one version.</summary>
    private static Task<Problem?> Numbered(HttpContext context, Func<string, long, MlflowInput, Task<Problem?>> handle, CancellationToken ct) =>
        ModelRoutes.Named(context, async (name, input) =>
        {
            var text = input.Required("version");
            if (input.Problem is { } fault) { return fault; }

            return Number(text).Fails(out var problem, out var number) ? problem : await handle(name, number, input);
        }, ct);

    // A model that was deleted since, or that the caller may not see, is left out.
    private async Task<LoggedModelRecord?> Logged(Caller caller, ModelVersion version, CancellationToken ct) =>
        version.LoggedModelId is { } id && !(await logged.Find(caller, id, "", ct)).Fails(out _, out var model) ? model : null;

    private Task<Problem?> Create(HttpContext context, Caller caller, CancellationToken ct) => ModelRoutes.Named(context, async (name, input) =>
    {
        var (source, run) = (input.Required("source"), input.Text("run_id") ?? "");
        var (link, description, tags) = (input.Text("run_link") ?? "", input.Text("description") ?? "", input.Pairs("tags"));
        var logged = input.Text("model_id") ?? "";
        if (input.Problem is { } fault) { return fault; }

        return IdempotencyKey.Of(context, new { name, source, run, link, description, tags, logged }).Fails(out var problem, out var once)
            ? problem
            : await Answer(context, await register.Handle(caller, new NewVersion(name, source, run, link, description, logged) { Tags = tags }, once, ct));
    }, ct);

    private async Task<Problem?> Search(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (filter, order) = (input.Text("filter"), input.Texts("order_by"));
        var (limit, token) = (input.Integer("max_results") ?? SearchVersions.MaxLimit, input.Text("page_token"));
        if ((input.Problem ?? ModelRoutes.LimitFault(input, limit, SearchVersions.MaxLimit)) is { } fault) { return fault; }

        if ((await search.Handle(caller, filter, order, (int)limit, token, ct)).Fails(out problem, out var page)) { return problem; }

        return await List(context, page.Versions, page.Next, aliases: false);
    }

    private Task<Problem?> GetLatest(HttpContext context, Caller caller, CancellationToken ct) => ModelRoutes.Named(context, async (name, input) =>
    {
        var named = input.Texts("stages");
        if (input.Problem is { } fault) { return fault; }

        var asked = new HashSet<ModelStage>();
        foreach (var text in named)
        {
            if (Stages.Parse(text).Fails(out var unknown, out var stage)) { return unknown; }

            asked.Add(stage);
        }

        return (await find.Latest(caller, name, asked.Count == 0 ? [.. Stages.All] : asked, ct)).Fails(out var problem, out var versions)
            ? problem
            : await List(context, versions, next: null, aliases: true);
    }, ct);

    private static Task<Problem?> List(HttpContext context, List<ModelVersion> versions, string? next, bool aliases) => MlflowJson.Answer(context, async json =>
    {
        await MlflowJson.List(json, "model_versions", versions, (writer, version) => RegistryJson.Version(writer, version, aliases));
        MlflowJson.NextPage(json, next);
    });
}
