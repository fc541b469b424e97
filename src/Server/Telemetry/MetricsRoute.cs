using Slipway.Kernel;

namespace Slipway.Server;

internal static class MetricsRoute
{
    public static readonly Permission Read = new("server.metrics.read", "Read the server's own measurements at /metrics.", Permission.Overseers) { ServerWide = true };

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Made now, not when it is first read: it hears what is measured from then on.
        var store = routes.ServiceProvider.GetRequiredService<MetricsStore>();
        routes.MapGet("/metrics", () => Results.Text(PrometheusText.Of(store), PrometheusText.ContentType)).Needs(Read).ExcludeFromDescription();
    }
}
