using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Serving.Check;
using Slipway.Serving.Deployments;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Live;
using Slipway.Serving.Log;
using Slipway.Serving.Mlflow;
using Slipway.Serving.Ports;
using Slipway.Serving.Predict;
using Slipway.Serving.V2;

namespace Slipway.Serving;

/// <summary>Approved versions answer predictions: endpoints, rollouts, the log of what was predicted, and the switch that stops it.</summary>
public sealed class ServingModule : IModule
{
    public string Name => "serving";

    IReadOnlyList<Permission> IModule.Permissions => Permissions.All;

    public IReadOnlyList<AuditAction> AuditActions => Actions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ServingOptions>().Bind(configuration.GetSection(Name)).ValidateDataAnnotations().ValidateOnStart();
        services.AddPredictionLog();
        services.AddSingleton<LoadedModels>().AddSingleton<LiveEndpoints>().AddSingleton<Replicas>().AddHostedService<KeepLive>();
        services.AddSingleton<ChangeEndpoint>().AddSingleton<ViewEndpoints>().AddSingleton<CreateEndpoint>().AddSingleton<DeleteEndpoint>();
        services.AddSingleton<Deploy>().AddSingleton<SetTraffic>().AddSingleton<Promote>().AddSingleton<HaltRollout>().AddSingleton<ResumeRollout>().AddSingleton<RollBack>()
            .AddSingleton<StopEndpoint>().AddSingleton<ReleaseEndpoint>();
        services.AddSingleton<WithdrawUnapproved>().AddSingleton<IFactHandler, WithdrawVoided>().AddSingleton<IFactHandler, FollowRename>().AddHostedService<WatchApprovals>();
        services.AddSingleton<InputCheck>().AddSingleton<Predictor>().AddSingleton<ServingMetrics>().AddSingleton<ListPredictions>().AddSingleton<ListRefusals>();
        services.AddSingleton<ShadowRunner>().AddHostedService(provider => provider.GetRequiredService<ShadowRunner>());
        services.AddSingleton<InferRoute>().AddSingleton<MetadataRoutes>().AddSingleton<ScoringRoutes>();
        services.AddSingleton<IEndpoints, EndpointsPort>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        var endpoints = routes.WorkspaceGroup("/endpoints");
        ViewEndpoints.Map(endpoints);
        CreateEndpoint.Map(endpoints);
        DeleteEndpoint.Map(endpoints);
        Deploy.Map(endpoints);
        SetTraffic.Map(endpoints);
        Promote.Map(endpoints);
        HaltRollout.Map(endpoints);
        ResumeRollout.Map(endpoints);
        RollBack.Map(endpoints);
        StopEndpoint.Map(endpoints);
        ReleaseEndpoint.Map(endpoints);
        ListPredictions.Map(endpoints);
        ListRefusals.Map(endpoints);

        routes.ServiceProvider.GetRequiredService<ServingMetrics>();
        routes.ServiceProvider.GetRequiredService<InferRoute>().Map(routes);
        routes.ServiceProvider.GetRequiredService<MetadataRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<ScoringRoutes>().Map(routes);
    }
}
