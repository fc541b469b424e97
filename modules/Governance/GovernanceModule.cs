using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Governance;

/// <summary>Which models there are, what for, under which policy, and who approved which version on what evidence.</summary>
public sealed class GovernanceModule : IModule
{
    public string Name => "governance";

    IReadOnlyList<Permission> IModule.Permissions => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
