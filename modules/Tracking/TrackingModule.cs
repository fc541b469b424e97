using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Tracking.Artifacts;
using Slipway.Tracking.Artifacts.Direct;
using Slipway.Tracking.Experiments;
using Slipway.Tracking.Imports;
using Slipway.Tracking.Inputs;
using Slipway.Tracking.LoggedModels;
using Slipway.Tracking.Metrics;
using Slipway.Tracking.Mlflow;
using Slipway.Tracking.Ports;
using Slipway.Tracking.Runs;
using Slipway.Tracking.Trash;

namespace Slipway.Tracking;

/// <summary>Experiments, runs, metrics and artifacts: what was tried, with what, and what came out.</summary>
public sealed class TrackingModule : IModule
{
    public string Name => "tracking";

    IReadOnlyList<Permission> IModule.Permissions => Permissions.All;

    public IReadOnlyList<AuditAction> AuditActions => Actions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TrackingOptions>().Bind(configuration.GetSection(Name)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Numbers>().AddSingleton<MetricKeys>();
        services.AddSingleton<IGrantable, GrantableExperiments>();
        services.AddSingleton<DefaultExperiment>().AddHostedService(provider => provider.GetRequiredService<DefaultExperiment>());
        services.AddSingleton<CreateExperiment>().AddSingleton<RenameExperiment>().AddSingleton<DeleteExperiment>().AddSingleton<SetExperimentTag>()
            .AddSingleton<GetExperiment>().AddSingleton<SearchExperiments>().AddSingleton<ListFolders>();
        services.AddSingleton<CreateRun>().AddSingleton<UpdateRun>().AddSingleton<DeleteRun>().AddSingleton<SetRunTag>().AddSingleton<GetRun>()
            .AddSingleton<SearchRuns>().AddSingleton<ListRuns>().AddSingleton<IRuns, WriteRuns>();
        services.AddSingleton<IRunRecords, ReadRunRecord>().AddSingleton<IRunFiles, RunFilesPort>();
        services.AddSingleton<LogMetrics>().AddSingleton<GetHistory>().AddSingleton<GetSeries>();
        services.AddSingleton<ListArtifacts>().AddSingleton<ReadArtifact>().AddSingleton<ChangeFiles>().AddSingleton<PutArtifact>().AddSingleton<DeleteArtifact>();
        services.AddSingleton<BeginUpload>().AddSingleton<CompleteUpload>().AddSingleton<AbortUpload>().AddSingleton<SignDownload>().AddSingleton<DirectRoutes>();
        services.AddSingleton<UploadRounds>().AddHostedService(provider => provider.GetRequiredService<UploadRounds>());
        services.AddSingleton<LogInputs>().AddSingleton<RecordModel>().AddSingleton<SearchDatasets>();
        services.AddSingleton<CreateLoggedModel>().AddSingleton<GetLoggedModel>().AddSingleton<ChangeLoggedModel>().AddSingleton<DeleteLoggedModel>().AddSingleton<SearchLoggedModels>().AddSingleton<ListLoggedModels>()
            .AddSingleton<ILoggedModels, ReadLoggedModel>();
        services.AddSingleton<MetricFold>().AddHostedService(provider => provider.GetRequiredService<MetricFold>());
        services.AddSingleton<MetricAnnouncer>().AddHostedService(provider => provider.GetRequiredService<MetricAnnouncer>());
        services.AddSingleton<MoveRuns>().AddSingleton<ListTrash>().AddSingleton<FillTrash>().AddSingleton<PurgeTrash>().AddSingleton<Purge>().AddSingleton<TrashMetrics>();
        services.AddSingleton<TrashRounds>().AddHostedService(provider => provider.GetRequiredService<TrashRounds>());
        services.AddSingleton<IFactHandler, FoldFinishedRun>();
        services.AddSingleton<StartImport>().AddSingleton<ImportExperiments>().AddSingleton<ImportRuns>().AddSingleton<ImportPoints>().AddSingleton<ImportLoggedModels>().AddSingleton<ImportArtifact>().AddSingleton<FinishImport>();
        services.AddSingleton<ExperimentRoutes>().AddSingleton<RunRoutes>().AddSingleton<MetricRoutes>().AddSingleton<ArtifactRoutes>().AddSingleton<InputRoutes>().AddSingleton<LoggedModelRoutes>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        var experiments = routes.WorkspaceGroup("/experiments");
        SearchExperiments.Map(experiments);
        CreateExperiment.Map(experiments);
        GetExperiment.Map(experiments);
        ListFolders.Map(experiments);
        CountRuns.Map(experiments);

        var runs = routes.WorkspaceGroup("/runs");
        ListRuns.Map(runs);
        GetRun.Map(runs);
        GetSeries.Map(runs);
        MoveRuns.Map(runs);

        var models = routes.WorkspaceGroup("/logged-models");
        ListLoggedModels.Map(models);
        GetLoggedModel.Map(models);
        ListArtifacts.Map(runs, models);
        ReadArtifact.Map(runs, models);

        var trash = routes.WorkspaceGroup("/trash");
        ListTrash.Map(trash);
        FillTrash.Map(trash);
        PurgeTrash.Map(trash);

        var imports = routes.WorkspaceGroup("/imports");
        StartImport.Map(imports);
        ImportExperiments.Map(imports);
        ImportRuns.Map(imports);
        ImportPoints.Map(imports);
        ImportLoggedModels.Map(imports);
        ImportArtifact.Map(imports);
        FinishImport.Map(imports);

        routes.ServiceProvider.GetRequiredService<ExperimentRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<RunRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<MetricRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<ArtifactRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<DirectRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<InputRoutes>().Map(routes);
        routes.ServiceProvider.GetRequiredService<LoggedModelRoutes>().Map(routes);
    }
}
