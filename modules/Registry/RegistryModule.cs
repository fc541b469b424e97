using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Pipelines.Ports;
using Slipway.Registry.Aliases;
using Slipway.Registry.Cards;
using Slipway.Registry.Imports;
using Slipway.Registry.Mlflow;
using Slipway.Registry.Models;
using Slipway.Registry.Pipelines;
using Slipway.Registry.Ports;
using Slipway.Registry.Versions;
using Slipway.Tracking.Ports;

namespace Slipway.Registry;

/// <summary>Registered models: which versions there are, what each was made of, and which one a name such as <c>champion</c> stands for.</summary>
public sealed class RegistryModule : IModule
{
    public string Name => "registry";

    IReadOnlyList<Permission> IModule.Permissions => Permissions.All;

    public IReadOnlyList<AuditAction> AuditActions => Actions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IGrantable, GrantableModels>();
        services.AddSingleton<CreateModel>().AddSingleton<RenameModel>().AddSingleton<DescribeModel>().AddSingleton<DeleteModel>().AddSingleton<GetModel>().AddSingleton<SearchModels>();
        services.AddSingleton<ResolveSource>().AddSingleton<VersionOrigins>().AddSingleton<RegisterVersion>().AddSingleton<DescribeVersion>().AddSingleton<DeleteVersion>().AddSingleton<ChangeStage>()
            .AddSingleton<FindVersions>().AddSingleton<ReadVersionFile>().AddSingleton<SearchVersions>().AddSingleton<ListVersions>().AddSingleton<IRunHolder, HoldRuns>();
        services.AddSingleton<SetAlias>().AddSingleton<DeleteAlias>();
        services.AddSingleton<ImportModels>();
        services.AddSingleton<ReadRecords>().AddSingleton<GetVersion>().AddSingleton<DiffVersions>().AddSingleton<IVersions, VersionsPort>().AddSingleton<IDescriptions, DescriptionsPort>();
        services.AddSingleton<GatherEvidence>().AddSingleton<IStepKind, RegisterStep>();
        services.AddSingleton<ModelRoutes>().AddSingleton<VersionRoutes>().AddSingleton<AliasRoutes>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        var models = routes.WorkspaceGroup("/models");
        SearchModels.Map(models);
        GetModel.Map(models);
        ListVersions.Map(models);
        GetVersion.Map(models);
        DiffVersions.Map(models);
        SetAlias.Map(models);
        DeleteAlias.Map(models);
        ImportModels.Map(routes.WorkspaceGroup("/model-imports"));

        routes.ServiceProvider.GetRequiredService<ModelRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<VersionRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<AliasRoutes>().Map(routes);
    }
}
