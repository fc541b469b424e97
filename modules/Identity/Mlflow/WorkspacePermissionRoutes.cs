using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.Grants;
using Slipway.Identity.SignIn;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Identity.Mlflow;

/// <summary>MLflow's permissions on workspaces: a view of the roles there. Roles that MLflow does not know (validator, approver, auditor) show as READ and are left alone.</summary>
internal sealed class WorkspacePermissionRoutes(Db db, CredentialCache cache)
{
    private const string At = "/mlflow/workspaces/{workspace_name}/permissions";
    private static readonly Role[] Known = [Role.Viewer, Role.Member, Role.Contributor, Role.Admin];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflowSignedIn("3.0", "GET", At, List);
        routes.MapMlflowSignedIn("3.0", "POST", At, (context, caller, ct) => Change(context, caller, withLevel: true, ct));
        routes.MapMlflowSignedIn("3.0", "DELETE", At, (context, caller, ct) => Change(context, caller, withLevel: false, ct));
        routes.MapMlflowSignedIn("3.0", "GET", "/mlflow/workspace-permissions", ListOfUser);
    }

    private async Task<Problem?> List(HttpContext context, Caller caller, CancellationToken ct)
    {
        var resource = $"workspace/{NameOf(context)}";
        if (!GrantRule.MaySee(caller, resource)) { return Denied(caller, Permissions.GrantsRead, resource); }

        return await Answer(context, await db.Read(tx => PermissionsOn(tx, GrantStore.ViewsOn(tx, resource)), ct));
    }

    private async Task<Problem?> ListOfUser(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var name = input.Text("username") is { Length: > 0 } given ? given : caller.Name;
        if (input.Problem is { } fault) { return fault; }

        if (name != caller.Name && caller.Lacks(Permissions.PeopleRead) is { } denied) { return denied; }

        var found = await db.Read(tx => MlflowUsers.Find(tx, name) is { } user
            ? PermissionsOn(tx, GrantStore.ViewsOf(tx, user.Id).Where(grant => GrantRule.WorkspaceOf(grant.Resource) is not null && ObjectRef.Parse(grant.Resource) is null))
            : null, ct);
        return found is null && name != caller.Name ? MlflowUsers.NotFound(name) : await Answer(context, found ?? []);
    }

    private async Task<Problem?> Change(HttpContext context, Caller caller, bool withLevel, CancellationToken ct)
    {
        var workspace = NameOf(context);
        var resource = $"workspace/{workspace}";
        if (!GrantRule.MayGive(caller, resource)) { return Denied(caller, Permissions.GrantsWrite, resource); }

        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (name, text) = (input.Required("username"), withLevel ? input.Required("permission") : null);
        if (input.Problem is { } fault) { return fault; }

        var role = Role.None;
        if (text is not null && PermissionNames.Parse(text).Fails(out problem, out role)) { return problem; }

        if (withLevel && role == Role.None) { return Problem.Invalid("permission", "NO_PERMISSIONS is for experiments and models; to take a workspace away, delete the permission."); }

        return await MlflowJson.Empty(context, await db.Write(tx => Set(tx, caller, workspace, name, withLevel ? role : null), ct));
    }

    private Result<Done> Set(WriteTx tx, Caller caller, string workspace, string name, Role? role)
    {
        var resource = $"workspace/{workspace}";
        if (!Workspaces.WorkspaceStore.Exists(tx, workspace)) { return Problem.NotFound("workspace", workspace); }

        if (MlflowUsers.Find(tx, name) is not { } user) { return MlflowUsers.NotFound(name); }

        var before = GrantStore.ViewsOf(tx, user.Id).Where(grant => grant.Resource == resource && Known.Contains(grant.Level)).ToList();
        if (role is null && before.Count == 0) { return new Problem(404, "not_found", $"Workspace permission with workspace={workspace} and username={name} not found"); }

        foreach (var grant in before.Where(grant => grant.Level != role))
        {
            GrantStore.Delete(tx, grant.Id);
            tx.Audit(caller, AuditActions.GrantDelete, $"grant/{grant.Id}", grant);
        }

        if (role is { } level && before.All(grant => grant.Level != level))
        {
            var id = Ids.New(tx.Clock);
            GrantStore.Insert(tx, id, user.Id, resource, (Level)level, caller.Id, tx.Clock.NowMs());
            tx.Audit(caller, AuditActions.GrantCreate, $"grant/{id}", null, GrantStore.Find(tx, id));
        }

        tx.AfterCommit(cache.Clear);
        return Done.Value;
    }

    private static List<(string Workspace, long User, string Permission)> PermissionsOn(ReadTx tx, IEnumerable<GrantView> grants) =>
    [
        .. grants.GroupBy(grant => (grant.Resource, grant.PrincipalName)).Select(one =>
            (GrantRule.WorkspaceOf(one.Key.Resource)!, MlflowUsers.Find(tx, one.Key.PrincipalName)?.Number ?? 0, PermissionNames.OfAll(one.Select(grant => grant.Level)))),
    ];

    private static Task<Problem?> Answer(HttpContext context, List<(string Workspace, long User, string Permission)> found) => MlflowJson.Answer(context, json =>
    {
        json.WriteStartArray("permissions"u8);
        foreach (var (workspace, user, permission) in found)
        {
            json.WriteStartObject();
            json.WriteString("workspace"u8, workspace);
            json.WriteNumber("user_id"u8, user);
            json.WriteString("permission"u8, permission);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static Problem Denied(Caller caller, Permission permission, string resource) => Problem.Forbidden($"'{caller.Name}' lacks {permission.Name} on '{resource}'.");

    private static string NameOf(HttpContext context) => context.Request.RouteValues["workspace_name"] as string ?? "";
}
