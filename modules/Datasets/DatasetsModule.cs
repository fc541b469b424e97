using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Datasets;

/// <summary>Datasets: files under a contract, as versions that never change.</summary>
public sealed class DatasetsModule : IModule
{
    public string Name => "datasets";

    IReadOnlyList<Permission> IModule.Permissions => Permissions.All;

    public IReadOnlyList<AuditAction> AuditActions => Actions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
