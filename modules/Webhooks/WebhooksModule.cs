using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;
using Slipway.Webhooks.Deliveries;
using Slipway.Webhooks.Events;
using Slipway.Webhooks.Hooks;
using Slipway.Webhooks.Mlflow;

namespace Slipway.Webhooks;

/// <summary>Programs elsewhere hear of what happens here: subscriptions, signed deliveries that are retried, and their log.</summary>
public sealed class WebhooksModule : IModule
{
    public string Name => "webhooks";

    IReadOnlyList<Permission> IModule.Permissions => Permissions.All;

    public IReadOnlyList<AuditAction> AuditActions => Actions.All;

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhooksOptions>().Bind(configuration.GetSection(Name)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CreateWebhook>().AddSingleton<UpdateWebhook>().AddSingleton<DeleteWebhook>().AddSingleton<GetWebhooks>();
        services.AddSingleton<MlflowData>().AddSingleton<Payloads>().AddSingleton<IFactHandler, NoteFacts>();
        services.AddSingleton<WebhookMetrics>().AddSingleton<SendDelivery>().AddHostedService<DeliverRounds>();
        services.AddSingleton<TrimRounds>().AddHostedService(provider => provider.GetRequiredService<TrimRounds>());
        services.AddSingleton<TestWebhook>().AddSingleton<Redeliver>().AddSingleton<ListDeliveries>().AddSingleton<WebhookRoutes>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        var hooks = routes.WorkspaceGroup("/webhooks").WithTags("Webhooks");
        GetWebhooks.Map(hooks);
        CreateWebhook.Map(hooks);
        UpdateWebhook.Map(hooks);
        DeleteWebhook.Map(hooks);
        TestWebhook.Map(hooks);
        ListDeliveries.Map(hooks);
        Redeliver.Map(hooks);

        routes.ServiceProvider.GetRequiredService<WebhookRoutes>().Map(routes);
    }
}
