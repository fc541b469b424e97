using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Identity.Grants;
using Slipway.Identity.Keys;
using Slipway.Identity.Local;
using Slipway.Identity.Mlflow;
using Slipway.Identity.People;
using Slipway.Identity.Ports;
using Slipway.Identity.ServiceAccounts;
using Slipway.Identity.SetUp;
using Slipway.Identity.SignIn;
using Slipway.Identity.Workspaces;
using Slipway.Kernel;

namespace Slipway.Identity;

/// <summary>Who may do what: workspaces, people, service accounts, grants, keys and sessions.</summary>
public sealed class IdentityModule : IModule
{
    public string Name => "identity";

    public IReadOnlyList<Permission> Permissions => Identity.Permissions.All;

    public IReadOnlyList<AuditAction> AuditActions => Identity.AuditActions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IdentityOptions>().Bind(configuration.GetSection(Name)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CredentialCache>().AddSingleton<BackOff>().AddSingleton<KnownWorkspaces>().AddSingleton<SessionCookie>();
        services.AddSingleton<KeyVerifier>().AddSingleton<PasswordVerifier>().AddSingleton<SessionVerifier>().AddSingleton<LocalOwner>();
        services.AddSingleton<IAuthenticator, Authenticator>();
        services.AddSingleton<IObjectGrants, ObjectGrantKeeper>();
        services.AddSingleton<IPrincipals, Principals>().AddSingleton<ITaskKeys, TaskKeys>();
        services.AddSingleton<SetUpLink>().AddHostedService(provider => provider.GetRequiredService<SetUpLink>());

        services.AddSingleton<ShowSignIn.Handler>().AddSingleton<BeginSession.Handler>().AddSingleton<EndSession.Handler>().AddSingleton<ShowSession.Handler>();
        services.AddSingleton<CompleteSetUp.Handler>();
        services.AddSingleton<ListWorkspaces.Handler>().AddSingleton<CreateWorkspace.Handler>().AddSingleton<SetEveryone.Handler>();
        services.AddSingleton<ListPeople.Handler>().AddSingleton<CreatePerson.Handler>().AddSingleton<InvitePerson.Handler>().AddSingleton<DeactivatePerson.Handler>();
        services.AddSingleton<ListServiceAccounts.Handler>().AddSingleton<CreateServiceAccount.Handler>().AddSingleton<DeactivateServiceAccount.Handler>();
        services.AddSingleton<ListGrants.Handler>().AddSingleton<CreateGrant.Handler>().AddSingleton<DeleteGrant.Handler>();
        services.AddSingleton<RetitleWorkspace>().AddSingleton<ChangeMlflowUser>();
        services.AddSingleton<UserRoutes>().AddSingleton<ObjectPermissionRoutes>().AddSingleton<WorkspaceRoutes>().AddSingleton<WorkspacePermissionRoutes>();
        services.AddSingleton<ListKeys.Handler>().AddSingleton<CreateKey.Handler>().AddSingleton<RevokeKey.Handler>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        var native = routes.NativeGroup("").WithTags("Identity");
        ShowSignIn.Map(native);
        BeginSession.Map(native);
        EndSession.Map(native);
        ShowSession.Map(native);
        CompleteSetUp.Map(native);

        var workspaces = native.MapGroup("/workspaces");
        ListWorkspaces.Map(workspaces);
        CreateWorkspace.Map(workspaces);
        SetEveryone.Map(workspaces);

        var people = native.MapGroup("/people");
        ListPeople.Map(people);
        CreatePerson.Map(people);
        InvitePerson.Map(people);
        DeactivatePerson.Map(people);

        var accounts = native.MapGroup("/service-accounts");
        ListServiceAccounts.Map(accounts);
        CreateServiceAccount.Map(accounts);
        DeactivateServiceAccount.Map(accounts);

        var grants = native.MapGroup("/grants");
        ListGrants.Map(grants);
        CreateGrant.Map(grants);
        DeleteGrant.Map(grants);

        var keys = native.MapGroup("/keys");
        ListKeys.Map(keys);
        CreateKey.Map(keys);
        RevokeKey.Map(keys);

        routes.ServiceProvider.GetRequiredService<UserRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<ObjectPermissionRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<WorkspaceRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<WorkspacePermissionRoutes>().Map(routes);
    }
}
