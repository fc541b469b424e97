using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Monitoring.Alerts;
using Slipway.Monitoring.Definitions;
using Slipway.Monitoring.Folding;
using Slipway.Monitoring.Labels;
using Slipway.Monitoring.Monitors;
using Slipway.Monitoring.Reactions;
using Slipway.Monitoring.References;
using Slipway.Monitoring.Retraining;
using Slipway.Monitoring.Windows;

namespace Slipway.Monitoring;

/// <summary>Whether production is still what was approved: drift, decisions, outcomes, and what follows from them.</summary>
public sealed class MonitoringModule : IModule
{
    public string Name => "monitoring";

    IReadOnlyList<Permission> IModule.Permissions => Permissions.All;

    public IReadOnlyList<AuditAction> AuditActions => Actions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<References.References>().AddSingleton<IFactHandler, MakeReference>();
        services.AddSingleton<IFactHandler, FollowCreated>().AddSingleton<IFactHandler, FollowTraffic>().AddSingleton<IFactHandler, FollowDeleted>();
        services.AddSingleton<Evidence>().AddSingleton<MonitoringMetrics>().AddSingleton<FoldWriter>().AddSingleton<FoldServices>();
        services.AddSingleton<FoldJob>().AddHostedService(provider => provider.GetRequiredService<FoldJob>());
        services.AddSingleton<RequestRetraining>().AddSingleton<AnswerRetraining>();
        services.AddSingleton<ReactionSignal>().AddSingleton<React>().AddSingleton<ReactionJob>().AddHostedService(provider => provider.GetRequiredService<ReactionJob>());
        services.AddSingleton<ReportLabels>().AddSingleton<ListPerformance>().AddSingleton<OutcomeJob>().AddHostedService(provider => provider.GetRequiredService<OutcomeJob>());
        services.AddSingleton<GetMonitor>().AddSingleton<SetMonitor>().AddSingleton<ListWindows>().AddSingleton<ListAlerts>().AddSingleton<CloseAlert>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        var monitors = routes.WorkspaceGroup("/monitors").WithTags("Monitoring");
        GetMonitor.Map(monitors);
        SetMonitor.Map(monitors);
        ListWindows.Map(monitors);
        ListAlerts.Map(monitors);
        CloseAlert.Map(monitors);
        ReportLabels.Map(monitors);
        ListPerformance.Map(monitors);
        AnswerRetraining.Map(routes.WorkspaceGroup("/retraining").WithTags("Monitoring"));
    }
}
