using Slipway.Kernel;

namespace Slipway.Monitoring;

/// <summary>What this module writes to the audit log; the gate is asked by the same name before a definition changes.</summary>
internal static class Actions
{
    public static readonly AuditAction MonitorSet = new("monitor.set", "Another definition of a monitor came into force.");
    public static readonly AuditAction AlertOpen = new("alert.open", "A monitor raised an alert; its reactions follow.");
    public static readonly AuditAction AlertClose = new("alert.close", "An alert was closed, by a person or because its cause is gone.");
    public static readonly AuditAction LabelsReport = new("labels.report", "Outcomes of predictions were reported.");
    public static readonly AuditAction RetrainingRequest = new("retraining.request", "A monitor asked for a new version of a model.");
    public static readonly AuditAction RetrainingStart = new("retraining.start", "A person named the run that answers a request for retraining.");
    public static readonly AuditAction RetrainingDismiss = new("retraining.dismiss", "A person dismissed a request for retraining.");

    public static readonly IReadOnlyList<AuditAction> All = [MonitorSet, AlertOpen, AlertClose, LabelsReport, RetrainingRequest, RetrainingStart, RetrainingDismiss];
}
