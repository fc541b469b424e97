using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.Grants;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Identity.Mlflow;

/// <summary>MLflow's permissions on experiments and registered models: a view of the grants on those objects.</summary>
internal sealed class ObjectPermissionRoutes(Db db, CreateGrant.Handler give, DeleteGrant.Handler take)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        MapKind(routes, new ObjectKind(ObjectRef.Experiment, "experiments", "experiment_id", "experiment_permission", "Experiment"));
        MapKind(routes, new ObjectKind(ObjectRef.Model, "registered-models", "name", "registered_model_permission", "Registered model"));
    }

    private void MapKind(IEndpointRouteBuilder routes, ObjectKind kind)
    {
        var at = $"/mlflow/{kind.Path}/permissions/";
        Route("POST", "create", Permissions.GrantsWrite, async (context, caller, asked, ct) =>
        {
            if (asked.Before is not null) { return Problem.Conflict(MlflowFaults.AlreadyExists, $"{kind.Title} permission ({kind.Field}={asked.It.Id}, username={asked.User.Name}) already exists."); }

            return await Set(caller, asked, ct) is { } problem ? problem : await Answer(context, kind, asked, asked.Level!.Value);
        });
        Route("GET", "get", Permissions.GrantsRead, async (context, _, asked, _) => asked.Before is { } grant ? await Answer(context, kind, asked, grant.Level) : kind.NotFound(asked));
        Route("PATCH", "update", Permissions.GrantsWrite, async (context, caller, asked, ct) =>
            asked.Before is null ? kind.NotFound(asked) : await Set(caller, asked, ct) ?? await MlflowJson.Empty<Done>(context, Done.Value));
        Route("DELETE", "delete", Permissions.GrantsWrite, async (context, caller, asked, ct) =>
            asked.Before is { } grant ? await MlflowJson.Empty(context, await take.Handle(caller, grant.Id, ct)) : kind.NotFound(asked));

        void Route(string method, string verb, Permission permission, Func<HttpContext, Caller, Asked, CancellationToken, Task<Problem?>> handle) =>
            routes.MapMlflowSignedIn("2.0", method, at + verb, async (context, caller, ct) =>
                (await Read(context, caller, kind, permission, withLevel: verb is "create" or "update", ct)).Fails(out var problem, out var asked) ? problem : await handle(context, caller, asked, ct));
    }

    private async Task<Result<Asked>> Read(HttpContext context, Caller caller, ObjectKind kind, Permission permission, bool withLevel, CancellationToken ct)
    {
        // Whoever manages nothing here is not told what a right request would be.
        if (!caller.Has(permission) && caller.Managed().Count == 0) { return Denied(caller, permission, $"workspace/{caller.Workspace}"); }

        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (id, name, level) = (input.Required(kind.Field), input.Required("username"), withLevel ? input.Required("permission") : null);
        if (input.Problem is { } fault) { return fault; }

        var it = new ObjectRef(caller.Workspace, kind.Kind, id);
        if (!GrantRule.Holds(caller, permission, it.Resource)) { return Denied(caller, permission, it.Resource); }

        var role = Role.Viewer;
        if (level is not null && PermissionNames.Parse(level).Fails(out var unknown, out role)) { return unknown; }

        return await db.Read<Result<Asked>>(
            tx => MlflowUsers.Find(tx, name) is { } user ? new Asked(it, user, level is null ? null : role, GrantStore.On(tx, user.Id, it.Resource)) : MlflowUsers.NotFound(name), ct);
    }

    private async Task<Problem?> Set(Caller caller, Asked asked, CancellationToken ct)
    {
        var given = await give.Handle(caller, new CreateGrantRequest(asked.User.Id, asked.It.Resource, asked.Level!.Value), ct);
        return given.Problem is { Code: "granted_already" } ? null : given.Problem;
    }

    private static Problem Denied(Caller caller, Permission permission, string resource) => Problem.Forbidden($"'{caller.Name}' lacks {permission.Name} on '{resource}'; MANAGE there gives it.");

    private static Task<Problem?> Answer(HttpContext context, ObjectKind kind, Asked asked, Role level) => MlflowJson.Answer(context, json =>
    {
        json.WritePropertyName(kind.Answer);
        MlflowUsers.WritePermission(json, asked.It, level, asked.User.Number);
    });

    /// <param name="Field">What the request names the object by.</param>
    private sealed record ObjectKind(string Kind, string Path, string Field, string Answer, string Title)
    {
        public Problem NotFound(Asked asked) => new(404, "not_found", $"{Title} permission with {Field}={asked.It.Id} and username={asked.User.Name} not found");
    }

    /// <param name="Level">Null where none is asked for.</param>
    /// <param name="Before">The user's grant on the object; null when there is none.</param>
    private sealed record Asked(ObjectRef It, MlflowUser User, Role? Level, GrantView? Before);
}
