using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Answers;

/// <summary>The four answers about a model, now and at any past moment.</summary>
public sealed class AnswersModule : IModule
{
    public string Name => "answers";

    IReadOnlyList<Permission> IModule.Permissions => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
