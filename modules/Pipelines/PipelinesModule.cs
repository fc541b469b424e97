using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Pipelines.Definitions;
using Slipway.Pipelines.Engine;
using Slipway.Pipelines.Files;
using Slipway.Pipelines.Kinds;
using Slipway.Pipelines.Logs;
using Slipway.Pipelines.Ports;
using Slipway.Pipelines.Runs;

namespace Slipway.Pipelines;

/// <summary>Steps that turn data into evaluated models, again and again: definitions, runs, what was reused and why.</summary>
public sealed class PipelinesModule : IModule
{
    public string Name => "pipelines";

    IReadOnlyList<Permission> IModule.Permissions => Permissions.All;

    public IReadOnlyList<AuditAction> AuditActions => Actions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PipelinesOptions>().Bind(configuration.GetSection(Name)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ContractFiles>();
        services.AddSingleton<IStepKind, IngestStep>().AddSingleton<IStepKind, CheckStep>().AddSingleton<IStepKind, SplitStep>().AddSingleton<IStepKind, CommandStep>();
        services.AddSingleton<DefinitionReader>().AddSingleton<CheckDefinition>().AddSingleton<ListPipelines>();
        services.AddSingleton<PutFile>().AddSingleton<ReadFile>();
        services.AddSingleton<StartRun>().AddSingleton<GetRun>().AddSingleton<ListRuns>().AddSingleton<CancelRun>().AddSingleton<GetLog>().AddSingleton<IPipelineRuns, PipelineRunsPort>();
        services.AddSingleton<RunSignal>().AddSingleton<ReuseCheck>().AddSingleton<StepRunner>().AddSingleton<RunDriver>();
        services.AddSingleton<RunEngine>().AddHostedService(provider => provider.GetRequiredService<RunEngine>());
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        var pipelines = routes.WorkspaceGroup("/pipelines").WithTags("Pipelines");
        CheckDefinition.Map(pipelines);
        PutFile.Map(pipelines);
        ListPipelines.Map(pipelines);

        var runs = routes.WorkspaceGroup("/pipeline-runs").WithTags("Pipelines");
        StartRun.Map(runs);
        ListRuns.Map(runs);
        GetRun.Map(runs);
        CancelRun.Map(runs);
        GetLog.Map(runs);
        ReadFile.Map(routes.WorkspaceGroup("").WithTags("Pipelines"));
    }
}
