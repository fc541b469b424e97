using Slipway.Kernel;

namespace Slipway.Webhooks;

/// <summary>What this module writes to the audit log.</summary>
internal static class Actions
{
    public static readonly AuditAction Create = new("webhook.create", "A webhook was made: from then on its receiver hears what happens in the workspace.");
    public static readonly AuditAction Update = new("webhook.update", "A webhook was changed.");
    public static readonly AuditAction Delete = new("webhook.delete", "A webhook was deleted with the log of its deliveries.");
    public static readonly AuditAction Test = new("webhook.test", "A sample was sent to a webhook.");
    public static readonly AuditAction Redeliver = new("webhook.redeliver", "A delivery was put back to be sent again.");

    public static readonly IReadOnlyList<AuditAction> All = [Create, Update, Delete, Test, Redeliver];
}
