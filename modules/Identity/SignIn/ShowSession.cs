using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Identity.Contracts;
using Slipway.Identity.Grants;
using Slipway.Identity.People;
using Slipway.Identity.Workspaces;
using Slipway.Kernel;

namespace Slipway.Identity.SignIn;

/// <summary>Who the caller is and what they may do where.</summary>
internal static class ShowSession
{
    private static readonly string Version =
        typeof(IModule).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public static void Map(RouteGroupBuilder native) => native
        .MapGet("/session", async (Caller caller, Handler handler, CancellationToken ct) => Results.Ok(await handler.Handle(caller, ct)))
        .NeedsSignIn().WithName(nameof(ShowSession)).WithSummary("Who the caller is, with roles and permissions in every workspace that they may see.")
        .Produces<SessionView>();

    internal sealed class Handler(Db db, IReadOnlyList<IModule> modules, EndpointDataSource routes, ServerAddresses addresses)
    {
        // Those of the modules and those that the server's own routes ask for; the routes are all there at the first request only.
        private readonly Lazy<Permission[]> _permissions = new(() =>
        [
            .. modules.SelectMany(module => module.Permissions)
                .Concat(AuditPermissions.All)
                .Concat(routes.Endpoints.Select(route => route.Metadata.GetMetadata<Access>()).OfType<Access.With>().Select(access => access.Permission))
                .DistinctBy(permission => permission.Name).OrderBy(permission => permission.Name, StringComparer.Ordinal),
        ]);

        public async Task<SessionView> Handle(Caller caller, CancellationToken ct)
        {
            var (displayName, workspaces) = await db.Read(tx => (PrincipalStore.DisplayName(tx, caller.Id), WorkspaceStore.Visible(tx, caller, "", Limits.PageRows)), ct);
            return new SessionView(
                new SessionPrincipalView(caller.Id, caller.Name, displayName ?? caller.Name, KindOf(caller.Kind)),
                [.. workspaces.Select(workspace => new SessionWorkspaceView(
                    workspace.Name, workspace.Title, RolesIn(caller, workspace.Name), [.. _permissions.Value.Where(p => !p.ServerWide && (caller.Has(p, workspace.Name) || caller.HasSomewhere(p, workspace.Name))).Select(p => p.Name)]))],
                [.. _permissions.Value.Where(p => GrantRule.Holds(caller, p, Grant.Server)).Select(p => p.Name)],
                addresses.LocalMode ? AuthMode.Local : AuthMode.Required, Version, addresses.InsecureHttp);
        }

        private static List<Role> RolesIn(Caller caller, string workspace) =>
            [.. caller.Grants.Where(grant => grant.Covers($"workspace/{workspace}")).Select(grant => (Role)grant.Level).Distinct().Order()];

        private static SessionPrincipalKind KindOf(PrincipalKind kind) => kind switch
        {
            PrincipalKind.ServiceAccount => SessionPrincipalKind.ServiceAccount,
            PrincipalKind.LocalOwner => SessionPrincipalKind.LocalOwner,
            _ => SessionPrincipalKind.Person,
        };
    }
}
