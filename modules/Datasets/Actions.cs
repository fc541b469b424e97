using Slipway.Kernel;

namespace Slipway.Datasets;

/// <summary>What this module writes to the audit log; the gate is asked by the same names.</summary>
internal static class Actions
{
    public static readonly AuditAction AddVersion = new("dataset.addVersion", "A dataset got a new version.");
    public static readonly AuditAction SetContract = new("dataset.setContract", "A dataset got another contract, or its first: set alone, or with a version.");

    public static readonly IReadOnlyList<AuditAction> All = [AddVersion, SetContract];
}
