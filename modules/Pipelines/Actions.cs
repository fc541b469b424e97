using Slipway.Kernel;

namespace Slipway.Pipelines;

/// <summary>What this module writes to the audit log; the gate is asked by the same names.</summary>
internal static class Actions
{
    public static readonly AuditAction RunStart = new("pipelineRun.start", "A run of a pipeline was started.");
    public static readonly AuditAction RunCancel = new("pipelineRun.cancel", "A run of a pipeline was cancelled.");

    public static readonly IReadOnlyList<AuditAction> All = [RunStart, RunCancel];
}
