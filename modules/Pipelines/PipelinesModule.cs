using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Pipelines;

/// <summary>Steps that turn data into evaluated models, again and again: definitions, runs, what was reused and why.</summary>
public sealed class PipelinesModule : IModule
{
    public string Name => "pipelines";

    IReadOnlyList<Permission> IModule.Permissions => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
