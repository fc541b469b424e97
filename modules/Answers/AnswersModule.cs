using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Answers.AsOf;
using Slipway.Answers.Fold;
using Slipway.Kernel;

namespace Slipway.Answers;

/// <summary>The four answers about a model, now and at any past moment.</summary>
public sealed class AnswersModule : IModule
{
    public string Name => "answers";

    IReadOnlyList<Permission> IModule.Permissions => Permissions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<FoldFacts>().AddHostedService(provider => provider.GetRequiredService<FoldFacts>());
        services.AddSingleton<ResolveMoment>().AddSingleton<GetAnswers>().AddSingleton<ListMoments>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        var models = routes.WorkspaceGroup("/models");
        GetAnswers.Map(models);
        ListMoments.Map(models);
    }
}
