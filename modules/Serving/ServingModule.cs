using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Serving.Log;

namespace Slipway.Serving;

/// <summary>Approved versions answer predictions: endpoints, rollouts, the log of what was predicted, and the switch that stops it.</summary>
public sealed class ServingModule : IModule
{
    public string Name => "serving";

    IReadOnlyList<Permission> IModule.Permissions => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ServingOptions>().Bind(configuration.GetSection(Name)).ValidateDataAnnotations().ValidateOnStart();
        services.AddPredictionLog();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
