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
    public static readonly AuditAction LoggedModelRestore = new("loggedModel.restore", "A deleted logged model came back.");
    public static readonly AuditAction LoggedModelPurge = new("loggedModel.purge", "A deleted logged model was erased for good.");
    public static readonly AuditAction RunMove = new("run.move", "A run was moved to another experiment.");
    public static readonly AuditAction RunPurge = new("run.purge", "A deleted run was erased for good.");
    public static readonly AuditAction ExperimentPurge = new("experiment.purge", "A deleted experiment was erased for good.");
    public static readonly AuditAction ImportStart = new("import.start", "Somebody began to take over what another tracking server holds.");
    public static readonly AuditAction ImportFinish = new("import.finish", "An import ended; its report says what was taken over and what was not.");

    public static readonly IReadOnlyList<AuditAction> All =
    [
        ExperimentDelete, ExperimentRestore, RunDelete, RunRestore, RunMove, RunPurge, ExperimentPurge, LoggedModelDelete, LoggedModelRestore, LoggedModelPurge, ImportStart, ImportFinish,
    ];
}
