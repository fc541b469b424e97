using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Slipway.Kernel;

/// <summary>One capability: its services and its routes. <c>ServerApp</c> lists the modules; nothing scans for them.</summary>
public interface IModule
{
    /// <summary>Singular noun as in its folder; prefix of its tables (<c>tracking_</c>), section of its settings.</summary>
    string Name { get; }

    /// <summary>Every permission its routes ask for.</summary>
    IReadOnlyList<Permission> Permissions { get; }

    /// <summary>Every action that it writes to the audit log.</summary>
    IReadOnlyList<AuditAction> AuditActions => [];

    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <param name="routes">The server's root: a module maps whole paths, native ones under <see cref="Http.Routes"/>.</param>
    void MapRoutes(IEndpointRouteBuilder routes);
}
