using Slipway.Kernel;

namespace Slipway.Tracking;

/// <summary>What this module writes to the audit log; the gate is asked by the same names.</summary>
internal static class Actions
{
    public static readonly AuditAction ExperimentDelete = new("experiment.delete", "An experiment and its runs were put away.");
    public static readonly AuditAction ExperimentRestore = new("experiment.restore", "A deleted experiment and its runs came back.");
    public static readonly AuditAction RunDelete = new("run.delete", "A run was put away.");
    public static readonly AuditAction RunRestore = new("run.restore", "A deleted run came back.");
    public static readonly AuditAction LoggedModelDelete = new("loggedModel.delete", "A model that a run had logged was put away.");

    public static readonly IReadOnlyList<AuditAction> All = [ExperimentDelete, ExperimentRestore, RunDelete, RunRestore, LoggedModelDelete];
}
