using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.People;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Identity.Mlflow;

/// <summary>MLflow's users are the people of this server.</summary>
internal sealed class UserRoutes(Db db, ChangeMlflowUser change, DeactivatePerson.Handler deactivate)
{
    private const string At = "/mlflow/users/";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflowSignedIn("2.0", "POST", At + "create", (context, caller, ct) => Admin(context, caller, async input =>
        {
            var (name, password) = (input.Required("username"), input.Required("password"));
            if (input.Problem is { } fault) { return fault; }

            return (await change.Create(caller, name, password, ct)).Fails(out var problem, out var user) ? problem : await One(context, user);
        }, ct));
        routes.MapMlflowSignedIn("2.0", "GET", At + "get", Get);
        routes.MapMlflowSignedIn("2.0", "GET", At + "current", Current);
        routes.MapMlflowSignedIn("2.0", "GET", At + "list", List);
        routes.MapMlflowSignedIn("2.0", "PATCH", At + "update-password", UpdatePassword);
        routes.MapMlflowSignedIn("2.0", "PATCH", At + "update-admin", (context, caller, ct) => Admin(context, caller, async input =>
        {
            var (name, admin) = (input.Required("username"), input.Flag("is_admin"));
            if (admin is null && input.Problem is null) { input.Required("is_admin"); }

            return input.Problem ?? await MlflowJson.Empty(context, await change.SetAdmin(caller, name, admin!.Value, ct));
        }, ct));
        routes.MapMlflowSignedIn("2.0", "DELETE", At + "delete", (context, caller, ct) => Admin(context, caller, async input =>
        {
            var name = input.Required("username");
            if (input.Problem is { } fault) { return fault; }

            var id = await db.Read(tx => PrincipalStore.PersonIdOf(tx, name) is { } id && PrincipalStore.IsActive(tx, id) ? id : null, ct);
            return id is null ? MlflowUsers.NotFound(name) : await MlflowJson.Empty(context, await deactivate.Handle(caller, id, ct));
        }, ct));
    }

    private async Task<Problem?> Get(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var name = input.Required("username");
        if (input.Problem is { } fault) { return fault; }

        // Who may not see others is not told whether there are any.
        if (name != caller.Name && caller.Lacks(Permissions.PeopleRead) is { } denied) { return denied; }

        return await db.Read(tx => MlflowUsers.Find(tx, name), ct) is { } user ? await One(context, MlflowUsers.Shown(caller, user)) : MlflowUsers.NotFound(name);
    }

    private async Task<Problem?> Current(HttpContext context, Caller caller, CancellationToken ct) => await One(
        context,
        // The local owner has no row; it administers the server.
        await db.Read(tx => MlflowUsers.Find(tx, caller.Name), ct) is { } user ? MlflowUsers.Shown(caller, user) : new MlflowUser(caller.Id, 0, caller.Name, caller.Has(Permissions.PeopleWrite), []));

    private async Task<Problem?> List(HttpContext context, Caller caller, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.PeopleRead) is { } denied) { return denied; }

        var people = await db.Read(MlflowUsers.People, ct);
        return await MlflowJson.Answer(context, json => MlflowJson.List(json, "users", people, MlflowUsers.Write));
    }

    private async Task<Problem?> UpdatePassword(HttpContext context, Caller caller, CancellationToken ct)
    {
        if ((await MlflowInput.Read(context, ct)).Fails(out var problem, out var input)) { return problem; }

        var (name, password, current) = (input.Required("username"), input.Required("password"), input.Text("current_password"));
        if (name != caller.Name && caller.Lacks(Permissions.PeopleWrite) is { } denied) { return denied; }

        return input.Problem ?? await MlflowJson.Empty(context, await change.SetPassword(caller, name, password, current, ct));
    }

    /// <summary>Asked before the body is read: whoever may not change people is not told what would be right.</summary>
    private static async Task<Problem?> Admin(HttpContext context, Caller caller, Func<MlflowInput, Task<Problem?>> handle, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.PeopleWrite) is { } denied) { return denied; }

        return (await MlflowInput.Read(context, ct)).Fails(out var problem, out var input) ? problem : await handle(input);
    }

    private static Task<Problem?> One(HttpContext context, MlflowUser user) => MlflowJson.Answer(context, json =>
    {
        json.WritePropertyName("user"u8);
        MlflowUsers.Write(json, user);
    });
}
