using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.Workspaces;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Identity.Mlflow;

/// <summary>MLflow's workspaces are those of this server; its description is their title.</summary>
internal sealed class WorkspaceRoutes(Db db, CreateWorkspace.Handler create, RetitleWorkspace retitle)
{
    private const string At = "/mlflow/workspaces";
    private const string One = At + "/{workspace_name}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflowSignedIn("3.0", "GET", "/mlflow/server-info", ServerInfo);
        routes.MapMlflowSignedIn("3.0", "GET", At, List);
        routes.MapMlflowSignedIn("3.0", "POST", At, Create);
        routes.MapMlflowSignedIn("3.0", "GET", One, async (context, caller, ct) =>
            await Find(caller, NameOf(context), ct) is { } workspace ? await Answer(context, workspace) : Absent(NameOf(context)));
        routes.MapMlflowSignedIn("3.0", "PATCH", One, Update);
        routes.MapMlflowSignedIn("3.0", "DELETE", One, (_, caller, _) => Task.FromResult<Problem?>(caller.Lacks(Permissions.WorkspacesWrite) ?? new Problem(
            501, "not_implemented", "Workspaces cannot be deleted here: what was approved and served in one stays told. Take the roles away instead.")));
    }

    private async Task<Problem?> ServerInfo(HttpContext context, Caller caller, CancellationToken ct)
    {
        var several = await db.Read(WorkspaceStore.AreSeveral, ct);
        return await MlflowJson.Answer(context, json =>
        {
            json.WriteString("store_type"u8, "SqlStore"u8);
            json.WriteBoolean("workspaces_enabled"u8, several);
        });
    }

    private async Task<Problem?> List(HttpContext context, Caller caller, CancellationToken ct)
    {
        var workspaces = await db.Read(tx => WorkspaceStore.Visible(tx, caller, "", Limits.PageRows), ct);
        return await MlflowJson.Answer(context, json => MlflowJson.List(json, "workspaces", workspaces, Write));
    }

    private async Task<Problem?> Create(HttpContext context, Caller caller, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.WorkspacesWrite) is { } denied) { return denied; }

        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (name, description) = (input.Required("name"), input.Text("description"));
        if ((input.Problem ?? RootFault(input)) is { } fault) { return fault; }

        var made = await create.Handle(caller, new CreateWorkspaceRequest(name, string.IsNullOrEmpty(description) ? name : description), ct);
        return made.Fails(out problem, out var workspace)
            ? problem.Code == "name_taken" ? problem with { Code = MlflowFaults.AlreadyExists } : problem
            : await Answer(context, workspace);
    }

    private async Task<Problem?> Update(HttpContext context, Caller caller, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.WorkspacesWrite) is { } denied) { return denied; }

        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var description = input.Text("description");
        if ((input.Problem ?? RootFault(input)) is { } fault) { return fault; }

        if (string.IsNullOrEmpty(description)) { return await Find(caller, NameOf(context), ct) is { } same ? await Answer(context, same) : Absent(NameOf(context)); }

        return (await retitle.Handle(caller, NameOf(context), description, ct)).Fails(out problem, out var workspace) ? problem : await Answer(context, workspace);
    }

    private static Problem? RootFault(MlflowInput input) => string.IsNullOrEmpty(input.Text("default_artifact_root"))
        ? input.Problem
        : Problem.Invalid("default_artifact_root", "Workspaces have no artifact root of their own here: artifacts are blobs of this server; leave default_artifact_root out.");

    /// <summary>Null when there is none that the caller may see.</summary>
    private Task<WorkspaceView?> Find(Caller caller, string name, CancellationToken ct) =>
        db.Read(tx => caller.SeesWorkspace(name) ? WorkspaceStore.Find(tx, name) : null, ct);

    private static Problem Absent(string name) => new(404, "not_found", $"Workspace '{name}' not found");

    private static string NameOf(HttpContext context) => context.Request.RouteValues["workspace_name"] as string ?? "";

    private static Task<Problem?> Answer(HttpContext context, WorkspaceView workspace) => MlflowJson.Answer(context, json =>
    {
        json.WritePropertyName("workspace"u8);
        Write(json, workspace);
    });

    private static void Write(Utf8JsonWriter json, WorkspaceView workspace)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, workspace.Name);
        json.WriteString("description"u8, workspace.Title);
        json.WriteEndObject();
    }
}
