using Slipway.Kernel;

namespace Slipway.Webhooks.Hooks;

internal static class Faults
{
    public static Problem NoWebhook(string id) => new(404, "not_found", $"Webhook with ID {Cut(id)} not found.");

    public static Problem NoDelivery(string id) => Problem.NotFound("delivery", Cut(id));

    private static string Cut(string id) => id.Length > 100 ? id[..100] : id;
}
