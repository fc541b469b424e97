using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Monitoring;

/// <summary>Whether production is still what was approved: drift, decisions, outcomes, and what follows from them.</summary>
public sealed class MonitoringModule : IModule
{
    public string Name => "monitoring";

    IReadOnlyList<Permission> IModule.Permissions => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
