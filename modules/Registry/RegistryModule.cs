using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Registry;

/// <summary>Registered models: which versions there are, what each was made of, and which one a name such as <c>champion</c> stands for.</summary>
public sealed class RegistryModule : IModule
{
    public string Name => "registry";

    IReadOnlyList<Permission> IModule.Permissions => Permissions.All;

    public IReadOnlyList<AuditAction> AuditActions => Actions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
