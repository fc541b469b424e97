using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Pipelines.Ports;
using Slipway.Training.Steps;

namespace Slipway.Training;

/// <summary>Models of the built-in kinds: fitted, written as ONNX, evaluated with fairness by group.</summary>
public sealed class TrainingModule : IModule
{
    public string Name => "training";

    /// <summary>Training happens in steps of pipelines, under the permissions of the rooms that they write to.</summary>
    public IReadOnlyList<Permission> Permissions => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<IStepKind, TrainStep>().AddSingleton<IStepKind, EvaluateStep>().AddSingleton<IFactHandler, EndLeftRuns>();

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
    }
}
