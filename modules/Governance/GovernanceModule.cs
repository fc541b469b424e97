using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Governance.Approvals;
using Slipway.Governance.Exceptions;
using Slipway.Governance.Inventory;
using Slipway.Governance.Policies;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Governance;

/// <summary>Which models there are, what for, under which policy, and who approved which version on what evidence.</summary>
public sealed class GovernanceModule : IModule
{
    public string Name => "governance";

    IReadOnlyList<Permission> IModule.Permissions => Permissions.All;

    public IReadOnlyList<AuditAction> AuditActions => Actions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PutInventory>().AddSingleton<GetInventory>();
        services.AddSingleton<PolicyStore>().AddSingleton<SetPolicy>().AddSingleton<GetPolicy>();
        services.AddSingleton<Standings>().AddSingleton<Overtaken>().AddSingleton<IApprovals, ApprovalsPort>();
        services.AddSingleton<RequestApproval>().AddSingleton<SignApproval>().AddSingleton<EndApproval>().AddSingleton<GetApproval>();
        services.AddSingleton<GrantException>().AddSingleton<EndException>().AddSingleton<ListExceptions>();
        services.AddSingleton<ExpiryRounds>().AddHostedService(provider => provider.GetRequiredService<ExpiryRounds>());
        services.AddSingleton<IFactHandler, WhenPolicyChanged>().AddSingleton<IFactHandler, WhenVersionDeleted>().AddSingleton<IFactHandler, WhenModelDeleted>().AddSingleton<IFactHandler, WhenModelRenamed>();

        // The last one registered answers: from here on, policies decide where permissions alone did.
        services.AddSingleton<IGate, PolicyGate>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        var inventory = routes.WorkspaceGroup("/inventory").WithTags("Governance");
        GetInventory.Map(inventory);
        PutInventory.Map(inventory);

        var policy = routes.WorkspaceGroup("/policy").WithTags("Governance");
        GetPolicy.Map(policy);
        SetPolicy.Map(policy);
        CheckPolicy.Map(policy);

        var approvals = routes.WorkspaceGroup("/approvals").WithTags("Governance");
        GetApproval.Map(approvals);
        RequestApproval.Map(approvals);
        SignApproval.Map(approvals);
        EndApproval.Map(approvals);

        var exceptions = routes.WorkspaceGroup("/exceptions").WithTags("Governance");
        ListExceptions.Map(exceptions);
        GrantException.Map(exceptions);
        EndException.Map(exceptions);
    }
}
