using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>What the kernel itself writes to the audit log.</summary>
public static class AuditActions
{
    public static readonly AuditAction UseKey = new(AuditKeyId.Introduced, "A signing key signs for the first time: at the first start, and after a rotation.") { ServerWide = true };

    public static readonly AuditAction Export = new("audit.export", "The whole log was exported.") { ServerWide = true };

    public static readonly IReadOnlyList<AuditAction> All = [UseKey, Export];
}
