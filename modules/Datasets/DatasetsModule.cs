using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Ingest;
using Slipway.Datasets.Ports;
using Slipway.Datasets.Statistics;
using Slipway.Datasets.Tables;
using Slipway.Datasets.Versions;
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
        services.AddOptions<DatasetsOptions>().Bind(configuration.GetSection(Name)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Workbenches>().AddHostedService(provider => provider.GetRequiredService<Workbenches>());
        services.AddSingleton<ContractTexts>().AddSingleton<ContractInForce>().AddSingleton<AddContract>().AddSingleton<SetContract>();
        services.AddSingleton<IngestFile>().AddSingleton<CheckFile>();
        services.AddSingleton<OpenTable>().AddSingleton<SplitTable>().AddSingleton<ReadTable>().AddSingleton<ProfileBlobs>().AddSingleton<ProfileTable>().AddSingleton<ReadSketch>();
        services.AddSingleton<ListDatasets>().AddSingleton<GetDataset>().AddSingleton<ListDatasetVersions>().AddSingleton<GetDatasetVersion>().AddSingleton<ReadContent>()
            .AddSingleton<DiffDatasetVersions>().AddSingleton<ListUses>();
        services.AddSingleton<IDatasets, DatasetsPort>().AddSingleton<IContracts, ContractsPort>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        var datasets = routes.WorkspaceGroup("/datasets");
        ListDatasets.Map(datasets);
        GetDataset.Map(datasets);
        AddContract.Map(datasets);
        SetContract.Map(datasets);
        AddVersion.Map(datasets);
        CheckFile.Map(datasets);
        ListDatasetVersions.Map(datasets);
        GetDatasetVersion.Map(datasets);
        ReadContent.Map(datasets);
        DiffDatasetVersions.Map(datasets);
        ListUses.Map(datasets);
    }
}
