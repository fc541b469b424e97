using Microsoft.Extensions.DependencyInjection;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

internal static class LogServices
{
    /// <summary>The prediction log and its keeper; <see cref="ServingOptions"/> must be registered beside it.</summary>
    public static IServiceCollection AddPredictionLog(this IServiceCollection services) => services
        .AddSingleton<PredictionLog>().AddSingleton<IPredictionLog>(provider => provider.GetRequiredService<PredictionLog>())
        .AddHostedService(provider => provider.GetRequiredService<PredictionLog>())
        .AddSingleton<LogKeeper>().AddHostedService(provider => provider.GetRequiredService<LogKeeper>());
}
