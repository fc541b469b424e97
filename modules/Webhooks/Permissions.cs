using Slipway.Kernel;

namespace Slipway.Webhooks;

/// <summary>What the routes and handlers of this module ask for.</summary>
internal static class Permissions
{
    public static readonly Permission Read = new("webhooks.read", "See webhooks and what was delivered; of addresses the host alone, since a path may be a secret.", Permission.Overseers);
    public static readonly Permission Manage = new("webhooks.manage", "Make, change, test and delete webhooks, and deliver again.", Permission.Admins);

    public static readonly IReadOnlyList<Permission> All = [Read, Manage];
}
