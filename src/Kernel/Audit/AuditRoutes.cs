using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Slipway.Kernel;

/// <summary>The index of the audit log: its services and its routes.</summary>
public static class AuditRoutes
{
    public static IServiceCollection AddAudit(this IServiceCollection services, AuditOptions options) => services
        .AddSingleton(options).AddSingleton<AuditSigner>().AddSingleton<AuditWitness>().AddSingleton<AuditReplay>()
        .AddSingleton<AuditSequencer>().AddHostedService(provider => provider.GetRequiredService<AuditSequencer>())
        .AddSingleton<ListEntries.Handler>().AddSingleton<GetEntry.Handler>().AddSingleton<ProveEntry.Handler>()
        .AddSingleton<ListCheckpoints.Handler>().AddSingleton<ProveConsistency.Handler>()
        .AddSingleton<ExportLog.Handler>().AddSingleton<VerifyLog.Handler>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var audit = routes.NativeGroup("/audit");
        ListEntries.Map(audit);
        GetEntry.Map(audit);
        ProveEntry.Map(audit);
        ListCheckpoints.Map(audit);
        ProveConsistency.Map(audit);
        ExportLog.Map(audit);
        VerifyLog.Map(audit);
    }
}
